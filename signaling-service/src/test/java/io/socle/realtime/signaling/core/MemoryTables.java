package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tables in memory, which can be copied as a commit does. */
final class MemoryTables implements Tables {
    private record KeptOf(ChannelName room, long peer) implements Comparable<KeptOf> {
        @Override
        public int compareTo(KeptOf other) {
            int byRoom = room.compareTo(other.room);
            return byRoom != 0 ? byRoom : Long.compare(peer, other.peer);
        }
    }

    private record Timer(long time, ChannelName room) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : room.compareTo(other.room);
        }
    }

    private final TreeMap<ChannelName, Room> rooms = new TreeMap<>();
    private final TreeMap<KeptOf, TreeMap<Long, KeptSignal>> kept = new TreeMap<>();
    private final TreeSet<Timer> timers = new TreeSet<>();
    private final TreeMap<Integer, Long> slots = new TreeMap<>();
    private Summary summary = Summary.EMPTY;

    MemoryTables copy() {
        MemoryTables copy = new MemoryTables();
        copy.rooms.putAll(rooms);
        kept.forEach((of, signals) -> copy.kept.put(of, new TreeMap<>(signals)));
        copy.timers.addAll(timers);
        copy.slots.putAll(slots);
        copy.summary = summary;
        return copy;
    }

    /** Everything, for comparison. */
    List<Object> everything() {
        return List.of(Map.copyOf(rooms), Map.copyOf(kept), List.copyOf(timers), Map.copyOf(slots), summary);
    }

    int keptSignals() {
        return kept.values().stream().mapToInt(Map::size).sum();
    }

    int timers() {
        return timers.size();
    }

    @Override
    public @Nullable Room room(ChannelName name) {
        return rooms.get(name);
    }

    @Override
    public void put(ChannelName name, Room room) {
        rooms.put(name, room);
    }

    @Override
    public void delete(ChannelName name) {
        rooms.remove(name);
    }

    @Override
    public List<ChannelName> rooms() {
        return List.copyOf(rooms.keySet());
    }

    @Override
    public void keep(ChannelName room, long peer, KeptSignal signal) {
        kept.computeIfAbsent(new KeptOf(room, peer), any -> new TreeMap<>()).put(signal.sequence(), signal);
    }

    @Override
    public void forget(ChannelName room, long peer, long sequence) {
        kept.computeIfPresent(new KeptOf(room, peer), (of, signals) -> {
            signals.remove(sequence);
            return signals.isEmpty() ? null : signals;
        });
    }

    @Override
    public List<KeptSignal> kept(ChannelName room, long peer, long after, int most) {
        TreeMap<Long, KeptSignal> signals = kept.get(new KeptOf(room, peer));
        return signals == null
                ? List.of()
                : signals.tailMap(after, false).values().stream().limit(most).toList();
    }

    @Override
    public void setTimer(long time, ChannelName room) {
        timers.add(new Timer(time, room));
    }

    @Override
    public void removeTimer(long time, ChannelName room) {
        timers.remove(new Timer(time, room));
    }

    @Override
    public List<ChannelName> due(long time, int most) {
        List<ChannelName> due = new ArrayList<>();
        timers.stream().filter(timer -> timer.time() <= time).limit(most).forEach(timer -> due.add(timer.room()));
        return due;
    }

    @Override
    public OptionalLong next() {
        return timers.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(timers.first().time());
    }

    @Override
    public @Nullable Long incarnation(int slot) {
        return slots.get(slot);
    }

    @Override
    public void putIncarnation(int slot, long incarnation) {
        slots.put(slot, incarnation);
    }

    @Override
    public Summary summary() {
        return summary;
    }

    @Override
    public void put(Summary changed) {
        summary = changed;
    }
}
