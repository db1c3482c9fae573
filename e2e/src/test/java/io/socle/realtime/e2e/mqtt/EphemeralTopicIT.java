package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics whose messages are not kept (EPH). */
@ExtendWith(SharedSuite.class)
class EphemeralTopicIT {
    private final Suite suite;
    private final String token;
    private final String name = UUID.randomUUID().toString();
    private final String topic = SharedSuite.EPHEMERAL + "/" + name;

    EphemeralTopicIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    @Test
    void a_message_comes_once_at_qos_0_to_devices_and_browsers_however_many_filters_match() { // EPH-1, MQT-21
        Mqtt5BlockingClient device = Clients5.connected(suite, token);
        try (Received received = Clients5.received(device);
                var ws = WsSubscriber.open(suite, token, Selections.channel(topic), null)) {
            Clients5.subscribe(device, topic, MqttQos.AT_LEAST_ONCE);
            Clients5.subscribe(device, SharedSuite.EPHEMERAL + "/" + name + "/#", MqttQos.EXACTLY_ONCE);
            Clients5.subscribe(device, "+/" + name, MqttQos.AT_LEAST_ONCE);
            Clients5.publish(device, topic, MqttQos.EXACTLY_ONCE, "1");
            new HttpApi(suite, token).post(HttpApi.messages(topic), "application/json", "2");
            for (String text : new String[] {"1", "2"}) {
                Mqtt5Publish publish = received.next();
                assertThat(Clients5.text(publish)).isEqualTo(text);
                assertThat(publish.getQos()).isEqualTo(MqttQos.AT_MOST_ONCE);
                assertThat(ws.next(ServerFrame.Message.class).message().data().utf8())
                        .isEqualTo(text);
            }
        }
        device.disconnect();
    }

    @Test
    void nothing_is_retained_and_whoever_asks_for_it_is_told() { // EPH-4
        Mqtt5BlockingClient device = Clients5.connected(suite, token);
        assertThatThrownBy(() -> device.publishWith()
                        .topic(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .retain(true)
                        .payload(new byte[] {'1'})
                        .send())
                .isInstanceOfSatisfying(
                        Mqtt5PubAckException.class,
                        refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                .isEqualTo(Mqtt5PubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR));
        device.disconnect();
    }
}
