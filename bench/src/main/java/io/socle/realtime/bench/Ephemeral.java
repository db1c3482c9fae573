package io.socle.realtime.bench;

import java.util.Locale;

/**
 * The same load on a channel that is kept and on an ephemeral one, alternately in one run, from a publisher at one gateway to
 * subscribers at another: {@code Ephemeral PUBLISHER_PORT SUBSCRIBER_PORT PIDS SUBSCRIBERS PER_SECOND SECONDS ROUNDS};
 * prints table rows. The processes' ids are joined by commas; the namespace {@code fleeting} has to be ephemeral.
 */
public final class Ephemeral {
    private static final int BYTES = 200;
    private static final int WARM_UP_SECONDS = 10;

    private final String[] pids;
    private final int publisherPort;
    private final int subscriberPort;
    private final int subscribers;
    private final int perSecond;
    private final int seconds;

    private Ephemeral(String[] arguments) {
        publisherPort = Integer.parseInt(arguments[0]);
        subscriberPort = Integer.parseInt(arguments[1]);
        pids = arguments[2].split(",");
        subscribers = Integer.parseInt(arguments[3]);
        perSecond = Integer.parseInt(arguments[4]);
        seconds = Integer.parseInt(arguments[5]);
    }

    public static void main(String[] arguments) throws Exception {
        Ephemeral load = new Ephemeral(arguments);
        try (Room kept = new Room(Peer.REALTIME, "bench/room");
                Room ephemeral = new Room(Peer.REALTIME, "fleeting/room")) {
            load.begin(kept);
            load.begin(ephemeral);
            for (int round = 0; round < Integer.parseInt(arguments[6]); round++) {
                load.row("kept", kept);
                load.row("ephemeral", ephemeral);
            }
        }
    }

    /** The publisher's own connection is a member too, so one delivery of each message stays at its gateway. */
    private void begin(Room room) throws Exception {
        room.join(publisherPort, 1);
        room.join(subscriberPort, subscribers);
        room.publish(perSecond, WARM_UP_SECONDS, BYTES);
        room.await((long) perSecond * WARM_UP_SECONDS);
    }

    private void row(String kind, Room room) throws Exception {
        room.forget();
        long before = cpu();
        room.publish(perSecond, seconds, BYTES);
        boolean all = room.await((long) perSecond * seconds);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.0f | %.2f | %.2f | %.2f |%s%n",
                kind,
                subscribers,
                perSecond,
                room.deliveries(),
                (double) (cpu() - before) / ((long) perSecond * seconds),
                room.latency().getValueAtPercentile(50) / 1e6,
                room.latency().getValueAtPercentile(90) / 1e6,
                room.latency().getValueAtPercentile(99) / 1e6,
                all ? "" : " NOT ALL DELIVERED");
    }

    private long cpu() throws Exception {
        long micros = 0;
        for (String pid : pids) {
            micros += ProcessCpu.micros(Long.parseLong(pid));
        }
        return micros;
    }
}
