package io.socle.realtime.contracts.signaling;

import io.socle.realtime.contracts.failure.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a peer is told. */
public sealed interface RoomEvent {
    /** Another says something. */
    record Said(long from, Signal signal) implements RoomEvent {}

    record Joined(PeerInfo peer) implements RoomEvent {}

    record Updated(long peer, @Nullable Metadata metadata) implements RoomEvent {}

    record Left(long peer, Reason reason) implements RoomEvent {}

    /** The peer that is told is none any more, or not on this connection. */
    record Ended(Problem problem) implements RoomEvent {}

    /** Somebody whom the peer that is told has called has answered, or has not. */
    record Call(long call, String subject, CallState state) implements RoomEvent {}

    /** Why a peer is gone. */
    enum Reason {
        /** It said so. */
        BYE,
        /** Its connection was lost, and it did not come back in time. */
        LOST;

        /** The word in frames: the name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
