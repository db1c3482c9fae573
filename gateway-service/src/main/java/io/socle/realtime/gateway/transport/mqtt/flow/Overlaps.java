package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends one copy where several subscriptions of a client select a message (MQTT 5 section 3.3.4): the first that brings it.
 * Each subscription brings a channel's messages in their order and leaves none out, so what it has brought is one range.
 * Where too many channels overlap the range used longest ago is forgotten, and then a second copy may be sent, which
 * the standard allows too. Not for use by several threads.
 */
public final class Overlaps {
    private final Map<Key, Range> brought;

    private record Key(String filter, ChannelName channel) {}

    private record Range(long epoch, long first, long last) {
        boolean has(Position position) {
            return position.epoch() == epoch && position.offset() >= first && position.offset() <= last;
        }
    }

    /**
     * Makes it.
     *
     * @param most ranges remembered, 1 or more
     */
    public Overlaps(int most) {
        this.brought = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Range> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * A subscription brings a message; returns whether it is the first to do so.
     *
     * @param filter of the subscription
     * @param matching all subscriptions that select the message, this one among them
     */
    public boolean isFirst(String filter, ChannelName channel, Position position, List<Subscriptions.Entry> matching) {
        if (matching.size() < 2) {
            return true;
        }
        boolean first = matching.stream()
                .map(entry -> entry.filter().value())
                .filter(other -> !other.equals(filter))
                .noneMatch(other -> hasBrought(other, channel, position));
        brought.merge(
                new Key(filter, channel),
                new Range(position.epoch(), position.offset(), position.offset()),
                (before, now) -> before.epoch() == now.epoch()
                        ? new Range(now.epoch(), before.first(), Math.max(before.last(), now.last()))
                        : now);
        return first;
    }

    private boolean hasBrought(String filter, ChannelName channel, Position position) {
        Range range = brought.get(new Key(filter, channel));
        return range != null && range.has(position);
    }

    /** A subscription is over: one to the same filter begins anew. */
    public void forget(String filter) {
        brought.keySet().removeIf(key -> key.filter().equals(filter));
    }
}
