package io.socle.realtime.gateway.transport.mqtt.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.gateway.transport.mqtt.flow.SimulatedGateway.World;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A session whose gateway crashes at any point, or hands it over, and goes on at another: QoS 1 at least once, QoS 2 exactly
 * once, both ways and in order (clause MQT-84).
 */
class SessionCrashModelTest {
    private static final int SEEDS = 1_500;
    private static final int STEPS = 500;

    @Test
    void no_message_is_lost_and_none_of_qos_2_comes_twice_wherever_gateways_crash() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new Run(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static final class Run {
        private final SplittableRandom random;
        private final World world = new World();
        private final SimulatedClient client = new SimulatedClient();
        private SimulatedGateway gateway;

        Run(long seed) {
            random = new SplittableRandom(seed);
            gateway = new SimulatedGateway(world, 1 + random.nextInt(5));
            // What the first subscription begins with is saved before its SUBACK.
            gateway.beginSave();
            gateway.saved(true);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step(random.nextInt(20));
            }
            for (int quiet = 0; !(gateway.isIdle() && client.isIdle()); quiet++) {
                assertThat(quiet).as("steps until all is done").isLessThan(20_000);
                step(3 + random.nextInt(15));
            }
            check();
        }

        private void step(int what) {
            switch (what) {
                case 0 -> crash();
                case 1 -> world.log.add(1 + random.nextInt(2));
                case 2 -> client.publish(gateway, 1 + random.nextInt(2));
                case 3, 4, 5 -> gateway.deliver();
                case 6, 7, 8 -> gateway.receive();
                case 9, 10, 11 -> client.receive(gateway);
                case 12, 13 -> gateway.decide();
                case 14, 15 -> gateway.beginSave();
                case 16, 17 -> gateway.saved(true);
                case 18 -> world.log.add(2);
                default -> client.publish(gateway, 2);
            }
        }

        /** What is on the wire is lost with it. */
        private void crash() {
            switch (random.nextInt(4)) {
                case 0 -> gateway.handOver();
                case 1 -> gateway.saved(false);
                case 2 -> {}
                default -> {
                    return;
                }
            }
            gateway = new SimulatedGateway(world, 1 + random.nextInt(5));
            client.resume(gateway);
        }

        private void check() {
            List<String> twos = client.received.stream()
                    .filter(text -> text.startsWith("2:"))
                    .toList();
            assertThat(twos).isEqualTo(owed(2));
            assertThat(client.received.stream()
                            .filter(text -> text.startsWith("1:"))
                            .distinct())
                    .isEqualTo(owed(1));
            List<String> published = world.published.stream()
                    .filter(text -> text.startsWith("q2"))
                    .toList();
            assertThat(published).doesNotHaveDuplicates();
            assertThat(world.published).containsAll(client.done);
            assertThat(client.done).containsAll(world.published);
        }

        private List<String> owed(int qos) {
            List<String> owed = new ArrayList<>();
            for (int offset = 1; offset <= world.log.size(); offset++) {
                if (world.log.get(offset - 1) == qos) {
                    owed.add(qos + ":" + offset);
                }
            }
            return owed;
        }
    }
}
