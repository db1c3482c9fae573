package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.SharedName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One shared subscription in one partition: its members, whose turn it is, what is under way and what waits. In memory for
 * speed, and in tables so that it outlives the process.
 */
final class SharedGroup {
    private final SharedTables tables;
    private final SharedName of;
    private final String name;
    private final int most;
    private final Map<String, Membership> members = new HashMap<>();
    /** Members that are not away, by generation. */
    private final Map<Long, Membership> attached = new HashMap<>();
    /** Members that may be given a message, by generation. */
    private final TreeMap<Long, Membership> roomy = new TreeMap<>();
    /** What no member has at present, by log position. */
    private final TreeMap<Long, SharedFlight> waiting = new TreeMap<>();

    private SharedGroupState stored;
    private SharedGroupState state;
    private int flights;
    private int privatelyWaiting;

    /**
     * Makes it.
     *
     * @param most messages under way or waiting
     */
    SharedGroup(SharedTables tables, SharedName of, SharedGroupState state, int most) {
        this.tables = tables;
        this.of = of;
        this.name = of.value();
        this.stored = state;
        this.state = state;
        this.most = most;
    }

    SharedName of() {
        return of;
    }

    String name() {
        return name;
    }

    /** Writes down where it is, if that has changed. */
    void save() {
        if (!state.equals(stored)) {
            tables.groups().put(name, state);
            stored = state;
        }
    }

    @Nullable
    Membership member(String member) {
        return members.get(member);
    }

    Collection<Membership> members() {
        return members.values();
    }

    /** Takes a member in as its table has it, or as it has just joined. */
    void put(Membership member) {
        members.put(member.member(), member);
        if (member.isAttached()) {
            attached.put(member.generation(), member);
        }
        roomChanged(member);
    }

    /** A member is no more; nothing may be under way to it. */
    void remove(Membership member) {
        members.remove(member.member());
    }

    private void roomChanged(Membership member) {
        if (member.hasRoom()) {
            roomy.put(member.generation(), member);
        } else {
            roomy.remove(member.generation());
        }
    }

    /** Takes a message in as its table has it; all members are known. */
    void restore(long logPosition, SharedFlight flight) {
        Membership member = attached.get(flight.generation());
        if (member == null) {
            await(logPosition, flight);
        } else {
            flights++;
            member.add(logPosition, flight);
            roomChanged(member);
        }
    }

    /** A message waits to be given to a member; whoever calls has stored it. */
    private void await(long logPosition, SharedFlight flight) {
        flights++;
        waiting.put(logPosition, flight);
        privatelyWaiting += flight.isPrivate() ? 1 : 0;
    }

    /** A message that only members without room may receive waits for them. */
    void hold(long logPosition, SharedFlight flight) {
        tables.flights().put(new Keys.Place(name, logPosition), flight);
        await(logPosition, flight);
    }

    private void takeFromWaiting(long logPosition) {
        SharedFlight flight = waiting.remove(logPosition);
        if (flight != null) {
            flights--;
            privatelyWaiting -= flight.isPrivate() ? 1 : 0;
        }
    }

    /** Nobody is to get a message that waits. */
    void drop(long logPosition) {
        takeFromWaiting(logPosition);
        tables.flights().delete(new Keys.Place(name, logPosition));
    }

    /** A message goes to a member. */
    void give(long logPosition, SharedFlight flight, Membership member) {
        takeFromWaiting(logPosition);
        tables.flights().put(new Keys.Place(name, logPosition), flight);
        flights++;
        member.add(logPosition, flight);
        roomChanged(member);
        state = state.turn(member.generation());
    }

    /** A member is done with a message; one that is not under way to it changes nothing. */
    void done(Membership member, long logPosition) {
        if (member.remove(logPosition)) {
            flights--;
            tables.flights().delete(new Keys.Place(name, logPosition));
            roomChanged(member);
        }
    }

    /**
     * A membership goes on under another state, or ends: what is under way to it waits for others from now on, but for what is
     * sent once only.
     */
    void release(Membership member) {
        attached.remove(member.generation());
        roomy.remove(member.generation());
        member.clear().forEach((logPosition, flight) -> {
            flights--;
            if (flight.once()) {
                tables.flights().delete(new Keys.Place(name, logPosition));
            } else {
                await(logPosition, flight);
            }
        });
    }

    /** All that it had is forgotten; it has no members. */
    void end() {
        waiting.keySet().forEach(logPosition -> tables.flights().delete(new Keys.Place(name, logPosition)));
        tables.groups().delete(name);
    }

    NavigableMap<Long, SharedFlight> waiting() {
        return waiting;
    }

    /** How many messages wait that are not for everybody. */
    int privatelyWaiting() {
        return privatelyWaiting;
    }

    /** Whether any member may be given a message. */
    boolean hasRoom() {
        return !roomy.isEmpty();
    }

    /** Whether a message may be given out that was not before. */
    boolean takesMore() {
        return hasRoom() && flights < most;
    }

    /** Whether a publication may be given out as it comes, because nothing before it waits for its turn. */
    boolean isLive() {
        return state.behind() == null && waiting.size() == privatelyWaiting && takesMore();
    }

    @Nullable
    Long behind() {
        return state.behind();
    }

    /** Publications after a log position have to be looked for; null where all were given out. */
    void behind(@Nullable Long logPosition) {
        state = state.behind(logPosition);
    }

    /** Whether it could give something out. */
    boolean isReady() {
        return hasRoom()
                && (waiting.size() > privatelyWaiting
                        || (behind() != null && takesMore())
                        || waiting.values().stream().anyMatch(flight -> next(flight.receivers()) != null));
    }

    /** Whose turn it is, of those with room that are among the receivers; no receivers mean everybody. */
    @Nullable
    Membership next(List<String> receivers) {
        Membership after = first(roomy.tailMap(state.turn(), false), receivers);
        return after == null ? first(roomy, receivers) : after;
    }

    private static @Nullable Membership first(NavigableMap<Long, Membership> members, List<String> receivers) {
        for (Membership member : members.values()) {
            if (receivers.isEmpty() || receivers.contains(member.state().subject())) {
                return member;
            }
        }
        return null;
    }

    /** Whether a member, be it away, is among the receivers. */
    boolean hasReceiver(List<String> receivers) {
        return receivers.isEmpty()
                || members.values().stream()
                        .anyMatch(member -> receivers.contains(member.state().subject()));
    }
}
