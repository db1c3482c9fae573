package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway's statistics over MQTT. */
@ExtendWith(SharedSuite.class)
class SystemTopicsIT {
    private static final Duration QUIET = Duration.ofMillis(700);

    private final Suite suite;
    private final String operator;

    SystemTopicsIT(Suite suite) {
        this.suite = suite;
        this.operator = suite.tokens().sign(Tokens.claims("operator").subscribe("#", "$SYS/#"));
    }

    private static Map<String, Mqtt5Publish> all(Received received) {
        Map<String, Mqtt5Publish> all = new HashMap<>();
        for (var next = received.within(QUIET); next.isPresent(); next = received.within(QUIET)) {
            all.put(next.get().getTopic().toString(), next.get());
        }
        return all;
    }

    @Test
    void an_operator_sees_present_values_at_once_and_changes_later() { // MQT-113
        Mqtt5BlockingClient client = Clients5.connected(suite, operator);
        try (Received received = Clients5.received(client)) {
            Clients5.subscribe(client, "$SYS/#", MqttQos.EXACTLY_ONCE);
            Map<String, Mqtt5Publish> first = all(received);
            assertThat(first)
                    .containsKeys(
                            "$SYS/broker/version",
                            "$SYS/broker/uptime",
                            "$SYS/broker/bytes/sent",
                            "$SYS/broker/load/messages/received/1min");
            assertThat(first.values()).allMatch(Mqtt5Publish::isRetain);
            assertThat(Integer.parseInt(
                            Clients5.text(Objects.requireNonNull(first.get("$SYS/broker/clients/connected")))))
                    .isPositive();
            Mqtt5Publish changed = received.next();
            assertThat(changed.isRetain()).isFalse();
            assertThat(changed.getQos()).isEqualTo(MqttQos.AT_MOST_ONCE);
            assertThat(changed.getTopic().toString()).startsWith("$SYS/broker/").isNotEqualTo("$SYS/broker/version");
        }
        client.disconnect();
    }

    @Test
    void wildcards_do_not_select_the_statistics() { // MQT-114, SEC-2
        Mqtt5BlockingClient client = Clients5.connected(suite, operator);
        try (Received received = Clients5.received(client)) {
            Clients5.subscribe(client, "+/broker/#", MqttQos.AT_MOST_ONCE);
            assertThat(all(received)).isEmpty();
        }
        client.disconnect();
    }

    @Test
    void who_was_not_granted_them_is_refused_and_so_is_one_subscription_too_many() { // MQT-114, MQT-115
        try (var raw = RawMqtt.connected(suite, suite.tokens().everything("alice"))) {
            assertThat(codes(raw, List.of("$SYS/#", "$SYS/broker/uptime"))).containsExactly(0x87, 0x87);
        }
        try (var raw = RawMqtt.connected(suite, operator)) {
            List<String> filters =
                    IntStream.rangeClosed(1, 21).mapToObj(n -> "$SYS/none/" + n).toList();
            List<Integer> codes = codes(raw, filters);
            assertThat(codes.subList(0, 20)).containsOnly(0);
            assertThat(codes.getLast()).isEqualTo(0x97);
        }
    }

    private static List<Integer> codes(RawMqtt raw, List<String> filters) {
        var packet = new RawMqtt.Bytes().bytes(0, 1, 0);
        filters.forEach(filter -> packet.text(filter).bytes(0));
        raw.send(0x82, packet.toBytes());
        RawMqtt.Received ack = raw.read();
        assertThat(ack.type()).isEqualTo(9);
        return IntStream.range(3, 3 + filters.size()).mapToObj(ack::at).toList();
    }
}
