package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A topic is a channel: MQTT beside WebSocket, SSE and HTTP. */
@ExtendWith(SharedSuite.class)
class CrossProtocolIT {
    private final Suite suite;
    private final String token;
    private final HttpApi http;

    CrossProtocolIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
        this.http = new HttpApi(suite, token);
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    @Test
    void all_protocols_see_one_order_whoever_publishes() { // MQT-1, ORD-1
        String topic = fresh();
        Mqtt5BlockingClient device = Clients5.connected(suite, token);
        try (Received received = Clients5.received(device);
                Subscriber ws = WsSubscriber.open(suite, token, Selections.channel(topic), null);
                Subscriber sse = SseClient.open(suite, token, Selections.filter(topic), null)) {
            // The client keeps QoS 0 in another queue than QoS 1 and 2, so only of one QoS it shows the order on the
            // wire.
            Clients5.subscribe(device, topic, MqttQos.AT_MOST_ONCE);
            List<String> sent = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                String json = "{\"n\":" + n + "}";
                if (n % 2 == 0) {
                    Clients5.publish(device, topic, MqttQos.values()[n % 3], json);
                    if (n % 3 == 0) {
                        // QoS 0 is not acknowledged, so what comes after it over HTTP might overtake it.
                        Clients5.publish(device, topic, MqttQos.AT_LEAST_ONCE, "after");
                        sent.add(json);
                        sent.add("after");
                        continue;
                    }
                } else {
                    http.publish(topic, json);
                }
                sent.add(json);
            }
            for (String text : sent) {
                assertThat(received.text()).isEqualTo(text);
                assertThat(ws.next(ServerFrame.Message.class).message().data().utf8())
                        .isEqualTo(text);
                assertThat(sse.next(ServerFrame.Message.class).message().data().utf8())
                        .isEqualTo(text);
            }
        }
        device.disconnect();
    }

    @Test
    void a_publish_over_mqtt_has_all_its_parts_elsewhere() { // MQT-41
        String topic = fresh();
        Mqtt5BlockingClient device = Clients5.connected(suite, token);
        try (Subscriber ws = WsSubscriber.open(suite, token, Selections.channel(topic), null)) {
            device.publishWith()
                    .topic(topic)
                    .qos(MqttQos.EXACTLY_ONCE)
                    .retain(true)
                    .payload("{\"a\":1}".getBytes(StandardCharsets.UTF_8))
                    .contentType("application/json")
                    .responseTopic("replies/1")
                    .correlationData("c-1".getBytes(StandardCharsets.UTF_8))
                    .messageExpiryInterval(300)
                    .userProperties()
                    .add("rt-id", "m-1")
                    .add("rt-type", "com.example.t")
                    .add("colour", "blue")
                    .applyUserProperties()
                    .send();
            RealtimeMessage message = ws.next(ServerFrame.Message.class).message();
            assertThat(message.id()).isEqualTo("m-1");
            assertThat(message.source()).isEqualTo("alice");
            assertThat(message.type()).isEqualTo("com.example.t");
            assertThat(message.isJson()).isTrue();
            assertThat(message.data().utf8()).isEqualTo("{\"a\":1}");
            assertThat(message.qos()).isEqualTo(Qos.EXACTLY_ONCE);
            assertThat(message.retain()).isTrue();
            assertThat(message.replyTo()).isEqualTo(new ChannelName("replies/1"));
            assertThat(message.correlationId()).isEqualTo("c-1");
            assertThat(message.headers()).isEqualTo(Map.of("colour", "blue"));
            assertThat(message.expiry()).isNotNull();
            assertThat(http.get("/v1/channels/" + topic + "/retained").body()).contains("m-1");
        }
        device.disconnect();
    }

    @Test
    void a_client_that_asks_for_it_gets_every_part_or_a_cloud_event() { // MQT-41, MQT-42
        String topic = fresh();
        Mqtt5BlockingClient whole = format("realtime");
        Mqtt5BlockingClient events = format("cloudevents");
        try (Received parts = Clients5.received(whole);
                Received event = Clients5.received(events)) {
            Clients5.subscribe(whole, topic, MqttQos.AT_LEAST_ONCE);
            Clients5.subscribe(events, topic, MqttQos.AT_LEAST_ONCE);
            Position position =
                    http.publish(topic, "{\"a\":1}", "rt-id", "m-2", "rt-type", "com.example.t", "rt-h-colour", "red");
            assertThat(properties(parts.next()))
                    .containsEntry("rt-id", "m-2")
                    .containsEntry("rt-source", "alice")
                    .containsEntry("rt-type", "com.example.t")
                    .containsEntry("rt-position", position.toString())
                    .containsEntry("colour", "red");
            Mqtt5Publish publish = event.next();
            assertThat(publish.getContentType().orElseThrow()).hasToString("application/json");
            assertThat(properties(publish))
                    .containsEntry("specversion", "1.0")
                    .containsEntry("id", "m-2")
                    .containsEntry("source", "alice")
                    .containsEntry("type", "com.example.t")
                    .containsEntry("rtposition", position.toString());
        }
        whole.disconnect();
        events.disconnect();
    }

    private Mqtt5BlockingClient format(String word) {
        Mqtt5BlockingClient client = Clients5.builder(suite, token).buildBlocking();
        client.connectWith()
                .userProperties()
                .add("rt-format", word)
                .applyUserProperties()
                .send();
        return client;
    }

    private static Map<String, String> properties(Mqtt5Publish publish) {
        return publish.getUserProperties().asList().stream()
                .collect(Collectors.toMap(
                        property -> property.getName().toString(),
                        property -> property.getValue().toString()));
    }

    @Test
    void the_lower_qos_is_delivered() { // MQT-20, SUB-9
        String topic = fresh();
        Mqtt5BlockingClient device = Clients5.connected(suite, token);
        try (Received received = Clients5.received(device)) {
            Clients5.subscribe(device, topic, MqttQos.EXACTLY_ONCE);
            http.publish(topic, "1");
            http.publish(topic, "2", "rt-qos", "0");
            assertThat(received.next().getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
            assertThat(received.next().getQos()).isEqualTo(MqttQos.AT_MOST_ONCE);
            Clients5.subscribe(device, topic, MqttQos.AT_MOST_ONCE);
            http.publish(topic, "3", "rt-qos", "2");
            assertThat(received.next().getQos()).isEqualTo(MqttQos.AT_MOST_ONCE);
        }
        device.disconnect();
    }

    @Test
    void a_message_for_named_receivers_comes_to_nobody_else() { // SEC-3
        String topic = fresh();
        Mqtt5BlockingClient device = Clients5.connected(suite, token);
        try (Received received = Clients5.received(device)) {
            Clients5.subscribe(device, topic, MqttQos.AT_LEAST_ONCE);
            http.publish(topic, "1", "rt-receivers", "bob");
            http.publish(topic, "2", "rt-receivers", "alice");
            assertThat(received.text()).isEqualTo("2");
        }
        device.disconnect();
    }

    @Test
    void a_subscription_goes_on_when_its_channel_is_deleted() { // MQT-70, DEL-7
        String topic = fresh();
        Mqtt5BlockingClient device = Clients5.connected(suite, token);
        try (Received received = Clients5.received(device)) {
            Clients5.subscribe(device, topic, MqttQos.AT_LEAST_ONCE);
            http.publish(topic, "\"before\"");
            assertThat(received.text()).isEqualTo("\"before\"");
            assertThat(http.delete("/v1/channels/" + topic).statusCode()).isEqualTo(204);
            Awaitility.await("the next life to be followed")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        http.publish(topic, "\"after\"");
                        return received.within(Duration.ofMillis(300)).isPresent();
                    });
            assertThat(device.getState().isConnected()).isTrue();
        }
        device.disconnect();
    }

    @Test
    void a_message_that_expires_before_it_is_sent_is_not_sent() { // MQT-24
        String topic = fresh();
        Mqtt5BlockingClient device = Clients5.connected(suite, token);
        Mqtt5BlockingClient late = Clients5.connected(suite, token);
        try (Received received = Clients5.received(late)) {
            device.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .retain(true)
                    .payload(new byte[] {1})
                    .messageExpiryInterval(1)
                    .send();
            Awaitility.await("the retained message to expire")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> http.get("/v1/channels/" + topic + "/retained").statusCode() == 404);
            Clients5.subscribe(late, topic, MqttQos.AT_LEAST_ONCE);
            http.publish(topic, "\"next\"");
            assertThat(received.text()).isEqualTo("\"next\"");
        }
        device.disconnect();
        late.disconnect();
    }
}
