package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client may send about rooms; {@code docs/protocol/signaling.md} has the meaning of each. */
public sealed interface RoomFrame {
    ChannelName room();

    /** The client's number for the command; null where the frame has none. */
    @Nullable
    Long commandId();

    /** Becomes a peer of the room, or goes on as one. */
    record Join(
            long id,
            ChannelName room,
            @Nullable Metadata metadata,
            @Nullable Resume resume) implements RoomFrame {
        @Override
        public Long commandId() {
            return id;
        }
    }

    /**
     * The membership that a peer comes back to.
     *
     * @param secret what {@code joined} gave it
     * @param after the sequence of the last thing that it was told
     */
    record Resume(long peer, String secret, long after) {
        /** Whoever has the secret can be the peer. */
        @Override
        public String toString() {
            return "Resume[" + peer + ", " + after + "]";
        }
    }

    /** Says something to another peer; without id nothing but problems is answered. */
    record Say(@Nullable Long id, ChannelName room, long to, Signal signal) implements RoomFrame {
        @Override
        public @Nullable Long commandId() {
            return id;
        }
    }

    /** Changes what the peer says of itself; null is nothing. */
    record Update(long id, ChannelName room, @Nullable Metadata metadata) implements RoomFrame {
        @Override
        public Long commandId() {
            return id;
        }
    }

    /** Goes for good. */
    record Leave(long id, ChannelName room) implements RoomFrame {
        @Override
        public Long commandId() {
            return id;
        }
    }

    /** Asks for the servers anew, with a fresh credential. */
    record Ice(long id, ChannelName room) implements RoomFrame {
        @Override
        public Long commandId() {
            return id;
        }
    }

    /** Calls others into the room. */
    record Ring(
            long id,
            ChannelName room,
            List<String> callees,
            int timeoutMs,
            @Nullable Metadata metadata) implements RoomFrame {
        public Ring {
            callees = List.copyOf(callees);
        }

        @Override
        public Long commandId() {
            return id;
        }
    }

    /** Answers a call; its type in JSON is the response. */
    record Respond(long id, ChannelName room, long call, CallResponse response) implements RoomFrame {
        @Override
        public Long commandId() {
            return id;
        }
    }

    /** Ends a call that the peer began. */
    record Cancel(long id, ChannelName room, long call) implements RoomFrame {
        @Override
        public Long commandId() {
            return id;
        }
    }
}
