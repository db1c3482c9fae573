package io.socle.realtime.e2e.pairs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Paho, version 5. */
final class Paho5 implements Reader, Writer {
    private static final long LIMIT_MS = 30_000;

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final MqttClient client;
    private final Place at;

    private Paho5(Place at) throws MqttException {
        this.at = at;
        this.client = new MqttClient(at.mqttUri(), "p5-" + UUID.randomUUID(), new MemoryPersistence());
        client.setTimeToWait(LIMIT_MS);
        client.setCallback(new Into(texts));
        var options = new MqttConnectionOptions();
        options.setUserName("device");
        options.setPassword(at.token().getBytes(StandardCharsets.UTF_8));
        client.connect(options);
    }

    /** Notes what comes. */
    private record Into(List<String> texts) implements MqttCallback {
        @Override
        public void messageArrived(String topic, MqttMessage message) {
            texts.add(new String(message.getPayload(), StandardCharsets.UTF_8));
        }

        @Override
        public void disconnected(MqttDisconnectResponse why) {}

        @Override
        public void mqttErrorOccurred(MqttException failure) {
            texts.add("error: " + failure);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean again, String uri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }

    static Writer writer(Place at) throws MqttException {
        return new Paho5(at);
    }

    static Reader reader(Place at) throws MqttException {
        var reader = new Paho5(at);
        reader.client.subscribe(at.channel(), at.qos());
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
