package io.socle.realtime.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each limit of a message at both of its sides. */
class RealtimeMessageTest {
    private static final ChannelName CHANNEL = new ChannelName("a");

    @Test
    void identifiers_have_1_to_128_characters() {
        accepted(m -> m.id("i".repeat(128)).correlationId("c".repeat(128)));
        refused("message.id", m -> m.id(""));
        refused("message.id", m -> m.id("i".repeat(129)));
        refused("message.id", m -> m.id("a\u0000"));
        refused("message.id", m -> m.id("a\ud800"));
        refused("message.correlationId", m -> m.correlationId(""));
        refused("message.correlationId", m -> m.correlationId("c".repeat(129)));
    }

    @Test
    void attributes_have_1_to_512_characters() {
        String longest = "x".repeat(512);
        accepted(m -> m.source(longest).type(longest).contentType(longest));
        refused("message.source", m -> m.source(longest + "x"));
        refused("message.type", m -> m.type(longest + "x"));
        refused("message.contentType", m -> m.contentType(longest + "x"));
        refused("message.source", m -> m.source(""));
        refused("message.type", m -> m.type("a\nb"));
    }

    @Test
    void data_has_at_most_a_mebibyte() {
        accepted(m -> m.data(Payload.of(new byte[1024 * 1024])));
        refused("message.data", m -> m.data(Payload.of(new byte[1024 * 1024 + 1])));
    }

    @Test
    void headers_are_at_most_64_and_8_kib_together() {
        accepted(m -> m.headers(headers(64, "")));
        refused("message.headers", m -> m.headers(headers(65, "")));
        accepted(m -> m.headers(Map.of("ab", "é".repeat(4095))));
        refused("message.headers", m -> m.headers(Map.of("abc", "é".repeat(4095))));
        refused("message.headers name", m -> m.headers(Map.of("", "")));
        refused("message.headers name", m -> m.headers(Map.of("a\r", "")));
        refused("message.headers value", m -> m.headers(Map.of("a", "\r\nb: c")));
    }

    private static Map<String, String> headers(int count, String value) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "h" + i, i -> value));
    }

    @Test
    void privacy_names_at_most_64_receivers() {
        accepted(m -> m.privacy(new Privacy(Collections.nCopies(64, "bob"), true, Privacy.Audit.FULL, null)));
        refused(
                "privacy.receivers",
                m -> m.privacy(new Privacy(Collections.nCopies(65, "bob"), true, Privacy.Audit.FULL, null)));
        assertThat(Privacy.PUBLIC.mayReceive("anyone")).isTrue();
        assertThat(new Privacy(java.util.List.of("bob"), true, Privacy.Audit.FULL, null).mayReceive("eve"))
                .isFalse();
    }

    @Test
    void a_time_to_live_is_whole_milliseconds_that_json_can_carry() {
        accepted(m -> m.offline(live(Duration.ofMillis(1))));
        accepted(m -> m.offline(live(Duration.ofMillis((1L << 53) - 1))));
        refused("offline.timeToLive", m -> m.offline(live(Duration.ZERO)));
        refused("offline.timeToLive", m -> m.offline(live(Duration.ofNanos(999_999))));
        refused("offline.timeToLive", m -> m.offline(live(Duration.ofNanos(1_000_001))));
        refused("offline.timeToLive", m -> m.offline(live(Duration.ofMillis(1L << 53))));
        refused("offline.timeToLive", m -> m.offline(live(Duration.ofSeconds(Long.MAX_VALUE))));
        refused("offline.collapseKey", m -> m.offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, null, null)));
    }

    private static OfflinePolicy live(Duration timeToLive) {
        return new OfflinePolicy(OfflinePolicy.Mode.QUEUE, timeToLive, null);
    }

    @Test
    void times_are_within_the_years_that_rfc_3339_has() {
        Instant first = Instant.parse("0000-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");
        accepted(m -> m.timestamp(first).expiry(last));
        refused("message.time", m -> m.timestamp(first.minusNanos(1)));
        refused("message.expiry", m -> m.expiry(last.plusNanos(1)));
        refused("message.time", m -> m.timestamp(Instant.MAX));
    }

    @Test
    void a_trace_context_is_of_version_00_and_not_all_zero() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        String span = "b7ad6b7169203331";
        accepted(m -> m.trace(new TraceContext("00-" + trace + "-" + span + "-01", "a".repeat(512))));
        for (String parent : new String[] {
            "",
            "01-" + trace + "-" + span + "-01",
            "00-" + "0".repeat(32) + "-" + span + "-01",
            "00-" + trace + "-" + "0".repeat(16) + "-01",
            "00-" + trace.toUpperCase(java.util.Locale.ROOT) + "-" + span + "-01",
            "00-" + trace + "-" + span + "-01-",
        }) {
            refused("traceparent", m -> m.trace(new TraceContext(parent, null)));
        }
        refused("tracestate", m -> m.trace(new TraceContext("00-" + trace + "-" + span + "-01", "a".repeat(513))));
    }

    @Test
    void a_producer_counts_from_1_within_an_epoch_from_0() {
        assertThat(new ProducerSequence("p", 0, 1).sequence()).isEqualTo(1);
        assertThatThrownBy(() -> new ProducerSequence("p", -1, 1)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new ProducerSequence("p", 0, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new ProducerSequence("", 0, 1)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void qos_has_three_levels_and_the_lower_of_two_is_delivered() {
        assertThat(Qos.of(0).lower(Qos.of(2))).isEqualTo(Qos.AT_MOST_ONCE);
        assertThat(Qos.of(2).lower(Qos.of(1))).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThatThrownBy(() -> Qos.of(3)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Qos.of(-1)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void a_payload_never_shows_its_content() {
        assertThat(RealtimeMessage.builder("1", CHANNEL)
                        .json("\"secret\"")
                        .build()
                        .toString())
                .doesNotContain("secret");
    }

    private static void accepted(Consumer<MessageBuilder> change) {
        MessageBuilder builder = RealtimeMessage.builder("1", CHANNEL);
        change.accept(builder);
        RealtimeMessage message = builder.build();
        assertThat(message.toBuilder().build()).isEqualTo(message);
    }

    private static void refused(String field, Consumer<MessageBuilder> change) {
        MessageBuilder builder = RealtimeMessage.builder("1", CHANNEL);
        assertThatThrownBy(() -> {
                    change.accept(builder);
                    builder.build();
                })
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
