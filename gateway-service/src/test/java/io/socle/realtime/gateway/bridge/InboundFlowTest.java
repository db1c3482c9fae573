package io.socle.realtime.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What comes in is acknowledged when it is published, in order, within bounds (clauses MQT-120, MQT-128, MQT-129). */
class InboundFlowTest {
    private final List<InboundFlow.Arrival> publishes = new ArrayList<>();
    private final List<Integer> acknowledged = new ArrayList<>();
    private int fulls;
    private int ids;
    private final InboundFlow flow = new InboundFlow(2, () -> "id" + ids++, new InboundFlow.Doors() {
        @Override
        public void publish(InboundFlow.Arrival arrival) {
            publishes.add(arrival);
        }

        @Override
        public void full() {
            fulls++;
        }
    });

    private boolean receive(String channel, int packetId, int qos, byte[] data) {
        return flow.received(new InboundFlow.Received(
                new ChannelName(channel), Payload.of(data), false, qos, packetId, () -> acknowledged.add(packetId)));
    }

    private boolean receive(String channel, int packetId) {
        return receive(channel, packetId, 1, new byte[] {(byte) packetId});
    }

    @Test
    void a_message_is_acknowledged_when_it_is_published_and_not_before_MQT_120() {
        receive("a", 1);
        assertThat(acknowledged).isEmpty();
        flow.published(publishes.getFirst());
        assertThat(acknowledged).containsExactly(1);
        assertThat(flow.unacknowledged()).isZero();
    }

    @Test
    void a_channel_has_one_under_way_and_all_together_so_many_MQT_128_MQT_129() {
        receive("a", 1);
        receive("a", 2);
        receive("b", 3);
        receive("c", 4);
        assertThat(publishes).extracting(one -> one.received().packetId()).containsExactly(1, 3);
        flow.published(publishes.get(1));
        assertThat(publishes).extracting(one -> one.received().packetId()).containsExactly(1, 3, 4);
        flow.published(publishes.getFirst());
        assertThat(publishes).extracting(one -> one.received().packetId()).containsExactly(1, 3, 4, 2);
    }

    @Test
    void what_comes_again_over_the_next_connection_is_not_published_again_MQT_120() {
        receive("a", 1);
        flow.connectionLost();
        receive("a", 1);
        assertThat(publishes).hasSize(1);
        flow.published(publishes.getFirst());
        assertThat(acknowledged).containsExactly(1);
        receive("a", 1);
        assertThat(publishes).hasSize(2);
        flow.connectionLost();
        flow.published(publishes.get(1));
        assertThat(acknowledged).containsExactly(1);
        receive("a", 1);
        assertThat(publishes).hasSize(2);
        assertThat(acknowledged).containsExactly(1, 1);
    }

    @Test
    void another_message_under_the_same_identifier_is_another_message_MQT_120() {
        receive("a", 1);
        flow.connectionLost();
        receive("a", 1, 1, new byte[] {9});
        receive("b", 2);
        flow.connectionLost();
        flow.sessionLost();
        receive("b", 2);
        assertThat(flow.size()).isEqualTo(4);
    }

    @Test
    void so_many_wait_and_no_more_and_the_other_broker_keeps_the_rest_MQT_129() {
        for (int n = 1; n <= InboundFlow.MESSAGES; n++) {
            assertThat(receive("a", n)).isTrue();
        }
        assertThat(receive("a", 0, 0, new byte[1])).isFalse();
        assertThat(fulls).isZero();
        assertThat(receive("a", InboundFlow.MESSAGES + 1)).isFalse();
        assertThat(receive("a", InboundFlow.MESSAGES + 2)).isFalse();
        assertThat(fulls).isEqualTo(1);
        assertThat(flow.takesAgain()).isFalse();
        flow.connectionLost();
        for (int n = 0; n < InboundFlow.MESSAGES / 2; n++) {
            flow.published(publishes.get(n));
        }
        assertThat(flow.takesAgain()).isTrue();
        assertThat(receive("a", InboundFlow.MESSAGES + 1)).isTrue();
    }

    @Test
    void so_many_bytes_wait_and_no_more_MQT_129() {
        byte[] half = new byte[(int) (InboundFlow.BYTES / 2)];
        assertThat(receive("a", 1, 1, half)).isTrue();
        assertThat(receive("a", 2, 1, half)).isTrue();
        assertThat(receive("a", 3, 1, new byte[1])).isFalse();
        assertThat(fulls).isEqualTo(1);
    }

    /** A broker that keeps a session: what it has sent and was not acknowledged comes again, under its identifier. */
    private static final class World {
        final SplittableRandom random;
        final Map<String, Integer> heads = new HashMap<>();
        final ArrayDeque<String> queue = new ArrayDeque<>();
        /** By identifier, in the order of sending. */
        final Map<Integer, String> sent = new LinkedHashMap<>();

        final List<String> log = new ArrayList<>();
        final Map<String, String> byId = new HashMap<>();
        final List<InboundFlow.Arrival> underWay = new ArrayList<>();
        final InboundFlow flow;
        int ids;
        int lostAcknowledgements;
        int connection;

        World(long seed) {
            random = new SplittableRandom(seed);
            flow = new InboundFlow(3, () -> "id" + ids++, new InboundFlow.Doors() {
                @Override
                public void publish(InboundFlow.Arrival arrival) {
                    underWay.add(arrival);
                }

                @Override
                public void full() {
                    throw new AssertionError("never so many");
                }
            });
        }

        int freeId() {
            int id = 1;
            while (sent.containsKey(id)) {
                id++;
            }
            return id;
        }

        void deliver(int id, String text) {
            int over = connection;
            flow.received(new InboundFlow.Received(
                    new ChannelName(text.substring(0, 1)), Payload.utf8(text), false, 1, id, () -> {
                        if (over != connection || random.nextInt(20) == 0) {
                            lostAcknowledgements++;
                        } else {
                            sent.remove(id);
                        }
                        return true;
                    }));
        }

        void send() {
            if (sent.size() < 6 && !queue.isEmpty()) {
                int id = freeId();
                String text = queue.remove();
                sent.put(id, text);
                deliver(id, text);
            }
        }

        /** The log has it, at the first of all tries under its id, in whatever way the try ends. */
        void decide(boolean answered) {
            if (underWay.isEmpty()) {
                return;
            }
            InboundFlow.Arrival arrival = underWay.get(random.nextInt(underWay.size()));
            String text = arrival.received().data().utf8();
            if (byId.putIfAbsent(arrival.id(), text) == null) {
                log.add(text);
            }
            if (answered) {
                underWay.remove(arrival);
                flow.published(arrival);
            }
        }

        void lose() {
            connection++;
            flow.connectionLost();
            new LinkedHashMap<>(sent).forEach(this::deliver);
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    String channel = random.nextInt(2) == 0 ? "a" : "b";
                    queue.add(channel + heads.merge(channel, 1, Integer::sum));
                }
                case 2, 3 -> send();
                case 4, 5, 6 -> decide(random.nextInt(4) > 0);
                default -> {
                    if (random.nextInt(6) == 0) {
                        lose();
                    }
                }
            }
        }

        void settle() {
            for (int rounds = 0; !queue.isEmpty() || !sent.isEmpty() || !underWay.isEmpty(); rounds++) {
                assertThat(rounds).isLessThan(100_000);
                send();
                decide(true);
                if (underWay.isEmpty() && !sent.isEmpty()) {
                    lose();
                }
            }
        }
    }

    @Test
    void
            through_losses_and_unanswered_tries_all_comes_in_order_and_twice_only_where_an_acknowledgement_was_lost_MQT_120_MQT_128() {
        for (long seed = 0; seed < 500; seed++) {
            World world = new World(seed);
            for (int step = 0; step < 400; step++) {
                world.step();
            }
            world.settle();
            for (String channel : List.of("a", "b")) {
                List<String> expected = new ArrayList<>();
                for (int n = 1; n <= world.heads.getOrDefault(channel, 0); n++) {
                    expected.add(channel + n);
                }
                assertThat(new LinkedHashSet<>(world.log).stream().filter(text -> text.startsWith(channel)))
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(expected);
            }
            assertThat(world.log.size() - new LinkedHashSet<>(world.log).size())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(world.lostAcknowledgements);
        }
    }
}
