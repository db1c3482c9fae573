package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the retained messages that a filter selects in one partition, by channel name. One instance serves one read. */
final class RetainedReader {
    private final Tables tables;
    private final long now;
    private final Read.RetainedMatching read;
    private final String prefix;
    private final Allowance allowance;
    private final List<RealtimeMessage> messages = new ArrayList<>();
    private String through;
    private @Nullable String next;

    RetainedReader(Tables tables, long now, Read.RetainedMatching read) {
        this.tables = tables;
        this.now = now;
        this.read = read;
        this.prefix = prefix(read.filter());
        this.allowance = new Allowance(read.credit());
        this.through = read.after();
    }

    /** What the names of all channels that a filter selects begin with. */
    static String prefix(ChannelFilter filter) {
        String value = filter.value();
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '+') {
                return value.substring(0, i);
            }
            if (value.charAt(i) == '#') {
                // The parent is selected too, and its name does not end with a slash.
                return value.substring(0, Math.max(0, i - 1));
            }
        }
        return value;
    }

    Reply.RetainedPage page() {
        String from = read.after().isEmpty() ? prefix : read.after();
        tables.retained().tail(from, this::visit);
        return new Reply.RetainedPage(messages, next);
    }

    private boolean visit(String channel, HistoryEntry entry) {
        if (channel.equals(read.after())) {
            return true;
        }
        if (!channel.startsWith(prefix)) {
            return false;
        }
        if (allowance.isUsedUp() || !take(channel, entry)) {
            next = through;
            return false;
        }
        through = channel;
        return true;
    }

    /** Whether the channel is accounted for: its message fitted, or is not wanted. */
    private boolean take(String channel, HistoryEntry entry) {
        allowance.scanned();
        RealtimeMessage message = read.filter().matches(new ChannelName(channel)) ? entry.owedAt(now) : null;
        if (message == null) {
            return true;
        }
        int size = Sizes.of(message);
        if (!allowance.fits(size)) {
            return false;
        }
        messages.add(message);
        allowance.take(size);
        return true;
    }
}
