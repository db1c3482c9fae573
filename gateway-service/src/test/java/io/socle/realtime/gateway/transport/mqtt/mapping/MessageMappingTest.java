package io.socle.realtime.gateway.transport.mqtt.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties.UserProperty;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageMappingTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static RealtimeMessage read(String topic, int qos, boolean retain, Properties properties, Payload payload) {
        return InboundMessages.read(
                        new InboundMessages.Content(topic, qos, retain, properties, payload), "fresh-1", NOW)
                .complete(() -> "unused", null);
    }

    private static RealtimeMessage back(RealtimeMessage message, MessageFormat format) {
        return read(
                message.channel().value(),
                message.qos().level(),
                message.retain(),
                OutboundMessages.properties(message, format),
                message.data());
    }

    static long[] seeds() {
        long[] seeds = new long[200];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = 300 + i;
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_part_of_a_message_comes_back_equal(long seed) { // MQT-41, MQT-42
        RealtimeMessage message =
                random(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        RealtimeMessage expected = message.toBuilder().position(null).build();
        assertThat(back(message, MessageFormat.REALTIME)).as("seed %d", seed).isEqualTo(expected);
        assertThat(back(message, MessageFormat.CLOUDEVENTS)).as("seed %d", seed).isEqualTo(expected);
    }

    private static RealtimeMessage random(RandomGenerator random) {
        Map<String, String> headers = new TreeMap<>();
        String[] names = {"colour", "rt-id", "rt-h-x", "traceparent", "Ünïcode", "a b", "ce-x"};
        for (String name : names) {
            if (random.nextInt(3) == 0) {
                headers.put(name, text(random));
            }
        }
        boolean json = random.nextInt(3) == 0;
        return RealtimeMessage.builder("id-" + random.nextInt(), new ChannelName("mqtt/" + random.nextInt(100)))
                .source(random.nextBoolean() ? null : "/sensors/" + random.nextInt(9))
                .type(random.nextBoolean() ? null : "com.example." + text(random))
                .contentType(json ? RealtimeMessage.JSON : random.nextBoolean() ? null : "text/plain")
                .data(json ? Payload.utf8("{\"n\":1}") : bytes(random))
                .qos(Qos.of(random.nextInt(3)))
                .retain(random.nextBoolean())
                .privacy(privacy(random))
                .offline(offline(random))
                .trace(random.nextBoolean() ? null : new TraceContext(TRACE, random.nextBoolean() ? null : "a=1"))
                .headers(headers)
                .timestamp(random.nextBoolean() ? null : NOW.plusNanos(random.nextInt(1_000_000_000)))
                .expiry(random.nextBoolean() ? null : NOW.plusMillis(random.nextInt(1_000_000)))
                .correlationId(random.nextBoolean() ? null : correlation(random))
                .replyTo(random.nextBoolean() ? null : new ChannelName("replies/" + random.nextInt(9)))
                .position(new Position(7, 1 + random.nextInt(1_000)))
                .build();
    }

    private static Payload bytes(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(1, 20)];
        random.nextBytes(bytes);
        return Payload.of(bytes);
    }

    private static String text(RandomGenerator random) {
        String[] texts = {"x", "a b", "ü\ud83d\ude00", "1=2&3", "100%", "\"q\""};
        return texts[random.nextInt(texts.length)];
    }

    private static String correlation(RandomGenerator random) {
        String[] texts = {"c-1", "base64:AAE=", "base64:", "base64:!", "grüße"};
        return texts[random.nextInt(texts.length)];
    }

    private static Privacy privacy(RandomGenerator random) {
        List<String> receivers = random.nextBoolean() ? List.of() : List.of("bob", "eve, jr");
        return new Privacy(
                receivers,
                random.nextBoolean(),
                Privacy.Audit.values()[random.nextInt(3)],
                random.nextBoolean() ? null : "mls");
    }

    private static OfflinePolicy offline(RandomGenerator random) {
        return new OfflinePolicy(
                OfflinePolicy.Mode.values()[random.nextInt(3)],
                random.nextBoolean() ? null : Duration.ofMillis(1 + random.nextInt(100_000)),
                "key " + random.nextInt(5));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void user_properties_come_back_unaltered_and_in_order(long seed) { // MQT-40
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String[] words = {"", "a", "b", "é", "x\ny", "mqtt-user-properties", "a=b&c", "%"};
        List<UserProperty> given = new ArrayList<>();
        Properties.Builder properties = Properties.builder();
        for (int count = random.nextInt(6); count > 0; count--) {
            var property = new UserProperty(words[random.nextInt(words.length)], words[random.nextInt(words.length)]);
            given.add(property);
            properties.user(property.name(), property.value());
        }
        RealtimeMessage message = read("a", 1, false, properties.build(), Payload.EMPTY);
        assertThat(OutboundMessages.properties(message, MessageFormat.PLAIN).user())
                .as("seed %d", seed)
                .isEqualTo(given);
    }

    @Test
    void the_properties_of_mqtt_are_parts_of_the_message() { // MQT-41
        Properties properties = Properties.builder()
                .text(Property.CONTENT_TYPE, "text/plain")
                .text(Property.RESPONSE_TOPIC, "replies/1")
                .binary(Property.CORRELATION_DATA, Payload.of(new byte[] {0, (byte) 0xff}))
                .number(Property.MESSAGE_EXPIRY, 60)
                .number(Property.PAYLOAD_FORMAT, 1)
                .user("traceparent", TRACE)
                .user("rt-type", "com.example.t")
                .user("colour", "blue")
                .build();
        RealtimeMessage message = read("a/b", 2, true, properties, Payload.utf8("hi"));
        assertThat(message.id()).isEqualTo("fresh-1");
        assertThat(message.channel()).isEqualTo(new ChannelName("a/b"));
        assertThat(message.qos()).isEqualTo(Qos.EXACTLY_ONCE);
        assertThat(message.retain()).isTrue();
        assertThat(message.contentType()).isEqualTo("text/plain");
        assertThat(message.replyTo()).isEqualTo(new ChannelName("replies/1"));
        assertThat(message.correlationId()).isEqualTo("base64:AP8=");
        assertThat(message.expiry()).isEqualTo(NOW.plusSeconds(60));
        assertThat(message.trace()).isEqualTo(new TraceContext(TRACE, null));
        assertThat(message.type()).isEqualTo("com.example.t");
        assertThat(message.headers()).containsEntry("colour", "blue");
        Properties out = OutboundMessages.properties(message, MessageFormat.PLAIN);
        assertThat(out.binary(Property.CORRELATION_DATA)).isEqualTo(Payload.of(new byte[] {0, (byte) 0xff}));
        assertThat(out.number(Property.PAYLOAD_FORMAT, 0)).isOne();
        assertThat(out.user("rt-id")).isNull();
    }

    @Test
    void an_event_in_binary_mode_is_a_message_and_comes_out_as_an_event() { // MQT-42, CE-2
        Properties properties = Properties.builder()
                .text(Property.CONTENT_TYPE, "application/json")
                .user("specversion", "1.0")
                .user("id", "e-1")
                .user("source", "/s")
                .user("type", "t")
                .user("comexampleext", "v")
                .build();
        RealtimeMessage message = read("a", 1, false, properties, Payload.utf8("{}"));
        assertThat(message.id()).isEqualTo("e-1");
        assertThat(message.headers()).containsEntry("ce-comexampleext", "v");
        Properties out = OutboundMessages.properties(message, MessageFormat.CLOUDEVENTS);
        for (String name : List.of("specversion", "id", "source", "type", "comexampleext")) {
            assertThat(out.user(name)).as(name).isEqualTo(properties.user(name));
        }
        assertThat(out.text(Property.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void an_event_in_structured_mode_is_a_message() { // MQT-42
        Properties properties = Properties.builder()
                .text(Property.CONTENT_TYPE, "application/cloudevents+json; charset=utf-8")
                .build();
        RealtimeMessage message = read(
                "a",
                1,
                false,
                properties,
                Payload.utf8(
                        "{\"specversion\":\"1.0\",\"id\":\"e\",\"source\":\"/s\",\"type\":\"t\",\"data\":{\"a\":1}}"));
        assertThat(message.id()).isEqualTo("e");
        assertThat(message.data().utf8()).isEqualTo("{\"a\":1}");
    }

    @Test
    void what_breaks_a_rule_is_a_problem() { // MQT-12
        refused(
                FailureCode.INVALID_DATA,
                Properties.builder().number(Property.PAYLOAD_FORMAT, 1).build());
        refused(
                FailureCode.INVALID_DATA,
                Properties.builder()
                        .text(Property.CONTENT_TYPE, "application/json")
                        .build());
        refused(
                FailureCode.INVALID_VALUE,
                Properties.builder().user("rt-ttl-ms", "-1").build());
        refused(
                FailureCode.INVALID_VALUE,
                Properties.builder().user("rt-audit", "some").build());
        refused(
                FailureCode.INVALID_VALUE,
                Properties.builder().user("specversion", "0.3").build());
    }

    private static void refused(FailureCode code, Properties properties) {
        assertThatThrownBy(() -> read("a", 1, false, properties, Payload.of(new byte[] {(byte) 0xc0})))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    @Test
    void the_rest_of_a_life_is_told_in_seconds_upwards() { // MQT-24
        assertThat(OutboundMessages.secondsLeft(NOW.plusMillis(1), NOW)).isOne();
        assertThat(OutboundMessages.secondsLeft(NOW.plusSeconds(2), NOW)).isEqualTo(2);
        assertThat(OutboundMessages.secondsLeft(NOW, NOW)).isZero();
    }
}
