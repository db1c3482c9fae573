package io.socle.realtime.e2e.pairs;

import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** HiveMQ's client, version 3.1.1. */
final class HiveMq3 extends HiveMq {
    private final Mqtt3BlockingClient client;

    private HiveMq3(Place at) {
        super(at);
        this.client = builder(at)
                .useMqttVersion3()
                .simpleAuth()
                .username(USER)
                .password(bytes(at.token()))
                .applySimpleAuth()
                .buildBlocking();
        client.connect();
    }

    static Writer writer(Place at) {
        return new HiveMq3(at);
    }

    static Reader reader(Place at) throws Exception {
        var reader = new HiveMq3(at);
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
