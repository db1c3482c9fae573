package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.suite.MqttTls;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Version 5 with the HiveMQ client. */
@ExtendWith(SharedSuite.class)
class Mqtt5IT {
    private static final Duration QUIET = Duration.ofMillis(700);

    private final Suite suite;
    private final String token;

    Mqtt5IT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private static String fresh() {
        return "mqtt/" + UUID.randomUUID();
    }

    private Mqtt5BlockingClient connected() {
        return Clients5.connected(suite, token);
    }

    @ParameterizedTest
    @EnumSource(MqttQos.class)
    void messages_of_every_qos_come_once_and_in_order(MqttQos qos) throws Exception { // MQT-10, MQT-20, ORD-1
        String topic = fresh();
        var publisher = connected();
        var subscriber = connected();
        try (Received received = Clients5.received(subscriber)) {
            Clients5.subscribe(subscriber, topic, qos);
            Mqtt5AsyncClient async = publisher.toAsync();
            List<CompletableFuture<?>> sent = new ArrayList<>();
            for (int n = 0; n < 200; n++) {
                sent.add(async.publishWith()
                        .topic(topic)
                        .qos(qos)
                        .payload(Integer.toString(n).getBytes(StandardCharsets.UTF_8))
                        .send());
            }
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            for (int n = 0; n < 200; n++) {
                Mqtt5Publish publish = received.next();
                assertThat(Clients5.text(publish)).isEqualTo(Integer.toString(n));
                assertThat(publish.getQos()).isEqualTo(qos);
                assertThat(publish.isRetain()).isFalse();
            }
            assertThat(received.within(QUIET)).isEmpty();
        }
        publisher.disconnect();
        subscriber.disconnect();
    }

    @Test
    void mqtt_over_tls_is_the_same() { // MQT-1
        String topic = fresh();
        var client = Clients5.builder(suite, token)
                .serverPort(MqttTls.port())
                .sslConfig()
                .trustManagerFactory(MqttTls.trust())
                .applySslConfig()
                .buildBlocking();
        client.connect();
        try (Received received = Clients5.received(client)) {
            Clients5.subscribe(client, topic, MqttQos.EXACTLY_ONCE);
            Clients5.publish(client, topic, MqttQos.EXACTLY_ONCE, "hidden");
            assertThat(received.text()).isEqualTo("hidden");
        }
        client.disconnect();
    }

    @Test
    void connack_announces_the_limits_and_what_is_not_offered() { // MQT-3
        var client = Clients5.builder(suite, token).identifier("").buildBlocking();
        Mqtt5ConnAck connAck = client.connectWith()
                .sessionExpiryInterval(1_000_000)
                .keepAlive(65_000)
                .send();
        assertThat(connAck.isSessionPresent()).isFalse();
        assertThat(connAck.getSessionExpiryInterval()).hasValue(604_800);
        assertThat(connAck.getServerKeepAlive()).hasValue(1_200);
        assertThat(connAck.getAssignedClientIdentifier()).isPresent();
        var limits = connAck.getRestrictions();
        assertThat(limits.getReceiveMaximum()).isEqualTo(128);
        assertThat(limits.getMaximumPacketSize()).isEqualTo(262_144);
        assertThat(limits.getTopicAliasMaximum()).isEqualTo(32);
        assertThat(limits.getMaximumQos()).isEqualTo(MqttQos.EXACTLY_ONCE);
        assertThat(limits.isRetainAvailable()).isTrue();
        assertThat(limits.isWildcardSubscriptionAvailable()).isTrue();
        assertThat(limits.areSubscriptionIdentifiersAvailable()).isTrue();
        assertThat(limits.isSharedSubscriptionAvailable()).isTrue();
        client.disconnectWith().sessionExpiryInterval(0).send();
    }

    @Test
    void a_client_without_a_good_token_is_not_authorized() { // MQT-4, SEC-1
        for (String password : List.of(
                "secret",
                "a.b.c",
                suite.tokens().signWithForeignKey(Tokens.claims("mallory").publish("#")))) {
            var client = Clients5.builder(suite, password).buildBlocking();
            assertThatThrownBy(client::connect)
                    .isInstanceOfSatisfying(
                            Mqtt5ConnAckException.class,
                            refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                    .isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED));
        }
    }

    @Test
    void what_a_token_does_not_cover_is_refused_by_reason_codes() { // MQT-11, MQT-30, SEC-1, SEC-5
        String narrow =
                suite.tokens().sign(Tokens.claims("bob").publish("mqtt/bob/#").subscribe("mqtt/bob/#"));
        var client = Clients5.connected(suite, narrow);
        assertThatThrownBy(() -> Clients5.publish(client, "mqtt/alice/1", MqttQos.AT_LEAST_ONCE, "x"))
                .isInstanceOfSatisfying(
                        Mqtt5PubAckException.class,
                        refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED));
        assertThatThrownBy(() -> Clients5.publish(client, "mqtt/alice/1", MqttQos.EXACTLY_ONCE, "x"))
                .isInstanceOfSatisfying(
                        Mqtt5PubRecException.class,
                        refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                .isEqualTo(Mqtt5PubRecReasonCode.NOT_AUTHORIZED));
        assertThatThrownBy(() -> Clients5.publish(client, "$SYS/x", MqttQos.AT_LEAST_ONCE, "x"))
                .isInstanceOfSatisfying(
                        Mqtt5PubAckException.class,
                        refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                .isEqualTo(Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID));
        for (String filter : List.of("mqtt/#", "#", "+/bob/1", "$SYS/#")) {
            assertThat(refusal(client, filter)).as(filter).isEqualTo(Mqtt5SubAckReasonCode.NOT_AUTHORIZED);
        }
        Clients5.subscribe(client, "mqtt/bob/+", MqttQos.AT_LEAST_ONCE);
        client.disconnect();
    }

    private static Mqtt5SubAckReasonCode refusal(Mqtt5BlockingClient client, String filter) {
        try {
            Clients5.subscribe(client, filter, MqttQos.AT_LEAST_ONCE);
        } catch (Mqtt5SubAckException e) {
            return e.getMqttMessage().getReasonCodes().getFirst();
        }
        throw new AssertionError("not refused: " + filter);
    }

    @Test
    void all_properties_of_a_publish_arrive_unaltered_and_in_order() { // MQT-40
        String topic = fresh();
        var client = connected();
        try (Received received = Clients5.received(client)) {
            Clients5.subscribe(client, topic, MqttQos.AT_LEAST_ONCE);
            byte[] correlation = {0, 1, (byte) 0xff};
            client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("{\"a\":1}".getBytes(StandardCharsets.UTF_8))
                    .contentType("application/json")
                    .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                    .responseTopic("replies/7")
                    .correlationData(correlation)
                    .messageExpiryInterval(600)
                    .userProperties()
                    .add("z", "1")
                    .add("a", "2")
                    .add("z", "3")
                    .applyUserProperties()
                    .send();
            Mqtt5Publish publish = received.next();
            assertThat(publish.getContentType().orElseThrow()).hasToString("application/json");
            assertThat(publish.getPayloadFormatIndicator()).hasValue(Mqtt5PayloadFormatIndicator.UTF_8);
            assertThat(publish.getResponseTopic().orElseThrow()).hasToString("replies/7");
            assertThat(publish.getCorrelationData()).hasValue(ByteBuffer.wrap(correlation));
            assertThat(publish.getMessageExpiryInterval().orElseThrow()).isBetween(590L, 600L);
            assertThat(publish.getUserProperties().asList())
                    .filteredOn(property -> !property.getName().toString().startsWith("trace"))
                    .extracting(property -> property.getName() + "=" + property.getValue())
                    .containsExactly("z=1", "a=2", "z=3");
        }
        client.disconnect();
    }

    @Test
    void a_payload_that_is_not_what_it_says_is_refused() { // MQT-12
        var client = connected();
        var publish = client.publishWith().topic(fresh()).qos(MqttQos.AT_LEAST_ONCE);
        for (var wrong : List.of(
                publish.payload(new byte[] {(byte) 0xc0}).payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8),
                publish.payload("{".getBytes(StandardCharsets.UTF_8)).contentType("application/json"))) {
            assertThatThrownBy(wrong::send)
                    .isInstanceOfSatisfying(
                            Mqtt5PubAckException.class,
                            refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                    .isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID));
        }
        client.disconnect();
    }

    @Test
    void overlapping_subscriptions_get_one_copy_at_the_highest_qos() { // MQT-21
        String base = fresh();
        var publisher = connected();
        var client = connected();
        try (Received received = Clients5.received(client)) {
            Clients5.subscribe(client, base + "/+", MqttQos.AT_MOST_ONCE);
            Clients5.subscribe(client, base + "/#", MqttQos.EXACTLY_ONCE);
            Clients5.subscribe(client, base + "/a", MqttQos.AT_LEAST_ONCE);
            for (int n = 0; n < 50; n++) {
                Clients5.publish(publisher, base + "/a", MqttQos.EXACTLY_ONCE, "n" + n);
            }
            for (int n = 0; n < 50; n++) {
                Mqtt5Publish publish = received.next();
                assertThat(Clients5.text(publish)).isEqualTo("n" + n);
                assertThat(publish.getQos()).isEqualTo(MqttQos.EXACTLY_ONCE);
            }
            assertThat(received.within(QUIET)).isEmpty();
            client.unsubscribeWith().topicFilter(base + "/#").send();
            Clients5.publish(publisher, base + "/a", MqttQos.EXACTLY_ONCE, "later");
            assertThat(received.next().getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
            assertThat(received.within(QUIET)).isEmpty();
        }
        publisher.disconnect();
        client.disconnect();
    }

    @Test
    void no_local_leaves_out_ones_own_messages_only() { // MQT-31
        String topic = fresh();
        var other = connected();
        var client = connected();
        try (Received received = Clients5.received(client)) {
            client.subscribeWith()
                    .topicFilter(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .noLocal(true)
                    .send();
            Clients5.publish(client, topic, MqttQos.AT_LEAST_ONCE, "mine");
            Clients5.publish(other, topic, MqttQos.AT_LEAST_ONCE, "theirs");
            assertThat(received.text()).isEqualTo("theirs");
            assertThat(received.within(QUIET)).isEmpty();
        }
        other.disconnect();
        client.disconnect();
    }

    @Test
    void retained_messages_come_as_retain_handling_says() { // MQT-32
        String topic = fresh();
        var publisher = connected();
        publisher
                .publishWith()
                .topic(topic)
                .retain(true)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("on".getBytes(StandardCharsets.UTF_8))
                .send();
        var client = connected();
        try (Received received = Clients5.received(client)) {
            subscribe(client, topic, Mqtt5RetainHandling.DO_NOT_SEND);
            assertThat(received.within(QUIET)).isEmpty();
            subscribe(client, topic, Mqtt5RetainHandling.SEND_IF_SUBSCRIPTION_DOES_NOT_EXIST);
            assertThat(received.within(QUIET)).isEmpty();
            subscribe(client, topic, Mqtt5RetainHandling.SEND);
            Mqtt5Publish retained = received.next();
            assertThat(retained.isRetain()).isTrue();
            assertThat(Clients5.text(retained)).isEqualTo("on");
            publisher
                    .publishWith()
                    .topic(topic)
                    .retain(true)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload("off".getBytes(StandardCharsets.UTF_8))
                    .send();
            Mqtt5Publish live = received.next();
            assertThat(Clients5.text(live)).isEqualTo("off");
            assertThat(live.isRetain()).isFalse();
            client.subscribeWith()
                    .topicFilter(topic)
                    .retainAsPublished(true)
                    .retainHandling(Mqtt5RetainHandling.DO_NOT_SEND)
                    .send();
            publisher
                    .publishWith()
                    .topic(topic)
                    .retain(true)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
            assertThat(received.next().isRetain()).isTrue();
            subscribe(client, topic, Mqtt5RetainHandling.SEND);
            assertThat(received.within(QUIET)).isEmpty();
        }
        publisher.disconnect();
        client.disconnect();
    }

    private static void subscribe(Mqtt5BlockingClient client, String topic, Mqtt5RetainHandling handling) {
        client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retainHandling(handling)
                .send();
    }

    @Test
    void a_slow_client_is_sent_no_more_than_its_receive_maximum_and_loses_nothing() { // MQT-22, FLO-2
        String topic = fresh();
        var publisher = connected();
        var client = Clients5.builder(suite, token).buildBlocking();
        client.connectWith()
                .restrictions()
                .receiveMaximum(3)
                .applyRestrictions()
                .send();
        try (Received received = Clients5.received(client)) {
            Clients5.subscribe(client, topic, MqttQos.AT_LEAST_ONCE);
            for (int n = 0; n < 100; n++) {
                Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "n" + n);
            }
            for (int n = 0; n < 100; n++) {
                assertThat(received.text()).isEqualTo("n" + n);
            }
        }
        publisher.disconnect();
        client.disconnect();
    }

    @Test
    void a_message_larger_than_the_client_takes_is_left_out() { // MQT-23
        String topic = fresh();
        var publisher = connected();
        var client = Clients5.builder(suite, token).buildBlocking();
        client.connectWith()
                .restrictions()
                .maximumPacketSize(200)
                .applyRestrictions()
                .send();
        try (Received received = Clients5.received(client)) {
            Clients5.subscribe(client, topic, MqttQos.AT_LEAST_ONCE);
            Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "x".repeat(200));
            Clients5.publish(publisher, topic, MqttQos.AT_LEAST_ONCE, "small");
            assertThat(received.text()).isEqualTo("small");
        }
        publisher.disconnect();
        client.disconnect();
    }
}
