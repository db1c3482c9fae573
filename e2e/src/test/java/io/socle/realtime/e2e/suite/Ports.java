package io.socle.realtime.e2e.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Finds a port offset at which every port of a suite is free, below the system's range of ephemeral ports. */
final class Ports {
    /** Of a suite with up to two instances of each service. */
    private static final int[] DEFAULTS = {
        1883, 1884, 1893, 1894, 8080, 8081, 8082, 8083, 8090, 8091, 8092, 8093, 9080, 9081, 9082, 9083, 9090, 9091,
        9092, 9093, 9096, 9097
    };

    private static final int LOWEST = 3_000;
    private static final int HIGHEST = 22_000;
    private static final int ATTEMPTS = 100;

    private Ports() {}

    static int freeOffset() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int offset = RandomGenerator.getDefault().nextInt(LOWEST, HIGHEST);
            if (allFree(offset)) {
                return offset;
            }
        }
        throw new AssertionError("no free port offset after " + ATTEMPTS + " attempts");
    }

    private static boolean allFree(int offset) {
        for (int port : DEFAULTS) {
            try (var socket = new ServerSocket(port + offset, 1, InetAddress.getLoopbackAddress())) {
                socket.setReuseAddress(true);
            } catch (IOException e) {
                // Taken: the next offset is tried.
                return false;
            }
        }
        return true;
    }
}
