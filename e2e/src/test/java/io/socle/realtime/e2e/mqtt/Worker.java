package io.socle.realtime.e2e.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.socle.realtime.e2e.suite.Suite;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A member of a shared subscription: notes what it gets, and acknowledges it or does not. */
final class Worker implements AutoCloseable {
    final List<Mqtt5Publish> got = new CopyOnWriteArrayList<>();
    final Set<String> texts = ConcurrentHashMap.newKeySet();
    private final Mqtt5AsyncClient client;

    private Worker(Mqtt5AsyncClient client) {
        this.client = client;
    }

    /**
     * Connects to a gateway and subscribes.
     *
     * @param port of the gateway
     * @param acknowledges whether it acknowledges anything
     */
    static Worker begin(Suite suite, int port, String token, String filter, MqttQos qos, boolean acknowledges)
            throws Exception {
        Mqtt5AsyncClient client =
                Clients5.builder(suite, token).serverPort(port).buildAsync();
        client.connectWith()
                .restrictions()
                .receiveMaximum(20)
                .applyRestrictions()
                .send()
                .get(30, TimeUnit.SECONDS);
        var worker = new Worker(client);
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> {
                    worker.got.add(publish);
                    worker.texts.add(Clients5.text(publish));
                    if (acknowledges) {
                        publish.acknowledge();
                    }
                },
                true);
        client.subscribeWith().topicFilter(filter).qos(qos).send().get(30, TimeUnit.SECONDS);
        return worker;
    }

    Mqtt5AsyncClient client() {
        return client;
    }

    /** Waits until members have got all texts together; answers each text as often as it came. */
    static List<String> awaitAll(Set<String> wanted, List<Worker> members) {
        Awaitility.await("all messages")
                .atMost(Clients5.LIMIT.multipliedBy(3))
                .until(() -> missing(wanted, members).isEmpty());
        return members.stream()
                .flatMap(member -> member.got.stream())
                .map(Clients5::text)
                .toList();
    }

    private static Set<String> missing(Set<String> wanted, List<Worker> members) {
        Set<String> missing = new TreeSet<>(wanted);
        members.forEach(member -> missing.removeAll(member.texts));
        return missing;
    }

    @Override
    public void close() throws Exception {
        if (client.getState().isConnected()) {
            client.disconnect().get(30, TimeUnit.SECONDS);
        }
    }
}
