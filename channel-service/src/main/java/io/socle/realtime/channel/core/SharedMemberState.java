package io.socle.realtime.channel.core;

import org.jspecify.annotations.Nullable;

/**
 * A member of a shared subscription.
 *
 * @param subject whose it is, for messages that are not for everybody
 * @param generation of the membership: one more than the log position of its join; 0 while the member is away
 * @param window most messages under way to it
 * @param qos the highest level that it is sent
 * @param keepMs how long the membership is kept where its node dies, in milliseconds
 * @param node where it is; null while it is away
 * @param until when the membership ends that is away, in milliseconds of the Unix epoch
 */
public record SharedMemberState(
        String subject,
        long generation,
        int window,
        int qos,
        long keepMs,
        @Nullable Node node,
        long until) {
    /** One life of a gateway node. */
    public record Node(int slot, long incarnation) {}

    SharedMemberState away(long end) {
        return new SharedMemberState(subject, 0, window, qos, keepMs, null, end);
    }
}
