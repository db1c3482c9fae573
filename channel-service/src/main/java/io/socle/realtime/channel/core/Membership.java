package io.socle.realtime.channel.core;

import io.socle.realtime.channel.core.SharedMemberState.Node;
import java.util.Map;
import java.util.TreeMap;

/** A member of a shared subscription with what is under way to it, in memory. */
final class Membership {
    private final String group;
    private final String member;
    private final TreeMap<Long, SharedFlight> underWay = new TreeMap<>();
    private SharedMemberState state;
    private long bytes;

    Membership(String group, String member, SharedMemberState state) {
        this.group = group;
        this.member = member;
        this.state = state;
    }

    String group() {
        return group;
    }

    String member() {
        return member;
    }

    SharedTables.MemberKey key() {
        return new SharedTables.MemberKey(group, member);
    }

    SharedMemberState state() {
        return state;
    }

    void become(SharedMemberState newState) {
        state = newState;
    }

    long generation() {
        return state.generation();
    }

    boolean isAttached() {
        return state.node() != null;
    }

    /** Its node; it must be attached. */
    Node node() {
        Node node = state.node();
        if (node == null) {
            throw new IllegalStateException("the member is away");
        }
        return node;
    }

    /** Whether it may be given one more message. */
    boolean hasRoom() {
        return isAttached() && underWay.size() < state.window() && bytes < SharedBounds.WINDOW_BYTES;
    }

    void add(long logPosition, SharedFlight flight) {
        underWay.put(logPosition, flight);
        bytes += flight.bytes();
    }

    /** It is done with a message; answers whether that was under way to it. */
    boolean remove(long logPosition) {
        SharedFlight flight = underWay.remove(logPosition);
        if (flight != null) {
            bytes -= flight.bytes();
        }
        return flight != null;
    }

    /** Nothing is under way to it any more; answers what was. */
    Map<Long, SharedFlight> clear() {
        Map<Long, SharedFlight> all = new TreeMap<>(underWay);
        underWay.clear();
        bytes = 0;
        return all;
    }
}
