package io.socle.realtime.signaling.core;

import java.util.List;

/**
 * What is kept of a room.
 *
 * @param timer when it is looked at next; 0 where no time is set
 */
public record Room(List<Peer> peers, List<Pair> pairs, List<Call> calls, long timer) {
    static final Room EMPTY = new Room(List.of(), List.of(), List.of(), 0);

    public Room {
        peers = List.copyOf(peers);
        pairs = List.copyOf(pairs);
        calls = List.copyOf(calls);
    }
}
