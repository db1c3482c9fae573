package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server sends about rooms; {@code docs/protocol/signaling.md} has the meaning of each. */
public sealed interface RoomPush {
    /**
     * Answers join.
     *
     * @param peer the client's own id
     * @param secret what it comes back with
     * @param sequence of the last thing that it was told; the next it is told has one more
     * @param missed whether signals between are no more: what it negotiated has to begin anew
     */
    record Joined(
            long id,
            ChannelName room,
            long peer,
            String secret,
            long sequence,
            boolean missed,
            List<PeerInfo> peers,
            IceServers iceServers,
            RoomTerms terms,
            int signalsPerSecond)
            implements RoomPush {
        public Joined {
            peers = List.copyOf(peers);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Joined[" + room + ", " + peer + ", " + sequence + ", " + peers + "]";
        }
    }

    /**
     * Answers signal.
     *
     * @param negotiation the number that an offer was given; null for others
     * @param ignored why it went nowhere; null where it was handed on
     */
    record Signaled(long id, @Nullable Long negotiation, Signal.@Nullable Ignored ignored) implements RoomPush {}

    /** Answers ice. */
    record Ice(long id, ChannelName room, IceServers iceServers) implements RoomPush {}

    /** Answers ring: the call rings until it expires. */
    record Ringing(long id, ChannelName room, long call, Instant expires) implements RoomPush {}

    /** Answers what has no other answer: done. */
    record Done(long id) implements RoomPush {}

    /** Another peer says something. */
    record Said(ChannelName room, long sequence, long from, Signal signal) implements RoomPush {}

    record PeerJoined(ChannelName room, long sequence, PeerInfo peer) implements RoomPush {}

    record PeerUpdated(
            ChannelName room,
            long sequence,
            long peer,
            @Nullable Metadata metadata) implements RoomPush {}

    record PeerLeft(ChannelName room, long sequence, long peer, RoomEvent.Reason reason) implements RoomPush {}

    /** The server ended the membership, or it goes on elsewhere. */
    record Left(ChannelName room, Problem problem) implements RoomPush {}

    /** What has become of the peer's call for one whom it called. */
    record Call(ChannelName room, long sequence, long call, String subject, CallState state) implements RoomPush {}
}
