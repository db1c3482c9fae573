package io.socle.realtime.gateway.transport.mqtt.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.gateway.transport.mqtt.packet.Packet.Acknowledgement;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketException;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of both flows against naive models; a failure prints its seed. */
class FlowModelTest {
    private static final int STEPS = 3_000;
    private static final int IDS = 12;

    static long[] seeds() {
        long[] seeds = new long[40];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = 1_000 + i;
        }
        return seeds;
    }

    /** One publish of the client, by its packet identifier. */
    private static final class Flow {
        final int qos;
        final int packetId;

        @Nullable
        Integer decided;

        boolean acknowledged;

        Flow(int qos, int packetId) {
            this.qos = qos;
            this.packetId = packetId;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inbound_flows_acknowledge_each_publish_once_and_in_order(long seed) { // MQT-10, MQT-13, MQT-15
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int maximum = random.nextInt(1, IDS);
        var flow = new InboundFlow(maximum, true);
        List<Flow> model = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            int id = random.nextInt(1, IDS + 1);
            switch (random.nextInt(3)) {
                case 0 -> arrive(flow, model, random.nextInt(1, 3), id, maximum, seed);
                case 1 -> decide(flow, model, id, random.nextInt(4) == 0 ? 0x87 : 0, seed);
                default -> release(flow, model, id, seed);
            }
            assertThat(flow.size()).as("seed %d", seed).isEqualTo(model.size());
        }
    }

    private static @Nullable Flow find(List<Flow> model, int id) {
        return model.stream().filter(flow -> flow.packetId == id).findFirst().orElse(null);
    }

    private static void arrive(InboundFlow flow, List<Flow> model, int qos, int id, int maximum, long seed) {
        Flow known = find(model, id);
        InboundFlow.Arrival expected;
        if (known == null) {
            expected = model.size() < maximum ? InboundFlow.Arrival.NEW : InboundFlow.Arrival.TOO_MANY;
        } else if (known.qos != qos) {
            expected = InboundFlow.Arrival.IN_USE;
        } else {
            expected = known.acknowledged ? InboundFlow.Arrival.RECEIVED : InboundFlow.Arrival.REPEAT;
        }
        assertThat(flow.arrived(qos, id)).as("seed %d", seed).isEqualTo(expected);
        if (expected == InboundFlow.Arrival.NEW) {
            model.add(new Flow(qos, id));
        }
    }

    private static void decide(InboundFlow flow, List<Flow> model, int id, int code, long seed) {
        Flow known = find(model, id);
        List<Acknowledgement> expected = new ArrayList<>();
        if (known != null && known.decided == null) {
            known.decided = code;
            for (Flow each : List.copyOf(model)) {
                if (each.qos == known.qos && !each.acknowledged) {
                    if (each.decided == null) {
                        break;
                    }
                    each.acknowledged = true;
                    expected.add(new Acknowledgement(
                            each.qos == 1 ? PacketType.PUBACK : PacketType.PUBREC, each.packetId, each.decided));
                    if (each.qos == 1 || each.decided >= 0x80) {
                        model.remove(each);
                    }
                }
            }
        }
        assertThat(flow.decided(id, code)).as("seed %d", seed).isEqualTo(expected);
    }

    private static void release(InboundFlow flow, List<Flow> model, int id, long seed) {
        Flow known = find(model, id);
        boolean found = known != null && known.qos == 2 && known.acknowledged;
        assertThat(flow.released(id))
                .as("seed %d", seed)
                .isEqualTo(new Acknowledgement(PacketType.PUBCOMP, id, found ? 0 : 0x92));
        if (found) {
            model.remove(known);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void outbound_flows_never_pass_the_window_and_never_leak_a_place(long seed) { // MQT-22
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int window = random.nextInt(1, IDS);
        var flow = new OutboundFlow(window);
        Map<Integer, String> model = new HashMap<>();
        for (int step = 0; step < STEPS; step++) {
            assertThat(flow.isOpen()).as("seed %d", seed).isEqualTo(model.size() < window);
            if (flow.isOpen() && random.nextBoolean()) {
                int qos = random.nextInt(1, 3);
                assertThat(model.put(flow.begin(qos), qos == 1 ? "PUBACK" : "PUBREC"))
                        .as("seed %d", seed)
                        .isNull();
            } else {
                answer(flow, model, random, seed);
            }
        }
        assertThat(flow.inFlight()).as("seed %d", seed).isEqualTo(model.size());
    }

    private static void answer(OutboundFlow flow, Map<Integer, String> model, RandomGenerator random, long seed) {
        List<Integer> ids = List.copyOf(model.keySet());
        int id = ids.isEmpty() || random.nextInt(5) == 0 ? 60_000 : ids.get(random.nextInt(ids.size()));
        String awaited = model.getOrDefault(id, "");
        int kind = random.nextInt(3);
        Set<String> right = List.of(Set.of("PUBACK"), Set.of("PUBREC", "PUBCOMP"), Set.of("PUBCOMP"))
                .get(kind);
        if (!awaited.isEmpty() && !right.contains(awaited)) {
            assertThatThrownBy(() -> wrong(flow, kind, id)).as("seed %d", seed).isInstanceOf(PacketException.class);
            return;
        }
        switch (kind) {
            case 0 -> {
                flow.acknowledged(id);
                model.remove(id, "PUBACK");
            }
            case 1 -> {
                boolean failure = random.nextInt(3) == 0;
                Acknowledgement release = flow.received(id, failure ? 0x97 : 0);
                boolean over = failure && awaited.equals("PUBREC");
                boolean known = awaited.equals("PUBREC") || awaited.equals("PUBCOMP");
                assertThat(release)
                        .as("seed %d", seed)
                        .isEqualTo(over ? null : new Acknowledgement(PacketType.PUBREL, id, known ? 0 : 0x92));
                if (over) {
                    model.remove(id);
                } else if (known) {
                    model.put(id, "PUBCOMP");
                }
            }
            default -> {
                flow.completed(id);
                model.remove(id, "PUBCOMP");
            }
        }
    }

    private static void wrong(OutboundFlow flow, int kind, int id) {
        switch (kind) {
            case 0 -> flow.acknowledged(id);
            case 1 -> flow.received(id, 0);
            default -> flow.completed(id);
        }
    }
}
