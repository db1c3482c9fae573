package io.socle.realtime.e2e.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shared subscriptions as a client sees them (MQTT 5 section 4.8.2). */
@ExtendWith(SharedSuite.class)
class SharedSubscriptionIT {
    private static final Duration QUIET = Duration.ofMillis(700);

    private final Suite suite;
    private final String token;
    private final String topic = "jobs/" + UUID.randomUUID();

    SharedSubscriptionIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private Mqtt5BlockingClient connected() {
        return Clients5.connected(suite, token);
    }

    private static Mqtt5SubAck subscribe(Mqtt5BlockingClient client, String filter, MqttQos qos) {
        return client.subscribeWith().topicFilter(filter).qos(qos).send();
    }

    private static List<String> texts(Received... members) {
        List<String> texts = new ArrayList<>();
        for (Received member : members) {
            for (var next = member.within(QUIET); next.isPresent(); next = member.within(QUIET)) {
                texts.add(Clients5.text(next.get()));
            }
        }
        Collections.sort(texts);
        return texts;
    }

    @Test
    void each_message_goes_to_one_member_of_the_group_and_to_every_other_subscriber() { // MQT-102, MQT-103
        var one = connected();
        var two = connected();
        try (Received first = Clients5.received(one);
                Received second = Clients5.received(two)) {
            subscribe(one, "$share/g/" + topic, MqttQos.AT_LEAST_ONCE);
            subscribe(one, topic, MqttQos.AT_LEAST_ONCE);
            subscribe(two, "$share/g/" + topic, MqttQos.AT_LEAST_ONCE);
            for (int n = 0; n < 4; n++) {
                Clients5.publish(two, topic, MqttQos.AT_LEAST_ONCE, "m" + n);
            }
            assertThat(texts(first)).as("all, and its half once more").hasSize(6);
            assertThat(texts(second)).hasSize(2);
        }
        one.disconnect();
        two.disconnect();
    }

    @Test
    void quality_is_granted_up_to_1_and_options_and_identifier_hold() { // MQT-100, MQT-101
        var client = connected();
        try (Received received = Clients5.received(client)) {
            Clients5.publish(client, topic, MqttQos.AT_LEAST_ONCE, "before");
            client.publishWith()
                    .topic(topic)
                    .retain(true)
                    .payload("old".getBytes(UTF_8))
                    .send();
            var ack = client.subscribeWith()
                    .addSubscription(Mqtt5Subscription.builder()
                            .topicFilter("$share/g/" + topic)
                            .qos(MqttQos.EXACTLY_ONCE)
                            .retainAsPublished(true)
                            .build())
                    .send();
            assertThat(ack.getReasonCodes()).containsExactly(Mqtt5SubAckReasonCode.GRANTED_QOS_1);
            client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.EXACTLY_ONCE)
                    .retain(true)
                    .payload("new".getBytes(UTF_8))
                    .send();
            Mqtt5Publish publish = received.next();
            assertThat(Clients5.text(publish))
                    .as("no retained message, and nothing of before")
                    .isEqualTo("new");
            assertThat(publish.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
            assertThat(publish.isRetain()).isTrue();
            Clients5.publish(client, topic, MqttQos.AT_MOST_ONCE, "zero");
            assertThat(received.next().getQos()).isEqualTo(MqttQos.AT_MOST_ONCE);
            client.unsubscribeWith().topicFilter("$share/g/" + topic).send();
            Clients5.publish(client, topic, MqttQos.AT_LEAST_ONCE, "after");
            assertThat(texts(received)).isEmpty();
        }
        client.disconnect();
    }

    @Test
    void what_a_member_did_not_acknowledge_comes_to_another_as_new_when_it_is_gone() throws Exception { // MQT-104
        try (Worker dead = Worker.begin(
                        suite, suite.mqttPort(), token, "$share/g/" + topic, MqttQos.AT_LEAST_ONCE, false);
                Worker alive = Worker.begin(
                        suite, suite.mqttPort(), token, "$share/g/" + topic, MqttQos.AT_LEAST_ONCE, true)) {
            var publisher = connected();
            for (int n = 0; n < 10; n++) {
                Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "m" + n);
            }
            Awaitility.await("half of them").atMost(Clients5.LIMIT).until(() -> dead.got.size() == 5);
            dead.close();
            List<String> got = Worker.awaitAll(
                    Set.copyOf(IntStream.range(0, 10).mapToObj(n -> "m" + n).toList()), List.of(alive));
            assertThat(got).hasSize(10);
            assertThat(alive.got)
                    .as("DUP is 0 for who gets it first")
                    .noneMatch(publish -> publish.toString().contains("dup=true"));
            publisher.disconnect();
        }
    }

    @Test
    void what_a_member_refuses_goes_to_nobody_else() throws Exception { // MQT-104
        String filter = "$share/g/" + topic;
        var publisher = connected();
        try (var raw = RawMqtt.connected(suite, token);
                Worker other = Worker.begin(suite, suite.mqttPort(), token, filter, MqttQos.AT_LEAST_ONCE, true)) {
            assertThat(subAck(raw, List.of(filter))).containsExactly(1);
            for (int n = 0; n < 4; n++) {
                Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "m" + n);
            }
            // Members take turns, and the other one joined first.
            RawMqtt.Received publish = raw.read();
            assertThat(publish.firstByte()).as("QoS 1, not DUP").isEqualTo(0x32);
            int identifier = 2 + (publish.at(0) << 8 | publish.at(1));
            raw.send(0x40, (byte) publish.at(identifier), (byte) publish.at(identifier + 1), (byte) 0x80);
            assertThat(raw.read().firstByte()).as("its second one").isEqualTo(0x32);
            raw.send(0xc0);
            assertThat(raw.read().type()).as("the answer to its ping").isEqualTo(13);
            raw.close();
            Worker.awaitAll(Set.of("m0", "m2", "m3"), List.of(other));
            assertThat(other.texts).doesNotContain("m1");
        }
        publisher.disconnect();
    }

    @Test
    void wildcards_select_channels_of_all_partitions_and_other_protocols_publish_too() throws Exception { // MQT-103
        try (Worker one = Worker.begin(
                        suite, suite.mqttPort(), token, "$share/g/" + topic + "/#", MqttQos.AT_LEAST_ONCE, true);
                Worker two = Worker.begin(
                        suite, suite.mqttPort(), token, "$share/g/" + topic + "/#", MqttQos.AT_MOST_ONCE, true)) {
            HttpApi http = new HttpApi(suite, token);
            List<String> wanted = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                http.post(HttpApi.messages(topic + "/" + n % 8), "application/json", Integer.toString(n));
                wanted.add(Integer.toString(n));
            }
            List<String> got = Worker.awaitAll(Set.copyOf(wanted), List.of(one, two));
            assertThat(got).hasSize(40);
            assertThat(one.got).isNotEmpty();
            assertThat(two.got).isNotEmpty();
        }
    }

    @Test
    void what_is_no_shared_subscription_or_not_covered_or_too_much_is_refused_by_reason_codes() { // MQT-101, MQT-110
        String narrow = suite.tokens().sign(Tokens.claims("bob").subscribe("jobs/bob/#"));
        try (var raw = RawMqtt.connected(suite, narrow)) {
            for (String bad : List.of(
                    "$share/", "$share/g", "$share/g/", "$share//a", "$share/g+/a", "$share/#/a", "$share/g/a#")) {
                assertThat(subAck(raw, List.of(bad))).as(bad).containsExactly(0x8f);
            }
            String longest = "g".repeat(128);
            assertThat(subAck(raw, List.of("$share/" + longest + "/jobs/bob/1", "$share/" + longest + "g/jobs/bob/1")))
                    .containsExactly(1, 0x8f);
            assertThat(subAck(raw, List.of("$share/g/jobs/#", "$share/g/$SYS/#", "$share/g/#")))
                    .containsExactly(0x87, 0x87, 0x87);
        }
        try (var raw = RawMqtt.connected(suite, token)) {
            assertThat(subAck(raw, List.of("$share/g/" + SharedSuite.EPHEMERAL + "/1")))
                    .containsExactly(0x83);
            List<String> many = IntStream.rangeClosed(1, 101)
                    .mapToObj(n -> "$share/g" + n + "/" + topic)
                    .toList();
            List<Integer> codes = subAck(raw, many);
            assertThat(codes.subList(0, 100)).containsOnly(1);
            assertThat(codes.getLast()).isEqualTo(0x97);
        }
    }

    /** The reason codes for filters that are asked for with QoS 1. */
    private static List<Integer> subAck(RawMqtt raw, List<String> filters) {
        var packet = new RawMqtt.Bytes().bytes(0, 1, 0);
        filters.forEach(filter -> packet.text(filter).bytes(1));
        raw.send(0x82, packet.toBytes());
        RawMqtt.Received ack = raw.read();
        assertThat(ack.type()).isEqualTo(9);
        return IntStream.range(3, 3 + filters.size()).mapToObj(ack::at).toList();
    }

    private Mqtt5BlockingClient kept() {
        return Clients5.builder(suite, token)
                .identifier("kept-" + topic.hashCode())
                .buildBlocking();
    }

    private static boolean resumes(Mqtt5BlockingClient client) {
        return client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(600)
                .send()
                .isSessionPresent();
    }

    @Test
    void a_membership_goes_on_with_its_session_and_messages_wait_for_the_only_member() { // MQT-80, MQT-105
        String filter = "$share/g/" + topic + "/+";
        var first = kept();
        assertThat(resumes(first)).isFalse();
        subscribe(first, filter, MqttQos.AT_LEAST_ONCE);
        first.disconnect();
        var publisher = connected();
        Clients5.publish(publisher, topic + "/1", MqttQos.AT_LEAST_ONCE, "1");
        var second = kept();
        try (Received received = Clients5.received(second)) {
            assertThat(resumes(second)).isTrue();
            assertThat(received.text()).isEqualTo("1");
            Clients5.publish(publisher, topic + "/2", MqttQos.AT_LEAST_ONCE, "2");
            assertThat(received.text()).isEqualTo("2");
            second.unsubscribeWith().topicFilter(filter).send();
        }
        second.disconnect();
        Clients5.publish(publisher, topic + "/3", MqttQos.AT_LEAST_ONCE, "3");
        publisher.disconnect();
        var third = kept();
        try (Received received = Clients5.received(third)) {
            assertThat(resumes(third)).isTrue();
            assertThat(received.within(QUIET)).isEmpty();
        }
        third.disconnectWith().sessionExpiryInterval(0).send();
    }

    @Test
    void a_client_of_version_3_1_1_takes_part() throws Exception { // MQT-100
        var options = new MqttConnectOptions();
        options.setUserName("device");
        options.setPassword(token.toCharArray());
        try (var client = new MqttClient(
                "tcp://127.0.0.1:" + suite.mqttPort(), "three-" + UUID.randomUUID(), new MemoryPersistence())) {
            client.connect(options);
            var got = new LinkedBlockingQueue<String>();
            client.setCallback(new Arriving(got));
            client.subscribe("$share/g/" + topic, 1);
            client.publish(topic, "hi".getBytes(UTF_8), 1, false);
            assertThat(got.poll(30, TimeUnit.SECONDS)).isEqualTo(topic + " hi");
            client.disconnect();
        }
    }

    /** Not a listener of the one filter: this client compares topics with it as it stands, group and all. */
    private record Arriving(LinkedBlockingQueue<String> got) implements MqttCallback {
        @Override
        public void messageArrived(String name, MqttMessage message) {
            got.add(name + " " + message);
        }

        @Override
        public void connectionLost(Throwable cause) {
            // The test then misses its message.
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // The publish waits for it.
        }
    }
}
