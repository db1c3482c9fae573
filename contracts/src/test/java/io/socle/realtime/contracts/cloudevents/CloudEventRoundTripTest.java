package io.socle.realtime.contracts.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.random.RandomValues;
import io.socle.realtime.contracts.random.Seeds;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clauses CE-1 to CE-5: nothing is lost in either direction, in any binding. */
class CloudEventRoundTripTest {
    private static final ChannelName CHANNEL = new ChannelName("orders/eu");

    @Test
    void ce_1_every_message_comes_back_equal_from_an_event() {
        Seeds.check(5_000, values -> {
            RealtimeMessage message = odd(values);
            assertThat(CloudEvents.fromCloudEvent(CloudEvents.toCloudEvent(message), values.maybe(message::channel)))
                    .isEqualTo(message);
        });
    }

    @Test
    void ce_1_every_message_comes_back_equal_from_http_binary_mode_by_headers_of_visible_ascii() {
        Seeds.check(3_000, values -> {
            RealtimeMessage message = odd(values);
            Map<String, String> headers = new HashMap<>();
            byte[] body = CloudEventHttp.writeBinary(message, headers::put);
            assertThat(CloudEventHttp.isCloudEvent(headers)).isTrue();
            headers.forEach((name, value) ->
                    assertThat(name.startsWith("ce-") ? value : "x").matches("[!-~]*"));
            assertThat(CloudEventHttp.read(headers, body, null))
                    .as(headers.toString())
                    .isEqualTo(message);
        });
    }

    @Test
    void ce_1_every_message_comes_back_equal_from_http_structured_mode() {
        Seeds.check(3_000, values -> {
            RealtimeMessage message = odd(values);
            byte[] body = CloudEventHttp.writeStructured(message);
            var headers = Map.of("content-type", CloudEventJson.CONTENT_TYPE + "; charset=utf-8");
            assertThat(CloudEventHttp.read(headers, body, null))
                    .as(new String(body, UTF_8))
                    .isEqualTo(message);
        });
    }

    @Test
    void ce_1_every_batch_comes_back_equal_and_in_order() {
        Seeds.check(500, values -> {
            List<RealtimeMessage> messages = List.of(odd(values), odd(values), odd(values));
            assertThat(CloudEventHttp.readBatch(CloudEventHttp.writeBatch(messages), 3))
                    .isEqualTo(messages);
        });
    }

    @Test
    void ce_1_every_message_comes_back_equal_from_kafka() {
        Seeds.check(3_000, values -> {
            RealtimeMessage message = odd(values);
            var record = CloudEventKafka.write("rt.events", message);
            assertThat(record.key()).isEqualTo(message.channel().value());
            assertThat(CloudEventKafka.read(record.headers(), record.value(), null))
                    .isEqualTo(message);
        });
    }

    /** A random message, often with texts that the mapping itself uses. */
    private static RealtimeMessage odd(RandomValues values) {
        RealtimeMessage message = values.message();
        var odd = message.toBuilder();
        if (values.upTo(3) == 0) {
            odd.type(values.of("io.socle.realtime.message", "io.socle.realtime.message=io.socle.realtime.message"));
        }
        if (values.upTo(3) == 0) {
            odd.source(values.of(
                    "urn:realtime:source:alice",
                    "urn:realtime:source:%C3%A9",
                    "urn:realtime:source:urn%3Arealtime%3Asource%3A%25C3%25A9",
                    "urn:realtime:channel:a",
                    "urn:realtime:channel:%2F",
                    "https://example.com/a?b#c",
                    "a b"));
        }
        if (values.upTo(2) == 0) {
            Map<String, String> headers = new TreeMap<>(message.headers());
            for (int i = values.upTo(3); i >= 0; i--) {
                headers.put(
                        "ce-"
                                + values.of(
                                        "subject",
                                        "dataschema",
                                        "traceparent",
                                        "tracestate",
                                        "id",
                                        "rtqos",
                                        "foo",
                                        "Foo",
                                        "",
                                        "expirytime",
                                        "data",
                                        "database64"),
                        values.of("", "x", "a b", values.trace().traceparent(), "é%20"));
            }
            odd.headers(headers);
        }
        return odd.build();
    }

    @Test
    void ce_2_a_foreign_event_comes_back_with_all_its_attributes() {
        Seeds.check(5_000, values -> {
            CloudEvent event = foreign(values);
            RealtimeMessage message = CloudEvents.fromCloudEvent(event, CHANNEL);
            assertForeign(event, CloudEvents.toCloudEvent(message));
            Map<String, String> headers = new HashMap<>();
            byte[] body = CloudEventHttp.writeBinary(message, headers::put);
            assertForeign(event, CloudEvents.toCloudEvent(CloudEventHttp.read(headers, body, CHANNEL)));
            byte[] structured = CloudEventHttp.writeStructured(message);
            assertForeign(event, CloudEventJson.read(structured));
        });
    }

    private static CloudEvent foreign(RandomValues values) {
        var event = CloudEventBuilder.v1()
                .withId(values.text(30))
                .withSource(URI.create(values.of("/a", "https://example.com/x?y=%20#z", "urn:uuid:6e8bc430", "a")))
                .withType(values.text(30))
                .withSubject(values.maybe(() -> values.text(30)))
                .withDataSchema(values.maybe(() -> URI.create("https://example.com/schema")))
                .withTime(values.maybe(() -> values.time().atOffset(ZoneOffset.UTC)))
                .withDataContentType("application/json");
        if (values.chance()) {
            event.withExtension("comexampleextension", values.text(20));
        }
        if (values.chance()) {
            event.withExtension("number", values.random().nextInt());
        }
        if (values.chance()) {
            event.withExtension("flag", values.chance());
        }
        if (values.chance()) {
            event.withExtension("traceparent", values.of("junk", values.trace().traceparent()));
        }
        if (values.chance()) {
            event.withExtension("tracestate", "a=b");
        }
        if (values.chance()) {
            event.withExtension("rtunknown", "x");
        }
        return values.chance()
                ? event.withData(values.json(2).strip().getBytes(UTF_8)).build()
                : event.build();
    }

    private static void assertForeign(CloudEvent expected, CloudEvent event) {
        assertThat(event.getId()).isEqualTo(expected.getId());
        assertThat(event.getSource()).isEqualTo(expected.getSource());
        assertThat(event.getType()).isEqualTo(expected.getType());
        assertThat(event.getSubject()).isEqualTo(expected.getSubject());
        assertThat(event.getDataSchema()).isEqualTo(expected.getDataSchema());
        assertThat(event.getTime()).isEqualTo(expected.getTime());
        assertThat(event.getDataContentType()).isEqualTo(expected.getDataContentType());
        assertThat(bytes(event)).isEqualTo(bytes(expected));
        Map<String, String> extensions = extensions(event);
        assertThat(extensions.remove("rtchannel")).isEqualTo(CHANNEL.value());
        assertThat(extensions).isEqualTo(extensions(expected));
    }

    private static Map<String, String> extensions(CloudEvent event) {
        Map<String, String> extensions = new TreeMap<>();
        event.getExtensionNames().forEach(name -> extensions.put(name, String.valueOf(event.getExtension(name))));
        return extensions;
    }

    private static byte @Nullable [] bytes(CloudEvent event) {
        var data = event.getData();
        return data == null ? null : data.toBytes();
    }

    @Test
    void ce_5_the_sdks_own_json_format_reads_what_is_written_and_the_other_way_round() {
        JsonFormat sdk = new JsonFormat();
        Seeds.check(2_000, values -> {
            CloudEvent event = foreign(values);
            CloudEvent bySdk = sdk.deserialize(new CloudEventJson().serialize(event));
            assertThat(extensions(bySdk)).isEqualTo(extensions(event));
            assertThat(bySdk.getId()).isEqualTo(event.getId());
            assertThat(bySdk.getSubject()).isEqualTo(event.getSubject());
            assertThat(bySdk.getTime()).isEqualTo(event.getTime());
            CloudEvent byUs = CloudEventJson.read(sdk.serialize(event));
            assertThat(extensions(byUs)).isEqualTo(extensions(event));
            assertThat(bytes(byUs)).isEqualTo(bytes(event));
            assertThat(byUs.getType()).isEqualTo(event.getType());
        });
    }
}
