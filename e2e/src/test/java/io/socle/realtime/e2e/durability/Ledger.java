package io.socle.realtime.e2e.durability;

import io.socle.realtime.contracts.message.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What was acknowledged, when, and how often a publisher had to try again. Safe for use by several threads. */
final class Ledger {
    /** An acknowledged message: what it said and where it is. */
    record Entry(String data, Position position) {}

    private final Map<String, List<Entry>> byChannel = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();
    private final AtomicLong lastAck = new AtomicLong(System.nanoTime());
    private final AtomicLong longestPause = new AtomicLong();

    /** One publisher per channel calls this, in order. */
    void acknowledged(String channel, Entry entry, boolean repeat) {
        byChannel.computeIfAbsent(channel, name -> new ArrayList<>()).add(entry);
        long now = System.nanoTime();
        long pause = now - lastAck.getAndSet(now);
        longestPause.accumulateAndGet(pause, Math::max);
        if (repeat) {
            repeats.incrementAndGet();
        }
        acknowledged.incrementAndGet();
    }

    void retried() {
        retries.incrementAndGet();
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int retries() {
        return retries.get();
    }

    /** Retries whose first attempt had been logged after all. */
    int repeats() {
        return repeats.get();
    }

    List<Entry> of(String channel) {
        return byChannel.getOrDefault(channel, List.of());
    }

    /** The longest time between two acknowledgements since the last call. */
    Duration takeLongestPause() {
        return Duration.ofNanos(longestPause.getAndSet(0));
    }
}
