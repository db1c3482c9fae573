package io.socle.realtime.e2e.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.socle.realtime.e2e.suite.Suite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Clients of version 5, by HiveMQ. */
public final class Clients5 {
    static final Duration LIMIT = Duration.ofSeconds(30);

    private Clients5() {}

    public static Mqtt5ClientBuilder builder(Suite suite, String token) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier("five-" + UUID.randomUUID())
                .serverHost("127.0.0.1")
                .serverPort(suite.mqttPort())
                .simpleAuth()
                .username("device")
                .password(token.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth();
    }

    static Mqtt5BlockingClient connected(Suite suite, String token) {
        Mqtt5BlockingClient client = builder(suite, token).buildBlocking();
        client.connect();
        return client;
    }

    /** What a client receives from now on, in order. */
    static Received received(Mqtt5BlockingClient client) {
        return new Received(client.publishes(MqttGlobalPublishFilter.ALL));
    }

    /** Messages in the order in which they came. */
    record Received(Mqtt5BlockingClient.Mqtt5Publishes publishes) implements AutoCloseable {
        /** The next one; fails the test where none comes in time. */
        Mqtt5Publish next() {
            return within(LIMIT).orElseThrow(() -> new AssertionError("no message within " + LIMIT));
        }

        String text() {
            return Clients5.text(next());
        }

        Optional<Mqtt5Publish> within(Duration time) {
            try {
                return publishes.receive(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }

        @Override
        public void close() {
            publishes.close();
        }
    }

    static String text(Mqtt5Publish publish) {
        return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    static void subscribe(Mqtt5BlockingClient client, String filter, MqttQos qos) {
        client.subscribeWith().topicFilter(filter).qos(qos).send();
    }

    public static void publish(Mqtt5BlockingClient client, String topic, MqttQos qos, String text) {
        client.publishWith()
                .topic(topic)
                .qos(qos)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .send();
    }
}
