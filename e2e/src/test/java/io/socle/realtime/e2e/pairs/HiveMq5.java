package io.socle.realtime.e2e.pairs;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** HiveMQ's client, version 5. */
final class HiveMq5 implements Reader, Writer {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final Mqtt5Client client;
    private final Place at;

    private HiveMq5(Place at) {
        this.at = at;
        this.client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("h5-" + UUID.randomUUID())
                .serverHost("127.0.0.1")
                .serverPort(at.mqttPort())
                .simpleAuth()
                .username("device")
                .password(at.token().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .build();
        blocking().connect();
    }

    private Mqtt5BlockingClient blocking() {
        return client.toBlocking();
    }

    private static MqttQos qos(Place at) {
        return Objects.requireNonNull(MqttQos.fromCode(at.qos()));
    }

    static Writer writer(Place at) {
        return new HiveMq5(at);
    }

    static Reader reader(Place at) throws Exception {
        var reader = new HiveMq5(at);
        reader.client
                .toAsync()
                .subscribeWith()
                .topicFilter(at.channel())
                .qos(qos(at))
                .callback(publish -> reader.texts.add(new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8)))
                .send()
                .get(30, TimeUnit.SECONDS);
        return reader;
    }

    @Override
    public void write(List<String> all) {
        for (String text : all) {
            blocking()
                    .publishWith()
                    .topic(at.channel())
                    .qos(qos(at))
                    .payload(text.getBytes(StandardCharsets.UTF_8))
                    .send();
        }
    }

    @Override
    public List<String> texts() {
        return texts;
    }

    @Override
    public void close() {
        blocking().disconnect();
    }
}
