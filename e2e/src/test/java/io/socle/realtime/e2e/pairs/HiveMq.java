package io.socle.realtime.e2e.pairs;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** What HiveMQ's clients of both versions have alike; their types have nothing in common. */
abstract class HiveMq implements Reader, Writer {
    static final String USER = "device";

    final Place at;
    private final List<String> texts = new CopyOnWriteArrayList<>();

    HiveMq(Place at) {
        this.at = at;
    }

    static MqttClientBuilder builder(Place at) {
        return MqttClient.builder()
                .identifier("h-" + UUID.randomUUID())
                .serverHost("127.0.0.1")
                .serverPort(at.mqttPort());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    MqttQos qos() {
        return Objects.requireNonNull(MqttQos.fromCode(at.qos()));
    }

    void received(byte[] payload) {
        texts.add(new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public List<String> texts() {
        return texts;
    }

    @Override
    public abstract void close();
}
