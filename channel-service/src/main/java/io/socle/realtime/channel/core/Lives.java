package io.socle.realtime.channel.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends the lives of channels. A life ends at once, with its {@link ChannelState}: nothing finds its other records
 * any more. They are taken away a bounded number at a time, so that no command has to delete a whole channel; a life that
 * begins meanwhile keeps its records under another name.
 */
final class Lives {
    private final Tables tables;
    private final int atOnce;

    /**
     * Makes it.
     *
     * @param atOnce most records that one command takes away
     */
    Lives(Tables tables, int atOnce) {
        this.tables = tables;
        this.atOnce = atOnce;
    }

    /** The state of a channel that begins; the caller stores it. */
    ChannelState begin(String name, long epoch, long time) {
        return ChannelState.created(epoch, time, tables.remains().get(name) != null);
    }

    /** Whether the records under a name are those of a channel's present life. */
    boolean isPresent(String records) {
        String name = ChannelState.nameOf(records);
        ChannelState channel = tables.channels().get(name);
        return channel != null && channel.records(name).equals(records);
    }

    /** The channel is gone for all readers. */
    void end(String name, ChannelState channel) {
        tables.channels().delete(name);
        tables.retained().delete(name);
        tables.dues().delete(new Keys.Due(channel.timer(), name));
        tables.remains().put(channel.records(name), new Remains(channel.first(), channel.head()));
        purge();
    }

    boolean hasRemains() {
        return first() != null;
    }

    private Map.@Nullable Entry<String, Remains> first() {
        List<Map.Entry<String, Remains>> found = new ArrayList<>(1);
        tables.remains().all((records, remains) -> {
            found.add(Map.entry(records, remains));
            return false;
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Takes records of ended lives away, as many as one command may. */
    void purge() {
        int left = atOnce;
        for (var next = first(); next != null && left > 0; next = first()) {
            left -= Math.max(1, purge(next.getKey(), next.getValue(), left));
        }
    }

    /** Answers how many records it took away, at most {@code most}. */
    private int purge(String records, Remains remains, int most) {
        long end = Math.min(remains.head() + 1, remains.first() + most);
        for (long offset = remains.first(); offset < end; offset++) {
            tables.history().delete(new Keys.Place(records, offset));
        }
        int gone = (int) (end - remains.first());
        gone += purge(tables.collapsed(), new Keys.Collapse(records, ""), Keys.Collapse::channel, most - gone);
        gone += purge(tables.producers(), new Keys.Producer(records, ""), Keys.Producer::channel, most - gone);
        gone += purgeDurables(records, most - gone);
        if (gone < most) {
            tables.remains().delete(records);
        } else {
            tables.remains().put(records, new Remains(end, remains.head()));
        }
        return gone;
    }

    private int purgeDurables(String records, int most) {
        return purge(
                tables.durables(),
                new Keys.Durable(records, "", ""),
                Keys.Durable::channel,
                most,
                (key, state) -> tables.expiries().delete(new Keys.Expiry(state.timer(), key)));
    }

    private static <K, V> int purge(Table.Sorted<K, V> table, K lowest, Function<K, String> channel, int most) {
        return purge(table, lowest, channel, most, (key, value) -> {});
    }

    /** Deletes keys of the lowest one's channel; answers how many. */
    private static <K, V> int purge(
            Table.Sorted<K, V> table, K lowest, Function<K, String> channel, int most, BiConsumer<K, V> each) {
        if (most <= 0) {
            return 0;
        }
        List<Map.Entry<K, V>> gone = new ArrayList<>();
        table.tail(lowest, (key, value) -> {
            boolean ours = channel.apply(key).equals(channel.apply(lowest));
            if (ours) {
                gone.add(Map.entry(key, value));
            }
            return ours && gone.size() < most;
        });
        for (Map.Entry<K, V> entry : gone) {
            table.delete(entry.getKey());
            each.accept(entry.getKey(), entry.getValue());
        }
        return gone.size();
    }
}
