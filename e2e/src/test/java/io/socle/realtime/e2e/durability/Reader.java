package io.socle.realtime.e2e.durability;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What one subscriber got, by channel; it notes whatever breaks a promise. */
final class Reader implements Consumer<ServerFrame> {
    private final String name;
    private final List<String> channels;
    private final Map<String, List<Ledger.Entry>> got = new ConcurrentHashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger repeats = new AtomicInteger();

    Reader(String name, List<String> channels) {
        this.name = name;
        this.channels = channels;
    }

    List<String> channels() {
        return channels;
    }

    int received() {
        return received.get();
    }

    int repeats() {
        return repeats.get();
    }

    /** How many subscriptions stand. */
    int begun() {
        return begun.get();
    }

    @Override
    public void accept(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Message(var subscription, var cursor, var message, var redelivered) -> {
                Position position = message.position();
                if (position == null) {
                    complain("a message without position");
                } else {
                    add(
                            message.channel().value(),
                            new Ledger.Entry(message.data().utf8(), position));
                }
            }
            case ServerFrame.Subscribed subscribed -> begun.incrementAndGet();
            // The owner's restart may make the gateway read a gap from the log; that is no loss.
            case ServerFrame.Connected connected -> {}
            case ServerFrame.Ping ping -> {}
            case ServerFrame.CaughtUp caughtUp -> {}
            case ServerFrame.Slow slow -> {}
            default -> complain("unexpected " + frame);
        }
    }

    private void add(String channel, Ledger.Entry entry) {
        List<Ledger.Entry> entries = got.computeIfAbsent(channel, key -> new ArrayList<>());
        Position last = entries.isEmpty() ? null : entries.getLast().position();
        if (last != null && entry.position().offset() <= last.offset()) {
            repeats.incrementAndGet();
            complain(entry.position() + " of " + channel + " after " + last);
        }
        entries.add(entry);
        received.incrementAndGet();
    }

    private synchronized void complain(String what) {
        complaints.add(name + ": " + what);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    List<Ledger.Entry> of(String channel) {
        return got.getOrDefault(channel, List.of());
    }
}
