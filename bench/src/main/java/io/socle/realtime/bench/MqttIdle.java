package io.socle.realtime.bench;

import java.time.Duration;
import java.util.Locale;

/**
 * Memory per MQTT client that is connected and has one subscription: {@code MqttIdle PORT PID COUNT}; prints one table row.
 */
public final class MqttIdle {
    private static final int AT_ONCE = 200;
    private static final int WARM_UP = 500;

    private MqttIdle() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        long pid = Long.parseLong(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        try (var warmUp = new MqttCrowd(port)) {
            warmUp.connect(WARM_UP, AT_ONCE);
            warmUp.subscribeEach("warm");
        }
        try (var crowd = new MqttCrowd(port)) {
            long before = ProcessCpu.residentKib(pid);
            Duration took = crowd.connect(count, AT_ONCE);
            crowd.subscribeEach("idle");
            long after = ProcessCpu.residentKib(pid);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %d | %d | %.1f |%n",
                    count,
                    took.toMillis() / 1e3,
                    before / 1024,
                    after / 1024,
                    (double) (after - before) / count);
        }
    }
}
