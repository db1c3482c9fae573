package io.socle.realtime.e2e.pairs;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** HiveMQ's client, version 5. */
final class HiveMq5 extends HiveMq {
    private final Mqtt5BlockingClient client;

    private HiveMq5(Place at) {
        super(at);
        this.client = builder(at)
                .useMqttVersion5()
                .simpleAuth()
                .username(USER)
                .password(bytes(at.token()))
                .applySimpleAuth()
                .buildBlocking();
        client.connect();
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
                .qos(reader.qos())
                .callback(publish -> reader.received(publish.getPayloadAsBytes()))
                .send()
                .get(30, TimeUnit.SECONDS);
        return reader;
    }

    @Override
    public void write(List<String> all) {
        for (String text : all) {
            client.publishWith()
                    .topic(at.channel())
                    .qos(qos())
                    .payload(bytes(text))
                    .send();
        }
    }

    @Override
    public void close() {
        client.disconnect();
    }
}
