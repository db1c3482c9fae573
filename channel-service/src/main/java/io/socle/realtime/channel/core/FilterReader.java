package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.FilterItem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a filter selects in one partition, in log order. One instance serves one read. */
final class FilterReader {
    private final Tables tables;
    private final PartitionState state;
    private final long now;
    private final Read.Filtered read;
    private final Allowance allowance;
    private final List<FilterItem> items = new ArrayList<>();
    private final Map<String, Boolean> matches = new HashMap<>();

    FilterReader(Tables tables, PartitionState state, long now, Read.Filtered read) {
        this.tables = tables;
        this.state = state;
        this.now = now;
        this.read = read;
        this.allowance = new Allowance(read.credit());
    }

    Reply.FilterPage page(PublicationIndex index) {
        long start = Math.max(-1, read.afterLogPosition()) + 1;
        long floor = state.index().first();
        boolean lost = start < floor;
        Instant since = read.since();
        if (since != null) {
            lost &= state.evictedTime() >= since.toEpochMilli();
            start = Math.max(start, index.firstSince(state, since.toEpochMilli()));
        }
        long last = state.lastPosition();
        long from = Math.max(start, floor);
        // A reader may be ahead of an owner that has not processed anything since it began.
        long through = from > last ? Math.max(last, read.afterLogPosition()) : scan(from, last);
        return new Reply.FilterPage(items, through, through >= last, lost ? Long.valueOf(floor - 1) : null);
    }

    private long scan(long from, long last) {
        long[] through = {last};
        long[] taken = {from - 1};
        tables.index().ascend(from, last, (at, entry) -> {
            if (allowance.isUsedUp() || !take(at, entry)) {
                through[0] = taken[0];
                return false;
            }
            taken[0] = at;
            return true;
        });
        return through[0];
    }

    /** Whether the entry is accounted for: it fitted, or is not wanted. */
    private boolean take(long at, IndexEntry entry) {
        allowance.scanned();
        if (!matches.computeIfAbsent(entry.channel(), name -> matches(read.filter(), name))) {
            return true;
        }
        ChannelState channel = tables.channels().get(entry.channel());
        if (channel == null || !channel.began(at)) {
            // Its channel was deleted since: nobody is owed it, and the offset is another message's now.
            return true;
        }
        if (entry.offset() < channel.first()) {
            items.add(lost(at, entry, channel));
            allowance.take(0);
            return true;
        }
        HistoryEntry kept = tables.history().get(new Keys.Place(channel.records(entry.channel()), entry.offset()));
        RealtimeMessage message = kept == null ? null : kept.owedAt(now);
        return message == null || add(at, message);
    }

    private static boolean matches(ChannelFilter filter, String name) {
        return filter.matches(new ChannelName(name));
    }

    private static FilterItem lost(long at, IndexEntry entry, ChannelState channel) {
        return new FilterItem.Lost(at, new ChannelName(entry.channel()), new Position(channel.epoch(), entry.offset()));
    }

    private boolean add(long at, RealtimeMessage message) {
        int size = Sizes.of(message);
        if (!allowance.fits(size)) {
            return false;
        }
        items.add(new FilterItem.Message(at, message));
        allowance.take(size);
        return true;
    }
}
