package io.socle.realtime.e2e.pairs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Paho, version 3.1.1. */
final class Paho3 implements Reader, Writer {
    private static final long LIMIT_MS = 30_000;

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final MqttClient client;
    private final Place at;

    private Paho3(Place at) throws MqttException {
        this.at = at;
        this.client = new MqttClient(
                at.mqttUri(), "p3-" + UUID.randomUUID().toString().substring(0, 18), new MemoryPersistence());
        client.setTimeToWait(LIMIT_MS);
        var options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName("device");
        options.setPassword(at.token().toCharArray());
        client.connect(options);
    }

    static Writer writer(Place at) throws MqttException {
        return new Paho3(at);
    }

    static Reader reader(Place at) throws MqttException {
        var reader = new Paho3(at);
        reader.client.subscribe(
                at.channel(),
                at.qos(),
                (topic, message) -> reader.texts.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
        return reader;
    }

    @Override
    public void write(List<String> all) throws MqttException {
        for (String text : all) {
            client.publish(at.channel(), text.getBytes(StandardCharsets.UTF_8), at.qos(), false);
        }
    }

    @Override
    public List<String> texts() {
        return texts;
    }

    @Override
    public void close() throws MqttException {
        client.disconnect();
        client.close();
    }
}
