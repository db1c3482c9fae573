package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads pages of one channel's history. */
final class HistoryReader {
    private static final Reply.Page NO_CHANNEL = new Reply.Page(0, List.of(), 0, 0, true);

    private final Tables tables;

    HistoryReader(Tables tables) {
        this.tables = tables;
    }

    /** Throws ProblemException where the position to begin after never existed here. */
    Reply.Page forward(Read.Forward read, long now) {
        String name = read.channel().value();
        ChannelState channel = tables.channels().get(name);
        if (channel == null) {
            if (read.start() instanceof Read.Start.After after) {
                throw unknown(after.position());
            }
            return NO_CHANNEL;
        }
        long from = begin(name, channel, read.start());
        return forwardFrom(name, channel, from, new PageBuilder(read.credit(), now, read.underWay()));
    }

    /** The first offset that a start asks for; throws ProblemException where its position never existed here. */
    long begin(String name, ChannelState channel, Read.Start start) {
        return switch (start) {
            case Read.Start.After after -> checked(channel, after.position(), channel.head()) + 1;
            case Read.Start.Last last ->
                Math.max(channel.first(), channel.head() - Math.max(0, Math.min(last.messages(), channel.head())) + 1);
            case Read.Start.Since since ->
                firstSince(name, channel, since.time().toEpochMilli());
        };
    }

    private Reply.Page forwardFrom(String name, ChannelState channel, long from, PageBuilder page) {
        String records = channel.records(name);
        if (from < channel.first()) {
            page.lost(from, channel.first() - 1);
        }
        long[] through = {Math.max(from, channel.first()) - 1};
        if (through[0] < channel.head() && !page.isFull()) {
            tables.history()
                    .ascend(
                            new Keys.Place(records, through[0] + 1),
                            new Keys.Place(records, channel.head()),
                            (at, entry) -> {
                                boolean taken = page.add(at.offset(), entry);
                                through[0] = taken ? at.offset() : through[0];
                                return taken && !page.isFull();
                            });
        }
        return new Reply.Page(channel.epoch(), page.items(), through[0], channel.head(), through[0] == channel.head());
    }

    /** Throws ProblemException where the position to begin before never existed here. */
    Reply.Page backward(Read.Backward read, long now) {
        String name = read.channel().value();
        ChannelState channel = tables.channels().get(name);
        Position before = read.before();
        if (channel == null) {
            if (before != null) {
                throw unknown(before);
            }
            return NO_CHANNEL;
        }
        long end = before == null ? channel.head() + 1 : checked(channel, before, channel.head() + 1);
        PageBuilder page = new PageBuilder(read.credit(), now);
        long through = backwardFrom(name, channel, end, page);
        return new Reply.Page(channel.epoch(), page.items(), through, channel.head(), through <= 1);
    }

    /** Everything below the first offset in history is told as one lost range at the end. */
    private long backwardFrom(String name, ChannelState channel, long end, PageBuilder page) {
        String records = channel.records(name);
        long[] through = {end};
        if (end > channel.first()) {
            tables.history()
                    .descend(
                            new Keys.Place(records, end - 1), new Keys.Place(records, channel.first()), (at, entry) -> {
                                boolean taken = page.add(at.offset(), entry);
                                through[0] = taken ? at.offset() : through[0];
                                return taken && !page.isFull();
                            });
        }
        long lostTo = Math.min(through[0], channel.first()) - 1;
        if (through[0] <= channel.first() && lostTo >= 1 && !page.isFull()) {
            page.lost(1, lostTo);
            return 1;
        }
        return through[0] == 1 && channel.head() == 0 ? 0 : through[0];
    }

    Reply.Page retained(String name, long now) {
        ChannelState channel = tables.channels().get(name);
        if (channel == null) {
            return NO_CHANNEL;
        }
        Long offset = channel.retained();
        PageBuilder page = new PageBuilder(new Read.Credit(1, Integer.MAX_VALUE), now);
        HistoryEntry entry = offset == null ? null : tables.retained().get(name);
        if (offset != null && entry != null && entry.owedAt(now) != null) {
            page.add(offset, entry);
        }
        return new Reply.Page(channel.epoch(), page.items(), offset == null ? 0 : offset, channel.head(), true);
    }

    /** The offset of a position of this channel, from 0 to {@code highest}. */
    static long checked(ChannelState channel, Position position, long highest) {
        if (position.epoch() != channel.epoch() || position.offset() > highest) {
            throw unknown(position);
        }
        return position.offset();
    }

    static ProblemException unknown(Position position) {
        return new ProblemException(
                FailureCode.UNKNOWN_POSITION, "position " + position + " never existed in this channel");
    }

    /**
     * The first offset logged at a time or later. Where history's oldest entry is not older than that, trimmed ones may
     * have been asked for too, and all of them are told as lost.
     */
    private long firstSince(String name, ChannelState channel, long time) {
        if (channel.isHistoryEmpty()) {
            return channel.lastTime() >= time && channel.head() > 0 ? 1 : channel.head() + 1;
        }
        String records = channel.records(name);
        if (timeAt(records, channel.first(), Long.MAX_VALUE) >= time) {
            return 1;
        }
        long low = channel.first() + 1;
        long high = channel.head() + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (timeAt(records, middle, Long.MAX_VALUE) >= time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private long timeAt(String records, long offset, long otherwise) {
        @Nullable HistoryEntry entry = tables.history().get(new Keys.Place(records, offset));
        return entry == null ? otherwise : entry.time();
    }
}
