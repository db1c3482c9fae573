package io.socle.realtime.gateway.transport.mqtt.mapping;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table "A message and its PUBLISH" of docs/protocol/mqtt.md, word by word, out and back. */
class MappingTableTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static final RealtimeMessage WHOLE = RealtimeMessage.builder("m-1", new ChannelName("farm/7/pump"))
            .source("/sensors/7")
            .type("com.example.pump")
            .contentType("text/plain")
            .data(Payload.utf8("on"))
            .qos(Qos.EXACTLY_ONCE)
            .retain(true)
            .privacy(new Privacy(List.of("bob", "eve"), false, Privacy.Audit.METADATA, "mls"))
            .offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, Duration.ofSeconds(5), "pump"))
            .trace(new TraceContext(TRACE, "a=1"))
            .headers(Map.of("colour", "blue", "rt-id", "not the id"))
            .timestamp(NOW)
            .expiry(NOW.plusMillis(1_500))
            .correlationId("c-1")
            .replyTo(new ChannelName("replies/1"))
            .build();

    /** Every user property of the table, as a client that knows only the docs writes it. */
    private static final List<UserProperty> USER = List.of(
            new UserProperty("colour", "blue"),
            new UserProperty("rt-h-rt-id", "not the id"),
            new UserProperty("rt-id", "m-1"),
            new UserProperty("rt-source", "/sensors/7"),
            new UserProperty("rt-type", "com.example.pump"),
            new UserProperty("rt-time", "2026-11-01T10:00:00Z"),
            new UserProperty("rt-receiver", "bob"),
            new UserProperty("rt-receiver", "eve"),
            new UserProperty("rt-store", "false"),
            new UserProperty("rt-audit", "metadata"),
            new UserProperty("rt-encryption", "mls"),
            new UserProperty("rt-offline", "latest"),
            new UserProperty("rt-ttl-ms", "5000"),
            new UserProperty("rt-collapse-key", "pump"),
            new UserProperty("rt-expiry", "2026-11-01T10:00:01.500Z"),
            new UserProperty("traceparent", TRACE),
            new UserProperty("tracestate", "a=1"));

    @Test
    void every_part_goes_out_under_the_name_that_the_table_gives_it() { // MQT-41
        RealtimeMessage placed = WHOLE.toBuilder().position(new Position(7, 9)).build();
        Properties out = OutboundMessages.properties(placed, MessageFormat.REALTIME);
        assertThat(out.text(Property.CONTENT_TYPE)).isEqualTo("text/plain");
        assertThat(out.text(Property.RESPONSE_TOPIC)).isEqualTo("replies/1");
        assertThat(out.binary(Property.CORRELATION_DATA)).isEqualTo(Payload.utf8("c-1"));
        assertThat(out.user()).containsAll(USER);
        assertThat(out.user())
                .contains(
                        new UserProperty("rt-qos", "2"),
                        new UserProperty("rt-position", new Position(7, 9).toString()));
        assertThat(out.user()).hasSize(USER.size() + 2);
    }

    @Test
    void every_part_comes_in_under_the_name_that_the_table_gives_it() { // MQT-41
        Properties.Builder in = Properties.builder()
                .text(Property.CONTENT_TYPE, "text/plain")
                .text(Property.RESPONSE_TOPIC, "replies/1")
                .binary(Property.CORRELATION_DATA, Payload.utf8("c-1"));
        USER.forEach(property -> in.user(property.name(), property.value()));
        assertThat(read(2, true, in.build())).isEqualTo(WHOLE);
    }

    @Test
    void to_who_asks_for_nothing_come_headers_trace_and_policies_only() { // MQT-40
        List<UserProperty> user =
                OutboundMessages.properties(WHOLE, MessageFormat.PLAIN).user();
        assertThat(user)
                .extracting(UserProperty::name)
                .doesNotContain("rt-id", "rt-source", "rt-time", "rt-position", "rt-expiry", "rt-qos");
        assertThat(user).contains(USER.getFirst(), USER.get(1), USER.getLast());
    }

    @Test
    void before_version_5_there_are_topic_payload_qos_and_retain_and_an_id_of_the_gateways() { // MQT-41
        RealtimeMessage plain = read(1, true, Properties.NONE);
        assertThat(plain)
                .isEqualTo(RealtimeMessage.builder("fresh-1", new ChannelName("farm/7/pump"))
                        .data(Payload.utf8("on"))
                        .qos(Qos.AT_LEAST_ONCE)
                        .retain(true)
                        .build());
    }

    private static RealtimeMessage read(int qos, boolean retain, Properties properties) {
        return InboundMessages.read(
                        new InboundMessages.Content("farm/7/pump", qos, retain, properties, Payload.utf8("on")),
                        "fresh-1",
                        NOW)
                .complete(() -> "unused", null);
    }

    @Test
    void the_docs_name_every_property() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "protocol", "mqtt.md"));
        for (UserProperty property : USER) {
            String name = property.name();
            if (!name.equals("colour") && !name.startsWith("rt-h-")) {
                assertThat(page).as(name).contains('`' + name);
            }
        }
        assertThat(page).contains("`rt-qos`", "`rt-position`", "`rt-h-<name>`");
    }
}
