package io.socle.realtime.signaling.core;

import java.util.List;

/**
 * How far two peers are with each other.
 *
 * @param older the one that joined first, which is the polite one
 * @param negotiation number of the newest offer; 0 before the first
 * @param offerer who has offered and waits for an answer; 0 where nobody does
 * @param olderSide what the older one has described for good
 * @param offered the username fragments of the open offer
 */
public record Pair(
        long older, long newer, long negotiation, long offerer, Side olderSide, Side newerSide, List<String> offered) {
    public Pair {
        offered = List.copyOf(offered);
    }

    /**
     * One peer's part of the last negotiation that was completed.
     *
     * @param described whether there was one
     * @param fragments the username fragments of its description
     */
    public record Side(boolean described, List<String> fragments) {
        static final Side NONE = new Side(false, List.of());

        public Side {
            fragments = List.copyOf(fragments);
        }
    }

    static Pair begin(long one, long other) {
        return new Pair(Math.min(one, other), Math.max(one, other), 0, 0, Side.NONE, Side.NONE, List.of());
    }

    boolean isOf(long peer) {
        return older == peer || newer == peer;
    }

    Side side(long peer) {
        return peer == older ? olderSide : newerSide;
    }

    long other(long peer) {
        return peer == older ? newer : older;
    }
}
