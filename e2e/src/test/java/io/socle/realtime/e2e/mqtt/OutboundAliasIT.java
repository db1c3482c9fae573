package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics that are left out on the way to a client that allows it (MQTT 5 section 3.3.2.3.4). */
@ExtendWith(SharedSuite.class)
class OutboundAliasIT {
    private static final int ALIAS = 0x23;

    private final Suite suite;
    private final String token;
    private final String topic = "alias/" + UUID.randomUUID();

    OutboundAliasIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    /** The topic of a PUBLISH of QoS 0 and its first property, where that is an alias: {@code a=1}. */
    private static String named(RawMqtt.Received publish) {
        assertThat(publish.firstByte()).isEqualTo(0x30);
        int length = publish.at(0) << 8 | publish.at(1);
        String name = new String(publish.body(), 2, length, StandardCharsets.UTF_8);
        int at = 2 + length;
        while (publish.at(at) >= 0x80) {
            at++;
        }
        at++;
        return publish.at(at) == ALIAS ? name + '=' + (publish.at(at + 1) << 8 | publish.at(at + 2)) : name;
    }

    private static void subscribe(RawMqtt raw, String filter) {
        raw.send(0x82, new RawMqtt.Bytes().bytes(0, 1, 0).text(filter).bytes(0).toBytes());
        assertThat(raw.read().type()).isEqualTo(9);
    }

    @Test
    void topics_that_come_again_are_left_out_within_the_clients_maximum() { // MQT-116
        var publisher = Clients5.connected(suite, token);
        try (var one = RawMqtt.connected(suite, token, (byte) 0x22, (byte) 0, (byte) 1);
                var none = RawMqtt.connected(suite, token)) {
            subscribe(one, topic + "/+");
            subscribe(none, topic + "/+");
            for (int n = 0; n < 3; n++) {
                for (String last : new String[] {"/a", "/b"}) {
                    Clients5.publish(publisher, topic + last, MqttQos.AT_LEAST_ONCE, "x");
                    String seen = named(one.read());
                    String alias = last.equals("/b") ? topic + last : (n == 0 ? topic + last : "") + "=1";
                    assertThat(seen).isEqualTo(alias);
                    assertThat(named(none.read())).isEqualTo(topic + last);
                }
            }
        }
        publisher.disconnect();
    }
}
