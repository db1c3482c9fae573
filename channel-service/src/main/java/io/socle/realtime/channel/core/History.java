package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Policies.Policy;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes and trims the history of channels. Each method answers the channel's new state and leaves storing it. */
final class History {
    private final Tables tables;

    History(Tables tables) {
        this.tables = tables;
    }

    /** Appends a message that has its position; it is kept unless the policy or the message forbids. */
    ChannelState append(ChannelState channel, RealtimeMessage message, Moment moment, Policy policy) {
        String name = message.channel().value();
        String records = channel.records(name);
        boolean kept = mayKeep(message);
        int bytes = kept ? Sizes.of(message) : Sizes.STUB;
        ChannelState appended = Retention.appended(channel, bytes, moment.time(), policy);
        ChannelState trimmed = Retention.trimmed(appended, moment.time(), policy);
        HistoryEntry entry = new HistoryEntry(moment.time(), moment.logPosition(), kept ? message : null);
        trimmed = collapse(records, trimmed, message, !trimmed.isHistoryEmpty() && kept);
        trimmed = deleteTrimmed(records, channel.first(), appended.head() - 1, trimmed);
        if (!trimmed.isHistoryEmpty()) {
            tables.history().put(new Keys.Place(records, appended.head()), entry);
            // A channel whose history was not empty has a timer already.
            trimmed = channel.isHistoryEmpty() ? timed(name, trimmed, policy) : trimmed;
        }
        return retain(name, trimmed, message, entry);
    }

    private static boolean mayKeep(RealtimeMessage message) {
        return message.privacy().store() && message.offline().mode() != OfflinePolicy.Mode.DROP;
    }

    /** Sets the channel's one timer. */
    private ChannelState timed(String name, ChannelState channel, Policy policy) {
        long time = Retention.dueTime(channel, policy);
        tables.dues().delete(new Keys.Due(channel.timer(), name));
        tables.dues().put(new Keys.Due(time, name), Tables.Mark.SET);
        return channel.withTimer(time);
    }

    /** Replaces the older message of the same collapse key by a stub, so that it is skipped. */
    private ChannelState collapse(String records, ChannelState channel, RealtimeMessage message, boolean kept) {
        String key = collapseKey(message);
        if (key == null) {
            return channel;
        }
        Keys.Collapse at = new Keys.Collapse(records, key);
        Long older = tables.collapsed().get(at);
        if (older != null) {
            stub(new Keys.Place(records, older));
        }
        if (kept) {
            tables.collapsed().put(at, channel.head());
        } else if (older != null) {
            tables.collapsed().delete(at);
        }
        long change = (kept ? 1 : 0) - (older == null ? 0 : 1);
        return channel.withCollapseKeys(channel.collapseKeys() + change);
    }

    private static @Nullable String collapseKey(RealtimeMessage message) {
        OfflinePolicy offline = message.offline();
        return offline.mode() == OfflinePolicy.Mode.LATEST ? offline.collapseKey() : null;
    }

    private void stub(Keys.Place place) {
        HistoryEntry entry = tables.history().get(place);
        if (entry != null) {
            tables.history().put(place, entry.stub());
        }
    }

    /** The retained message has a record of its own: trimming and collapsing leave it alone. */
    private ChannelState retain(String name, ChannelState channel, RealtimeMessage message, HistoryEntry entry) {
        if (!message.retain() || !message.privacy().store()) {
            return channel;
        }
        if (message.data().isEmpty()) {
            tables.retained().delete(name);
            return channel.withRetained(null);
        }
        tables.retained().put(name, new HistoryEntry(entry.time(), entry.logPosition(), message));
        return channel.withRetained(channel.head());
    }

    /** Deletes what the state no longer accounts for, from {@code oldFirst} to before its first, at most {@code last}. */
    private ChannelState deleteTrimmed(String records, long oldFirst, long last, ChannelState channel) {
        ChannelState result = channel;
        for (long offset = oldFirst; offset <= Math.min(last, channel.first() - 1); offset++) {
            Keys.Place place = new Keys.Place(records, offset);
            if (result.collapseKeys() > 0) {
                result = forgetKey(place, tables.history().get(place), result);
            }
            tables.history().delete(place);
        }
        return result;
    }

    /** A message that is still there is the newest of its collapse key. */
    private ChannelState forgetKey(Keys.Place place, @Nullable HistoryEntry entry, ChannelState channel) {
        String key = entry == null || entry.message() == null ? null : collapseKey(entry.message());
        if (key == null) {
            return channel;
        }
        tables.collapsed().delete(new Keys.Collapse(place.channel(), key));
        return channel.withCollapseKeys(channel.collapseKeys() - 1);
    }

    /**
     * Takes a message away, from history and as the retained one. Its place stays, so that readers skip it, and so does its
     * id in the window of ids: its publisher may still try again.
     */
    ChannelState delete(String name, ChannelState channel, long offset) {
        ChannelState result = channel;
        if (Long.valueOf(offset).equals(channel.retained())) {
            tables.retained().delete(name);
            result = result.withRetained(null);
        }
        Keys.Place place = new Keys.Place(channel.records(name), offset);
        HistoryEntry entry = offset < channel.first() ? null : tables.history().get(place);
        if (entry == null || entry.message() == null) {
            return result;
        }
        result = forgetKey(place, entry, result);
        tables.history().put(place, entry.stub());
        return Retention.freed(result, offset, Sizes.of(entry.message()) - Sizes.STUB);
    }

    /** Trims what became too old by now, of at most {@link Bounds#CHANNELS_PER_TICK} channels. */
    void tick(long now, Function<String, Policy> policies) {
        List<Keys.Due> due = new ArrayList<>();
        tables.dues().all((key, mark) -> {
            boolean wanted = key.time() <= now && due.size() < Bounds.CHANNELS_PER_TICK;
            if (wanted) {
                due.add(key);
            }
            return wanted;
        });
        for (Keys.Due key : due) {
            tables.dues().delete(key);
            ChannelState channel = tables.channels().get(key.channel());
            if (channel != null && !channel.isHistoryEmpty()) {
                trimOne(key.channel(), channel, now, policies.apply(key.channel()));
            }
        }
    }

    private void trimOne(String name, ChannelState channel, long now, Policy policy) {
        ChannelState trimmed = Retention.trimmed(channel, now, policy);
        trimmed = deleteTrimmed(channel.records(name), channel.first(), channel.head(), trimmed);
        tables.channels().put(name, trimmed.isHistoryEmpty() ? trimmed : timed(name, trimmed, policy));
    }

    /** Makes the next ticks look at every channel: a policy may have become shorter. */
    void rearm(long now) {
        List<Keys.Due> all = new ArrayList<>();
        tables.dues().all((key, mark) -> all.add(key));
        for (Keys.Due key : all) {
            tables.dues().delete(key);
        }
        for (Keys.Due key : all) {
            tables.dues().put(new Keys.Due(now, key.channel()), Tables.Mark.SET);
        }
    }

    /** Whether a tick would trim something. */
    boolean isDue(long now) {
        boolean[] due = {false};
        tables.dues().all((key, mark) -> {
            due[0] = key.time() <= now;
            return false;
        });
        return due[0];
    }
}
