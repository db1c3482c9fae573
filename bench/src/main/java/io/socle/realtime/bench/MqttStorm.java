package io.socle.realtime.bench;

import java.time.Duration;
import java.util.Locale;

/** Clients that all connect at once: {@code MqttStorm PORT COUNT}; prints one table row, and ends with an error where one is not let in. */
public final class MqttStorm {
    private MqttStorm() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        try (var crowd = new MqttCrowd(Integer.parseInt(arguments[0]))) {
            Duration took = crowd.connect(count, count);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %d | %d |%n",
                    count,
                    took.toMillis() / 1e3,
                    crowd.connectMillis().getValueAtPercentile(50),
                    crowd.connectMillis().getValueAtPercentile(99));
        }
    }
}
