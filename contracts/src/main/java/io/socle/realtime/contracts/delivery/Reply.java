package io.socle.realtime.contracts.delivery;

import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An owner's answer to a command or read. */
public sealed interface Reply {
    /**
     * The message is in the log.
     *
     * @param position its place, the first one where it is a repeat
     * @param repeat whether it had been published before
     */
    record Published(Position position, boolean repeat) implements Reply {}

    /**
     * Interest is registered as of the delivery's log position.
     *
     * @param head the channel's last position; null for a filter with wildcards
     */
    record Subscribed(@Nullable Position head) implements Reply {}

    /**
     * A durable subscription is attached.
     *
     * @param cursor the place up to which everything is acknowledged
     * @param generation the attachment's number, which its later commands carry
     * @param existed whether it was there before
     * @param delivered offset up to which messages are known to have been sent before
     */
    record Attached(Position cursor, long generation, boolean existed, long delivered) implements Reply {}

    /**
     * A session is attached.
     *
     * @param generation the attachment's number, which its later commands carry
     * @param present whether the session was there before, and goes on
     * @param entries what it remembers
     */
    record SessionAttached(long generation, boolean present, List<SessionEntry> entries) implements Reply {
        public SessionAttached {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A member takes part in a shared subscription.
     *
     * @param generation of the membership, which its later commands carry and its messages name
     */
    record Joined(long generation) implements Reply {}

    /**
     * A connection is a peer of a room.
     *
     * @param peer its id
     * @param sequence of the last thing that it was told
     * @param missed whether some of what it was told since it said is no more
     */
    record RoomJoined(
            long peer, long sequence, boolean missed, List<PeerInfo> peers, IceServers iceServers, RoomTerms terms)
            implements Reply {
        public RoomJoined {
            peers = List.copyOf(peers);
        }
    }

    /**
     * A signal was dealt with.
     *
     * @param negotiation the number that an offer was given; null for others
     * @param ignored why it was not handed on; null where it was
     */
    record Signaled(@Nullable Long negotiation, Signal.@Nullable Ignored ignored) implements Reply {}

    /** Servers with a fresh credential. */
    record Servers(IceServers iceServers) implements Reply {}

    /** A call rings until it expires. */
    record Ringing(long call, Instant expires) implements Reply {}

    /** The command was not carried out. */
    record Refused(Problem problem) implements Reply {}

    /** What an owner of presence answers. */
    record OfPresence(PresenceReply reply) implements Reply {}

    /** Carried out, and there is nothing to tell. */
    record Done() implements Reply {}

    /**
     * A page of one channel.
     *
     * @param epoch of every offset in it
     * @param items in the order asked for; together they account for every offset between the start and through
     * @param through offset of the last place accounted for in the direction read
     * @param head offset of the channel's last message
     * @param complete whether nothing more is to be read in this direction
     */
    record Page(long epoch, List<PageItem> items, long through, long head, boolean complete) implements Reply {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** One item of a channel's page. */
    sealed interface PageItem {
        record Message(RealtimeMessage message) implements PageItem {}

        /** Offsets, both included, that are not owed: collapsed, expired, not stored. */
        record Skipped(long from, long to) implements PageItem {}

        /** Offsets, both included, that were owed and that history no longer has. */
        record Lost(long from, long to) implements PageItem {}
    }

    /**
     * A page of one partition for a filter, in log order.
     *
     * @param through log position up to which it accounts for everything that the filter selects
     * @param complete whether through is the owner's present place
     * @param lostThrough set where the index no longer reaches back: all up to this log position may be missing
     */
    record FilterPage(
            List<FilterItem> items,
            long through,
            boolean complete,
            @Nullable Long lostThrough) implements Reply {
        public FilterPage {
            items = List.copyOf(items);
        }
    }

    /**
     * A page of retained messages, by channel name.
     *
     * @param next the channel after which to go on; null at the end
     */
    record RetainedPage(
            List<RealtimeMessage> messages, @Nullable String next) implements Reply {
        public RetainedPage {
            messages = List.copyOf(messages);
        }
    }

    /** One item of a filter's page. */
    sealed interface FilterItem {
        long logPosition();

        record Message(long logPosition, RealtimeMessage message) implements FilterItem {}

        /** It was owed and history no longer has it. */
        record Lost(long logPosition, ChannelName channel, Position position) implements FilterItem {}
    }
}
