package io.socle.realtime.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a bridge has sent itself is recognised when it comes back; what somebody else sent never is (clause MQT-123). */
class EchoesTest {
    private final Echoes echoes = new Echoes();

    private static byte[] data(int n) {
        return new byte[] {(byte) n, (byte) (n >> 8)};
    }

    @Test
    void each_message_that_was_sent_is_an_echo_once_MQT_123() {
        echoes.sent(1, "a", data(1));
        assertThat(echoes.isEcho("a", data(2), 0)).isFalse();
        assertThat(echoes.isEcho("b", data(1), 0)).isFalse();
        assertThat(echoes.isEcho("a", data(1), 0)).isTrue();
        assertThat(echoes.isEcho("a", data(1), 0)).isFalse();
    }

    @Test
    void an_echo_may_come_before_or_after_the_acknowledgement_but_not_for_ever_MQT_123() {
        echoes.sent(1, "a", data(1));
        echoes.acknowledged(1, 1_000);
        echoes.sent(2, "a", data(2));
        echoes.acknowledged(2, 1_001);
        assertThat(echoes.isEcho("a", data(2), 1_000 + Echoes.PATIENCE_MS)).isTrue();
        assertThat(echoes.isEcho("a", data(1), 1_000 + Echoes.PATIENCE_MS)).isFalse();
        echoes.sent(3, "a", data(3));
        assertThat(echoes.isEcho("a", data(3), 1_000_000)).isTrue();
    }

    @Test
    void what_was_not_acknowledged_is_expected_anew_with_its_repeat_MQT_123() {
        echoes.sent(1, "a", data(1));
        echoes.acknowledged(1, 0);
        echoes.sent(2, "a", data(2));
        echoes.connectionLost();
        assertThat(echoes.size()).isEqualTo(1);
        echoes.connected(Echoes.PATIENCE_MS);
        assertThat(echoes.isEcho("a", data(1), 2 * Echoes.PATIENCE_MS - 1)).isTrue();
        echoes.sent(2, "a", data(2));
        assertThat(echoes.isEcho("a", data(2), 0)).isTrue();
    }

    @Test
    void what_matched_before_the_acknowledgement_is_not_expected_again_for_it_may_have_been_anothers_MQT_123() {
        echoes.sent(1, "a", data(1));
        assertThat(echoes.isEcho("a", data(1), 0)).isTrue();
        echoes.connectionLost();
        echoes.sent(1, "a", data(1));
        assertThat(echoes.isEcho("a", data(1), 0)).isFalse();
        echoes.acknowledged(1, 0);
        assertThat(echoes.size()).isZero();
    }

    @Test
    void nothing_is_expected_of_a_broker_that_has_forgotten_the_session_MQT_123() {
        echoes.sent(1, "a", data(1));
        echoes.acknowledged(1, 0);
        echoes.sessionLost();
        assertThat(echoes.isEcho("a", data(1), 1)).isFalse();
    }

    @Test
    void so_many_are_expected_and_no_more_MQT_123() {
        for (int n = 0; n <= Echoes.MOST; n++) {
            echoes.sent(n, "a", data(n));
        }
        assertThat(echoes.size()).isEqualTo(Echoes.MOST);
        assertThat(echoes.isEcho("a", data(0), 0)).isFalse();
        assertThat(echoes.isEcho("a", data(1), 0)).isTrue();
        assertThat(echoes.isEcho("a", data(Echoes.MOST), 0)).isTrue();
    }

    /** A broker that gives each message to all, the sender too, and may lose its connection with what is on its way to it. */
    private static final class Broker {
        final ArrayDeque<Integer> toBroker = new ArrayDeque<>();
        final ArrayDeque<Integer> toBridge = new ArrayDeque<>();
        final ArrayDeque<Long> acknowledgements = new ArrayDeque<>();
    }

    @Test
    void through_losses_of_the_connection_no_message_of_others_is_taken_for_an_echo_MQT_123() {
        for (long seed = 0; seed < 500; seed++) {
            run(seed);
        }
    }

    /** All messages look like one of three, so that only counting tells them apart. */
    private static void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Echoes echoes = new Echoes();
        Broker broker = new Broker();
        List<long[]> sent = new ArrayList<>();
        int[] foreign = new int[3];
        int[] passed = new int[3];
        int[] repeats = new int[3];
        long ticket = 0;
        for (int step = 0; step < 300; step++) {
            int content = random.nextInt(3);
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    ticket++;
                    echoes.sent(ticket, "t", data(content));
                    sent.add(new long[] {ticket, content});
                    broker.toBroker.add(content);
                }
                case 2 -> arrive(broker, sent);
                case 3 -> {
                    foreign[content]++;
                    broker.toBridge.add(content);
                }
                case 4 -> {
                    if (!broker.acknowledgements.isEmpty()) {
                        long acknowledged = broker.acknowledgements.remove();
                        echoes.acknowledged(acknowledged, step);
                        sent.removeIf(one -> one[0] == acknowledged);
                    }
                }
                case 5 -> deliver(broker, echoes, passed, step);
                default -> {
                    if (random.nextInt(10) == 0) {
                        broker.toBroker.clear();
                        broker.acknowledgements.clear();
                        echoes.connectionLost();
                        echoes.connected(step);
                        for (long[] again : sent) {
                            repeats[(int) again[1]]++;
                            echoes.sent(again[0], "t", data((int) again[1]));
                            broker.toBroker.add((int) again[1]);
                        }
                    }
                }
            }
        }
        while (!broker.toBroker.isEmpty()) {
            arrive(broker, sent);
        }
        while (!broker.toBridge.isEmpty()) {
            deliver(broker, echoes, passed, 300);
        }
        for (int content = 0; content < 3; content++) {
            assertThat(passed[content])
                    .as("seed %d, content %d", seed, content)
                    .isBetween(foreign[content], foreign[content] + repeats[content]);
        }
    }

    private static void arrive(Broker broker, List<long[]> sent) {
        if (!broker.toBroker.isEmpty()) {
            int place = sent.size() - broker.toBroker.size();
            broker.toBridge.add(broker.toBroker.remove());
            broker.acknowledgements.add(sent.get(place)[0]);
        }
    }

    private static void deliver(Broker broker, Echoes echoes, int[] passed, long now) {
        if (!broker.toBridge.isEmpty()) {
            int content = broker.toBridge.remove();
            if (!echoes.isEcho("t", data(content), now)) {
                passed[content]++;
            }
        }
    }
}
