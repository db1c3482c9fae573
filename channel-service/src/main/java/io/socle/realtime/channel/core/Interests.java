package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which gateway nodes want what. In memory for speed, and in tables so that it outlives the process. */
final class Interests {
    private static final BitSet NOBODY = new BitSet();

    private final Tables tables;
    private final Bounds bounds;
    private final Map<Integer, Slot> slots = new HashMap<>();
    private final Map<String, BitSet> exact = new HashMap<>();
    private final FilterTrie filters = new FilterTrie();

    /** One gateway slot's present life. */
    private static final class Slot {
        final Set<String> channels = new HashSet<>();
        final Set<String> filters = new HashSet<>();
        long incarnation;

        Slot(long incarnation) {
            this.incarnation = incarnation;
        }
    }

    /** Reads the tables. */
    Interests(Tables tables, Bounds bounds) {
        this.tables = tables;
        this.bounds = bounds;
        tables.slots().all((slot, incarnation) -> {
            slots.put(slot, new Slot(incarnation));
            return true;
        });
        tables.interests().all((key, mark) -> {
            remember(key.slot(), new ChannelFilter(key.filter()));
            return true;
        });
    }

    /** Whether a later life of the origin's slot is known, or this one is known to be dead. */
    boolean isFenced(Origin origin) {
        Slot slot = slots.get(origin.slot());
        return slot != null && origin.incarnation() < slot.incarnation;
    }

    /** Takes note of a life of a slot: interest of earlier ones is void. Answers whether an earlier one is over by this. */
    boolean meet(int slot, long incarnation) {
        Slot known = slots.get(slot);
        if (known != null && incarnation <= known.incarnation) {
            return false;
        }
        if (known != null) {
            forget(slot, known);
        }
        slots.put(slot, new Slot(incarnation));
        tables.slots().put(slot, incarnation);
        return known != null;
    }

    private void forget(int slot, Slot known) {
        known.channels.forEach(channel -> {
            tables.interests().delete(new Keys.Interest(slot, channel));
            removeExact(slot, channel);
        });
        known.filters.forEach(filter -> {
            tables.interests().delete(new Keys.Interest(slot, filter));
            filters.remove(new ChannelFilter(filter).segments(), slot);
        });
    }

    /** What came of registering interest. */
    enum Added {
        ADDED,
        /** It had been registered before. */
        KNOWN,
        /** The slot's limit is reached. */
        FULL
    }

    /** Registers interest of a slot that was met. */
    Added add(int slot, ChannelFilter filter) {
        Slot known = met(slot);
        Set<String> wanted = filter.isExact() ? known.channels : known.filters;
        if (wanted.contains(filter.value())) {
            return Added.KNOWN;
        }
        if (wanted.size() >= (filter.isExact() ? bounds.channelsPerSlot() : bounds.filtersPerSlot())) {
            return Added.FULL;
        }
        tables.interests().put(new Keys.Interest(slot, filter.value()), Tables.Mark.SET);
        remember(slot, filter);
        return Added.ADDED;
    }

    private void remember(int slot, ChannelFilter filter) {
        Slot known = met(slot);
        if (filter.isExact()) {
            known.channels.add(filter.value());
            exact.computeIfAbsent(filter.value(), name -> new BitSet()).set(slot);
        } else {
            known.filters.add(filter.value());
            filters.add(filter.segments(), slot);
        }
    }

    /** Ends interest of a slot that was met; answers whether there was any. */
    boolean remove(int slot, ChannelFilter filter) {
        Slot known = met(slot);
        Set<String> wanted = filter.isExact() ? known.channels : known.filters;
        if (!wanted.remove(filter.value())) {
            return false;
        }
        tables.interests().delete(new Keys.Interest(slot, filter.value()));
        if (filter.isExact()) {
            removeExact(slot, filter.value());
        } else {
            filters.remove(filter.segments(), slot);
        }
        return true;
    }

    private void removeExact(int slot, String channel) {
        BitSet wanting = exact.get(channel);
        if (wanting != null) {
            wanting.clear(slot);
            if (wanting.isEmpty()) {
                exact.remove(channel);
            }
        }
    }

    private Slot met(int slot) {
        Slot known = slots.get(slot);
        if (known == null) {
            throw new IllegalStateException("slot " + slot + " has interest and no incarnation");
        }
        return known;
    }

    /** A watermark for each slot with interest. */
    List<Effect> watermarks(long logPosition) {
        List<Effect> watermarks = new ArrayList<>();
        slots.forEach((number, slot) -> {
            if (!slot.channels.isEmpty() || !slot.filters.isEmpty()) {
                watermarks.add(new Effect.Watermark(number, slot.incarnation, logPosition));
            }
        });
        return watermarks;
    }

    long incarnation(int slot) {
        return met(slot).incarnation;
    }

    /** The slots that want a channel by its name, and not only by a filter; not to be changed by the caller. */
    BitSet wantingByName(ChannelName channel) {
        return exact.getOrDefault(channel.value(), NOBODY);
    }

    /** The slots that want a channel; not to be changed by the caller. */
    BitSet wanting(ChannelName channel) {
        BitSet named = wantingByName(channel);
        if (filters.isEmpty()) {
            return named;
        }
        BitSet all = (BitSet) named.clone();
        filters.collect(List.of(channel.value().split("/", -1)), all);
        return all;
    }
}
