package io.socle.realtime.bench;

import java.util.Locale;

/** Memory per idle connection: {@code IdleConnections PEER PORT PID COUNT}; prints one table row. */
public final class IdleConnections {
    private IdleConnections() {}

    public static void main(String[] arguments) throws Exception {
        Peer peer = Peer.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        long pid = Long.parseLong(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        try (Room warmUp = new Room(peer)) {
            warmUp.join(port, Math.min(count, 500));
        }
        try (Room room = new Room(peer)) {
            long before = ProcessCpu.residentKib(pid);
            room.join(port, count);
            long after = ProcessCpu.residentKib(pid);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %.1f |%n",
                    peer.name().toLowerCase(Locale.ROOT),
                    count,
                    before / 1024,
                    after / 1024,
                    (double) (after - before) / count);
        }
    }
}
