package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import java.util.Comparator;

/** Keys of the tables; each sorts by its parts in their order. */
public final class Keys {
    /** Sorts before everything that a name may be. */
    static final String LOWEST = " ";

    private Keys() {}

    /** The lowest member of a channel. */
    static MemberKey lowest(ChannelName channel) {
        return new MemberKey(channel, LOWEST, LOWEST);
    }

    /** A subject's member, by subject. */
    public record OfSubject(String subject, ChannelName channel, String entry) implements Comparable<OfSubject> {
        private static final Comparator<OfSubject> ORDER = Comparator.comparing(OfSubject::subject)
                .thenComparing(OfSubject::channel)
                .thenComparing(OfSubject::entry);

        static OfSubject of(MemberKey key) {
            return new OfSubject(key.subject(), key.channel(), key.entry());
        }

        @Override
        public int compareTo(OfSubject other) {
            return ORDER.compare(this, other);
        }
    }

    /** A member that a node's life holds. */
    public record Held(int slot, long incarnation, MemberKey member) implements Comparable<Held> {
        private static final Comparator<Held> ORDER = Comparator.comparingInt(Held::slot)
                .thenComparingLong(Held::incarnation)
                .thenComparing(Held::member);

        @Override
        public int compareTo(Held other) {
            return ORDER.compare(this, other);
        }
    }

    /** What is due. */
    public enum What {
        /** A member leaves. */
        MEMBER,
        /** A channel tells counts. */
        COUNTS,
        /** A channel is looked after: visits that are too old, and what is left of it when it is empty. */
        SWEEP,
        /** When a subject was seen last on a channel is forgotten. */
        SEEN
    }

    /** When something is due; for what is of a channel only, subject and entry are the lowest. */
    public record Due(long time, What what, MemberKey member) implements Comparable<Due> {
        private static final Comparator<Due> ORDER =
                Comparator.comparingLong(Due::time).thenComparing(Due::what).thenComparing(Due::member);

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    /** A visit of a channel, by its number. */
    public record VisitNumber(ChannelName channel, long number) implements Comparable<VisitNumber> {
        private static final Comparator<VisitNumber> ORDER =
                Comparator.comparing(VisitNumber::channel).thenComparingLong(VisitNumber::number);

        @Override
        public int compareTo(VisitNumber other) {
            return ORDER.compare(this, other);
        }
    }

    /** A subject on a channel. */
    public record Seen(String subject, ChannelName channel) implements Comparable<Seen> {
        private static final Comparator<Seen> ORDER =
                Comparator.comparing(Seen::subject).thenComparing(Seen::channel);

        @Override
        public int compareTo(Seen other) {
            return ORDER.compare(this, other);
        }
    }
}
