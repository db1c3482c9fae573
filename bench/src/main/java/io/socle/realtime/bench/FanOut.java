package io.socle.realtime.bench;

import java.util.Locale;

/** CPU of a server per delivery: {@code FanOut PEER PORT PID SUBSCRIBERS PER_SECOND SECONDS}; prints one table row. */
public final class FanOut {
    private static final int BYTES = 200;
    private static final int WARM_UP_SECONDS = 5;

    private FanOut() {}

    public static void main(String[] arguments) throws Exception {
        Peer peer = Peer.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        long pid = Long.parseLong(arguments[2]);
        int subscribers = Integer.parseInt(arguments[3]);
        int perSecond = Integer.parseInt(arguments[4]);
        int seconds = Integer.parseInt(arguments[5]);
        try (Room room = new Room(peer)) {
            room.join(port, subscribers);
            room.publish(perSecond, WARM_UP_SECONDS, BYTES);
            room.await((long) perSecond * WARM_UP_SECONDS);
            room.forget();
            long before = ProcessCpu.micros(pid);
            room.publish(perSecond, seconds, BYTES);
            boolean all = room.await((long) perSecond * seconds);
            double perDelivery = (double) (ProcessCpu.micros(pid) - before) / room.deliveries();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %.1f | %.1f | %.1f |%s%s%n",
                    peer.name().toLowerCase(Locale.ROOT),
                    subscribers,
                    perSecond,
                    room.deliveries(),
                    perDelivery,
                    room.latency().getValueAtPercentile(50) / 1e6,
                    room.latency().getValueAtPercentile(99) / 1e6,
                    room.refusals() == 0 ? "" : " " + room.refusals() + " refused",
                    all ? "" : " NOT ALL DELIVERED");
        }
    }
}
