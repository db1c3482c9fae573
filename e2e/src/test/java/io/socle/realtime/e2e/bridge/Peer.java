package io.socle.realtime.e2e.bridge;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** A client of MQTT 3.1.1, of Mosquitto or of the suite, that comes back by itself and keeps its session. */
final class Peer implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(90);

    private final List<Message> received = new CopyOnWriteArrayList<>();
    private final MqttClient client;

    /** What came. */
    record Message(String topic, String text, boolean retained) {}

    Peer(String uri, @Nullable String password) throws MqttException {
        client = new MqttClient(uri, "peer-" + UUID.randomUUID().toString().substring(0, 16), new MemoryPersistence());
        client.setTimeToWait(LIMIT.toMillis());
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(@Nullable Throwable cause) {}

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                received.add(new Message(
                        topic, new String(message.getPayload(), StandardCharsets.UTF_8), message.isRetained()));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken done) {}
        });
        var options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(false);
        options.setAutomaticReconnect(true);
        options.setMaxReconnectDelay(500);
        options.setMaxInflight(200);
        if (password != null) {
            options.setUserName("peer");
            options.setPassword(password.toCharArray());
        }
        client.connect(options);
    }

    Peer subscribe(String filter) throws MqttException {
        client.subscribe(filter, 1);
        return this;
    }

    /** Returns when it is acknowledged; while the client is away it is tried again. */
    void publish(String topic, String text, boolean retained) throws MqttException {
        Awaitility.await("a connection").atMost(LIMIT).until(client::isConnected);
        try {
            IMqttDeliveryToken token = send(topic, text, retained);
            Awaitility.await("an acknowledgement")
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .until(token::isComplete);
        } catch (MqttException e) {
            if (e.getReasonCode() != MqttException.REASON_CODE_CLIENT_NOT_CONNECTED) {
                throw e;
            }
            publish(topic, text, retained);
        }
    }

    void publish(String topic, String text) throws MqttException {
        publish(topic, text, false);
    }

    /** Publishes many without waiting for each; returns when all are acknowledged. */
    void flood(String topic, List<String> texts) throws MqttException {
        List<IMqttDeliveryToken> tokens = new ArrayList<>();
        for (String text : texts) {
            Awaitility.await("room")
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .until(() -> client.getPendingDeliveryTokens().length < 100);
            tokens.add(send(topic, text, false));
        }
        Awaitility.await("acknowledgements")
                .atMost(LIMIT)
                .until(() -> tokens.stream().allMatch(IMqttDeliveryToken::isComplete));
    }

    private IMqttDeliveryToken send(String topic, String text, boolean retained) throws MqttException {
        var message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
        message.setQos(1);
        message.setRetained(retained);
        return client.getTopic(topic).publish(message);
    }

    List<Message> received() {
        return List.copyOf(received);
    }

    /** The texts of a topic as they came, repeats included. */
    List<String> texts(String topic) {
        return received.stream()
                .filter(message -> message.topic().equals(topic))
                .map(Message::text)
                .toList();
    }

    /** The same, each text once, where it came first. */
    List<String> first(String topic) {
        return List.copyOf(new LinkedHashSet<>(texts(topic)));
    }

    void await(String topic, String text) {
        Awaitility.await(text + " on " + topic)
                .atMost(LIMIT)
                .until(() -> received.stream()
                        .anyMatch(message ->
                                message.topic().equals(topic) && message.text().equals(text)));
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(1_000, 1_000);
        client.close(true);
    }
}
