package io.socle.realtime.launcher.client;

import org.jspecify.annotations.Nullable;

/**
 * One message to publish over HTTP.
 *
 * @param channel where to
 * @param body the data as UTF-8 text
 * @param contentType of the body
 * @param id message id, by which a retry is recognised
 * @param retain whether it becomes the channel's retained message
 */
public record Publishing(String channel, String body, String contentType, String id, boolean retain) {
    /**
     * What the suite decided.
     *
     * @param position the message's place in its channel; null where the channel is ephemeral
     * @param repeat whether it had been published before
     */
    public record Published(@Nullable String position, boolean repeat) {}
}
