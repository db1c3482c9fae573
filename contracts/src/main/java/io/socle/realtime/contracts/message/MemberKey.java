package io.socle.realtime.contracts.message;

import java.util.Comparator;

/**
 * Which member: entries of one subject stand beside each other (clause PRS-1).
 *
 * @param entry the subject's name for one device, tab or agent
 */
public record MemberKey(ChannelName channel, String subject, String entry) implements Comparable<MemberKey> {
    private static final Comparator<MemberKey> ORDER = Comparator.comparing(MemberKey::channel)
            .thenComparing(MemberKey::subject)
            .thenComparing(MemberKey::entry);

    public MemberKey {
        Checks.identifier(subject, "subject");
        Checks.identifier(entry, "entry");
    }

    @Override
    public int compareTo(MemberKey other) {
        return ORDER.compare(this, other);
    }
}
