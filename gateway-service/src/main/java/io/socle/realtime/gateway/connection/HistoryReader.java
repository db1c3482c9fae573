package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.frame.HistoryRange;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** History reads for every protocol: asks the owner, leaves out what the reader is not owed (clauses WS-17, WS-21). */
public final class HistoryReader {
    private final Owners owners;
    private final EphemeralNamespaces ephemeral;

    public HistoryReader(Owners owners, EphemeralNamespaces ephemeral) {
        this.owners = owners;
        this.ephemeral = ephemeral;
    }

    /** Whether all channels that a filter selects are ephemeral. */
    boolean keepsNothing(ChannelFilter filter) {
        return ephemeral.contains(filter);
    }

    /** A page as a reader may see it; next is null at the end. */
    public record Page(List<HistoryItem> items, @Nullable String next) {}

    /** Sends the read; the handler is called on the loop. */
    public void read(ChannelName channel, HistoryRange range, int limit, Executor loop, ReplyHandler handler) {
        read(channel, toRead(channel, range, limit), loop, handler);
    }

    /** Sends a read of the retained message. */
    public void readRetained(ChannelName channel, Executor loop, ReplyHandler handler) {
        read(channel, new Read.Retained(channel), loop, handler);
    }

    private void read(ChannelName channel, Read read, Executor loop, ReplyHandler handler) {
        if (ephemeral.contains(channel)) {
            var refused = new Reply.Refused(EphemeralNamespaces.refusal("an ephemeral channel keeps no messages"));
            loop.execute(() -> handler.replied(-1, -1, refused));
        } else {
            owners.read(channel, read, loop, handler);
        }
    }

    private static Read toRead(ChannelName channel, HistoryRange range, int limit) {
        return switch (range) {
            case HistoryRange.Newest(long messages) ->
                new Read.Backward(channel, null, credit((int) Math.min(limit, messages)));
            case HistoryRange.Before(Position position) -> new Read.Backward(channel, position, credit(limit));
            case HistoryRange.From(Since.AtPosition(Position position)) ->
                new Read.Forward(channel, new Read.Start.After(position), credit(limit));
            case HistoryRange.From(Since.AtTime(Instant time)) ->
                new Read.Forward(channel, new Read.Start.Since(time), credit(limit));
            case HistoryRange.From from ->
                throw new IllegalArgumentException("history is read from a position or a time");
        };
    }

    private static Read.Credit credit(int items) {
        return new Read.Credit(items, Limits.PAGE_BYTES);
    }

    /** What of the owner's page the reader may see. */
    public static Page visible(Reply.Page page, String subject, Instant now) {
        List<HistoryItem> items = new ArrayList<>();
        for (PageItem item : page.items()) {
            items.add(visible(item, page.epoch(), subject, now));
        }
        boolean atEnd = page.complete() || page.items().isEmpty();
        return new Page(items, atEnd ? null : new Position(page.epoch(), page.through()).toString());
    }

    private static HistoryItem visible(PageItem item, long epoch, String subject, Instant now) {
        return switch (item) {
            case PageItem.Message(var message) -> {
                boolean owed = message.privacy().mayReceive(subject)
                        && (message.expiry() == null || now.isBefore(message.expiry()));
                Position at = message.position();
                yield owed || at == null ? new HistoryItem.Message(message) : new HistoryItem.Skipped(at, at);
            }
            case PageItem.Skipped(long from, long to) ->
                new HistoryItem.Skipped(new Position(epoch, from), new Position(epoch, to));
            case PageItem.Lost(long from, long to) ->
                new HistoryItem.Lost(new Position(epoch, from), new Position(epoch, to));
        };
    }
}
