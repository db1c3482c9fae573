package io.socle.realtime.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Publish to deliver through the suite beside two raw Kafka hops, alternately in one run: {@code Latency GATEWAY_PORT
 * KAFKA_PORT PER_SECOND SECONDS ROUNDS}; prints a table.
 */
public final class Latency {
    private static final int BYTES = 200;
    private static final int WARM_UP_SECONDS = 25;

    private Latency() {}

    public static void main(String[] arguments) throws Exception {
        int gateway = Integer.parseInt(arguments[0]);
        String kafka = "127.0.0.1:" + arguments[1];
        int perSecond = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        try (Room room = new Room(Peer.REALTIME);
                TwoHops hops = new TwoHops(kafka)) {
            room.join(gateway, 1);
            room.publish(perSecond, WARM_UP_SECONDS, BYTES);
            hops.publish(perSecond, WARM_UP_SECONDS, BYTES);
            room.await((long) perSecond * WARM_UP_SECONDS);
            System.out.println("| path | per second | messages | p50 ms | p90 ms | p99 ms |");
            System.out.println("|---|---|---|---|---|---|");
            for (int round = 0; round < rounds; round++) {
                room.forget();
                room.publish(perSecond, seconds, BYTES);
                room.await((long) perSecond * seconds);
                row("suite, WebSocket to WebSocket", perSecond, room.latency());
                hops.forget();
                hops.publish(perSecond, seconds, BYTES);
                hops.await((long) perSecond * seconds);
                row("raw Kafka, two hops", perSecond, hops.latency());
            }
        }
    }

    private static void row(String path, int perSecond, Histogram latency) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.2f | %.2f | %.2f |%n",
                path,
                perSecond,
                latency.getTotalCount(),
                latency.getValueAtPercentile(50) / 1e6,
                latency.getValueAtPercentile(90) / 1e6,
                latency.getValueAtPercentile(99) / 1e6);
    }
}
