package io.socle.realtime.e2e.history;

import io.socle.realtime.contracts.message.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A history as a correct suite would give it, by seed: several channels and publishers with retries, subscribers that go
 * and come back, and a channel with a short history.
 */
final class SimulatedHistory {
    static final int KEPT = 30;
    /** The name of the one durable subscription. */
    static final String DURABLE = "durable";

    static final Rules RULES = new Rules(KEPT, 1_000_000, true, Duration.ofSeconds(30), Duration.ofSeconds(4));

    private static final int STEPS = 1_500;
    private static final List<String> CHANNELS = List.of("a", "b", "c");

    private final Random random;
    private final List<History.Entry> entries = new ArrayList<>();
    private final Map<String, List<Logged>> log = new HashMap<>();
    private final DurableReader durable = new DurableReader();
    private final List<Reader> readers = new ArrayList<>();
    private long nanos;
    private int ids;

    private record Logged(String id, long payload) {}

    private SimulatedHistory(long seed) {
        this.random = new Random(seed);
    }

    static List<History.Entry> of(long seed) {
        var history = new SimulatedHistory(seed);
        history.run();
        return history.entries;
    }

    private void add(String client, Event event) {
        nanos += random.nextLong(20_000_000);
        entries.add(new History.Entry(nanos, client, event));
    }

    private void run() {
        readers.add(new Reader("one channel", List.of("a")));
        readers.add(new Reader("all channels", CHANNELS));
        readers.add(new Reader("two channels", List.of("b", "c")));
        for (int i = 0; i < STEPS; i++) {
            int turn = random.nextInt(16);
            if (turn < 4) {
                publish();
            } else if (turn < 6) {
                durable.step();
            } else {
                readers.get(random.nextInt(readers.size())).step();
            }
        }
        add("runner", new Event.Healed());
        publish();
        readers.forEach(Reader::settle);
        durable.settle();
    }

    /** Each message is decided in the end; some attempts are refused, some get no answer, some of those are logged. */
    private void publish() {
        String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        String id = "id" + ids++;
        long payload = random.nextLong();
        long offset = 0;
        while (true) {
            add("publisher", new Event.Send(channel, id, payload));
            int fate = random.nextInt(10);
            if (fate == 0) {
                add("publisher", new Event.Refused(channel, id, "unavailable"));
            } else {
                boolean repeat = offset > 0;
                if (!repeat && fate != 1) {
                    logged(channel).add(new Logged(id, payload));
                    offset = logged(channel).size();
                }
                // A delivery may come before its acknowledgement.
                readers.get(random.nextInt(readers.size())).step();
                if (fate > 2) {
                    add("publisher", new Event.Ack(channel, id, at(channel, offset), repeat));
                    return;
                }
                add("publisher", new Event.Unknown(channel, id, "timeout"));
            }
        }
    }

    private List<Logged> logged(String channel) {
        return log.computeIfAbsent(channel, name -> new ArrayList<>());
    }

    private static Position at(String channel, long offset) {
        return new Position(channel.hashCode(), offset);
    }

    private final class Reader {
        private final String name;
        private final List<String> channels;
        private final Map<String, Map<String, Long>> cursors = new HashMap<>();
        private Map<String, Long> places = new HashMap<>();
        private String cursor = "";
        private boolean connected;
        private boolean owesCaughtUp;

        Reader(String name, List<String> channels) {
            this.name = name;
            this.channels = channels;
            channels.forEach(channel -> places.put(channel, 0L));
            add(name, new Event.Subscribe(name, Set.copyOf(channels)));
            connected = true;
            add(name, new Event.Subscribed(name, moved()));
        }

        /** A cursor for where it is now: a position for one channel, else opaque. */
        private String moved() {
            cursor = channels.size() == 1
                    ? at(channels.getFirst(), places.getOrDefault(channels.getFirst(), 0L))
                            .toString()
                    : name + " #" + entries.size();
            cursors.put(cursor, Map.copyOf(places));
            return cursor;
        }

        void step() {
            if (!connected) {
                resume();
            } else if (random.nextInt(40) == 0) {
                connected = false;
                add(name, new Event.Disconnect(name));
            } else {
                next();
            }
        }

        /** From the last cursor, or from an earlier one, as a client does that had not stored the last. */
        private void resume() {
            if (random.nextInt(3) == 0) {
                List<String> known = cursors.keySet().stream().sorted().toList();
                cursor = known.get(random.nextInt(known.size()));
                places = new HashMap<>(cursors.getOrDefault(cursor, Map.of()));
            }
            add(name, new Event.Resume(name, cursor));
            add(name, new Event.Subscribed(name, cursor));
            connected = true;
            owesCaughtUp = true;
        }

        private void next() {
            List<String> behind = channels.stream().filter(this::isBehind).toList();
            if (!behind.isEmpty()) {
                deliver(behind.get(random.nextInt(behind.size())));
            } else if (owesCaughtUp) {
                owesCaughtUp = false;
                add(name, new Event.CaughtUp(name, moved()));
            }
        }

        private boolean isBehind(String channel) {
            return places.getOrDefault(channel, 0L) < logged(channel).size();
        }

        private void deliver(String channel) {
            long place = places.getOrDefault(channel, 0L);
            long firstKept = logged(channel).size() - KEPT + 1L;
            if (place + 1 < firstKept) {
                places.put(channel, firstKept - 1);
                Position to = at(channel, firstKept - 1);
                add(name, new Event.Lost(name, channel, at(channel, place + 1), to, moved()));
            } else {
                places.put(channel, place + 1);
                Logged logged = logged(channel).get((int) place);
                add(
                        name,
                        new Event.Deliver(
                                name, channel, at(channel, place + 1), logged.id(), logged.payload(), moved()));
            }
        }

        void settle() {
            if (!connected) {
                resume();
            }
            while (owesCaughtUp || channels.stream().anyMatch(this::isBehind)) {
                next();
            }
        }
    }

    /** Keeps its place at the server, which learns of an acknowledgement after a while, or not before the link ends. */
    private final class DurableReader {
        private static final String CHANNEL = "c";
        /** More than the rules allow until acknowledgements are handed on. */
        private static final long LONG = 5_000_000_000L;

        private boolean connected;
        private boolean owesCaughtUp;
        private long place;
        private long acked;
        private long known;

        void step() {
            if (!connected) {
                attach();
            } else if (random.nextInt(40) == 0) {
                connected = false;
                add(DURABLE, new Event.Disconnect(DURABLE));
            } else if (random.nextInt(3) == 0 && place > acked) {
                acked = place;
                add(DURABLE, new Event.Acknowledge(DURABLE, at(CHANNEL, acked)));
            } else if (random.nextInt(10) == 0) {
                known = acked;
            } else {
                next();
            }
        }

        private void attach() {
            connected = true;
            owesCaughtUp = true;
            add(DURABLE, new Event.Attach(DURABLE, CHANNEL));
            add(DURABLE, new Event.Attached(DURABLE, at(CHANNEL, known)));
            place = known;
        }

        private void next() {
            if (place < logged(CHANNEL).size()) {
                place = deliver();
            } else if (owesCaughtUp) {
                owesCaughtUp = false;
                add(DURABLE, new Event.CaughtUp(DURABLE, at(CHANNEL, place).toString()));
            }
        }

        /** Delivers the next message, or tells what history no longer has; answers the place after it. */
        private long deliver() {
            long firstKept = logged(CHANNEL).size() - KEPT + 1L;
            if (place + 1 < firstKept) {
                Position to = at(CHANNEL, firstKept - 1);
                add(DURABLE, new Event.Lost(DURABLE, CHANNEL, at(CHANNEL, place + 1), to, ""));
                return to.offset();
            }
            Logged next = logged(CHANNEL).get((int) place);
            add(DURABLE, new Event.Deliver(DURABLE, CHANNEL, at(CHANNEL, place + 1), next.id(), next.payload(), ""));
            return place + 1;
        }

        /** Gets and acknowledges everything, and attaches once more when all of that is known. */
        void settle() {
            if (!connected) {
                attach();
            }
            drain();
            add(DURABLE, new Event.Acknowledge(DURABLE, at(CHANNEL, place)));
            known = place;
            add(DURABLE, new Event.Disconnect(DURABLE));
            nanos += LONG;
            attach();
            drain();
        }

        private void drain() {
            while (place < logged(CHANNEL).size() || owesCaughtUp) {
                next();
            }
        }
    }
}
