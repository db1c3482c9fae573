package io.socle.realtime.channel.core;

import io.socle.realtime.channel.core.SharedMemberState.Node;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All shared subscriptions of a partition with their members: by name, by channel, by node, and by when they expire. */
final class SharedDirectory {
    private final SharedTables tables;
    private final SharedBounds bounds;
    private final Map<String, SharedGroup> groups = new TreeMap<>();
    private final Map<String, List<SharedGroup>> exact = new HashMap<>();
    /** Groups with wildcards have numbers here, of this process only. */
    private final FilterTrie filters = new FilterTrie();

    private final Map<Integer, SharedGroup> byNumber = new HashMap<>();
    private final Map<Integer, Set<Membership>> bySlot = new HashMap<>();
    private final TreeSet<Membership> away = new TreeSet<>(
            Comparator.comparingLong((Membership member) -> member.state().until())
                    .thenComparing(Membership::group)
                    .thenComparing(Membership::member));

    /** Reads the tables. */
    SharedDirectory(SharedTables tables, SharedBounds bounds) {
        this.tables = tables;
        this.bounds = bounds;
        tables.groups().all((name, state) -> {
            add(SharedName.parse(SharedName.PREFIX + name), state);
            return true;
        });
        tables.members().all((key, state) -> {
            Membership member = new Membership(key.group(), key.member(), state);
            of(member).put(member);
            link(member);
            return true;
        });
        tables.flights().all((place, flight) -> {
            SharedGroup group = groups.get(place.channel());
            if (group != null) {
                group.restore(place.offset(), flight);
            }
            return true;
        });
    }

    private SharedGroup add(SharedName of, SharedGroupState state) {
        SharedGroup group = new SharedGroup(tables, of, state, bounds.inFlight());
        groups.put(group.name(), group);
        if (of.filter().isExact()) {
            exact.computeIfAbsent(of.filter().value(), any -> new ArrayList<>(1))
                    .add(group);
        } else {
            int number = freeNumber();
            byNumber.put(number, group);
            filters.add(of.filter().segments(), number);
        }
        return group;
    }

    private int freeNumber() {
        int number = byNumber.size();
        while (byNumber.containsKey(number)) {
            number++;
        }
        return number;
    }

    Collection<SharedGroup> all() {
        return groups.values();
    }

    @Nullable
    SharedGroup get(String name) {
        return groups.get(name);
    }

    /** The group of a member. */
    SharedGroup of(Membership member) {
        SharedGroup group = groups.get(member.group());
        if (group == null) {
            throw new IllegalStateException("a member of a shared subscription has no group");
        }
        return group;
    }

    /** A member joins, or joins again; throws ProblemException where there are too many. */
    void join(SharedName of, String name, SharedMemberState state) {
        SharedGroup group = groups.get(of.value());
        if (group == null) {
            if (groups.size() >= bounds.groups()) {
                throw full("the partition has as many groups as its limit");
            }
            tables.groups().put(of.value(), SharedGroupState.NEW);
            group = add(of, SharedGroupState.NEW);
        }
        Membership known = group.member(name);
        if (known == null && group.members().size() >= bounds.members()) {
            throw full("the group has as many members as its limit");
        }
        change(group, known == null ? new Membership(group.name(), name, state) : known, state);
    }

    private static ProblemException full(String why) {
        return new ProblemException(FailureCode.TOO_MANY_SUBSCRIPTIONS, why);
    }

    /** A membership goes on under another state; what was under way to it waits. */
    void change(SharedGroup group, Membership member, SharedMemberState state) {
        unlink(member);
        group.release(member);
        member.become(state);
        group.put(member);
        tables.members().put(member.key(), state);
        link(member);
    }

    /** A membership is over; the last one's end is the group's. */
    void remove(SharedGroup group, Membership member) {
        unlink(member);
        group.release(member);
        group.remove(member);
        tables.members().delete(member.key());
        if (group.members().isEmpty()) {
            end(group);
        }
    }

    private void link(Membership member) {
        Node node = member.state().node();
        if (node == null) {
            away.add(member);
        } else {
            bySlot.computeIfAbsent(node.slot(), any -> new LinkedHashSet<>()).add(member);
        }
    }

    private void unlink(Membership member) {
        Node node = member.state().node();
        if (node == null) {
            away.remove(member);
            return;
        }
        Set<Membership> there = bySlot.getOrDefault(node.slot(), Set.of());
        if (there.contains(member) && there.size() == 1) {
            bySlot.remove(node.slot());
        } else if (!there.isEmpty()) {
            there.remove(member);
        }
    }

    private void end(SharedGroup group) {
        group.end();
        groups.remove(group.name());
        String filter = group.of().filter().value();
        List<SharedGroup> named = exact.get(filter);
        if (named != null && named.remove(group) && named.isEmpty()) {
            exact.remove(filter);
        }
        byNumber.entrySet().removeIf(each -> {
            boolean ours = each.getValue() == group;
            if (ours) {
                filters.remove(group.of().filter().segments(), each.getKey());
            }
            return ours;
        });
    }

    /** The members at a slot. */
    List<Membership> at(int slot) {
        return List.copyOf(bySlot.getOrDefault(slot, Set.of()));
    }

    /** Members that have been away for too long, as many as one tick may end. */
    List<Membership> expired(long clock) {
        return away.stream()
                .takeWhile(member -> member.state().until() <= clock)
                .limit(SharedBounds.EXPIRED_PER_TICK)
                .toList();
    }

    boolean hasExpired(long clock) {
        return !away.isEmpty() && away.first().state().until() <= clock;
    }

    /** The groups that select a channel, by name. */
    Collection<SharedGroup> matching(ChannelName channel) {
        if (groups.isEmpty()) {
            return List.of();
        }
        TreeMap<String, SharedGroup> matching = new TreeMap<>();
        exact.getOrDefault(channel.value(), List.of()).forEach(group -> matching.put(group.name(), group));
        if (!filters.isEmpty()) {
            BitSet numbers = new BitSet();
            filters.collect(List.of(channel.value().split("/", -1)), numbers);
            numbers.stream().forEach(number -> {
                SharedGroup group = byNumber.get(number);
                if (group != null) {
                    matching.put(group.name(), group);
                }
            });
        }
        return matching.values();
    }
}
