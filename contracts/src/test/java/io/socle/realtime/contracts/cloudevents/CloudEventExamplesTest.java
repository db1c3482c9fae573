package io.socle.realtime.contracts.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.random.Seeds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples of the CloudEvents specification 1.0, and what is refused. */
class CloudEventExamplesTest {
    private static final ChannelName CHANNEL = new ChannelName("example");

    @Test
    void the_example_of_the_core_specification_is_read_whole() {
        RealtimeMessage message = structured("""
                {
                    "specversion" : "1.0",
                    "type" : "com.github.pull_request.opened",
                    "source" : "https://github.com/cloudevents/spec/pull",
                    "subject" : "123",
                    "id" : "A234-1234-1234",
                    "time" : "2018-04-05T17:31:00Z",
                    "comexampleextension1" : "value",
                    "comexampleothervalue" : 5,
                    "datacontenttype" : "text/xml",
                    "data" : "<much wow=\\"xml\\"/>"
                }
                """);
        assertThat(message.id()).isEqualTo("A234-1234-1234");
        assertThat(message.source()).isEqualTo("https://github.com/cloudevents/spec/pull");
        assertThat(message.type()).isEqualTo("com.github.pull_request.opened");
        assertThat(message.timestamp()).isEqualTo(Instant.parse("2018-04-05T17:31:00Z"));
        assertThat(message.contentType()).isEqualTo("text/xml");
        assertThat(message.data().utf8()).isEqualTo("<much wow=\"xml\"/>");
        assertThat(message.headers())
                .isEqualTo(Map.of(
                        "ce-subject", "123", "ce-comexampleextension1", "value", "ce-comexampleothervalue", "5"));
    }

    @Test
    void the_examples_of_the_json_format_are_read_whole() {
        RealtimeMessage base64 = structured("""
                {"specversion":"1.0","type":"com.example.someevent","source":"/mycontext","id":"D234-1234-1234",
                 "comexampleextension1":"value","comexampleothervalue":5,"unsetextension":null,
                 "datacontenttype":"application/vnd.apache.thrift.binary","data_base64":"AQID"}
                """);
        assertThat(base64.data().bytes()).containsExactly(1, 2, 3);
        assertThat(base64.headers()).doesNotContainKey("ce-unsetextension");
        RealtimeMessage json = structured("""
                {"specversion":"1.0","type":"com.example.someevent","source":"/mycontext","subject":null,"id":"C234",
                 "datacontenttype":"application/json","data":{"appinfoA" : "abc", "appinfoB" : 123, "appinfoC" : true}}
                """);
        assertThat(json.data().utf8()).isEqualTo("{\"appinfoA\" : \"abc\", \"appinfoB\" : 123, \"appinfoC\" : true}");
        RealtimeMessage implied =
                structured("{'specversion':'1.0','type':'t','source':'/s','id':'i','data':'a'}".replace('\'', '"'));
        assertThat(implied.contentType()).isEqualTo("application/json");
        assertThat(implied.data().utf8()).isEqualTo("\"a\"");
    }

    @Test
    void the_example_of_the_http_binding_is_read_whole_with_names_in_any_case() {
        Map<String, String> headers = Map.of(
                "CE-SpecVersion", "1.0",
                "ce-type", "com.example.someevent",
                "ce-time", "2018-04-05T03:56:24Z",
                "ce-id", "1234-1234-1234",
                "ce-source", "/mycontext/subcontext",
                "ce-subject", "Euro%20%E2%82%AC%20%F0%9F%98%80",
                "ce-quoted", "\"a \\\"b\\\"\"",
                "content-type", "application/json; charset=utf-8",
                "accept", "*/*");
        assertThat(CloudEventHttp.isCloudEvent(headers)).isTrue();
        RealtimeMessage message = CloudEventHttp.read(headers, "{}".getBytes(UTF_8), CHANNEL);
        assertThat(message.source()).isEqualTo("/mycontext/subcontext");
        assertThat(message.contentType()).isEqualTo("application/json; charset=utf-8");
        assertThat(message.headers()).isEqualTo(Map.of("ce-subject", "Euro € 😀", "ce-quoted", "a \"b\""));
        assertThat(CloudEventHttp.isCloudEvent(Map.of("content-type", "application/json")))
                .isFalse();
    }

    @Test
    void ce_3_the_table_of_attributes_holds() {
        RealtimeMessage message = RealtimeMessage.builder("1", new ChannelName("chat/é"))
                .qos(Qos.EXACTLY_ONCE)
                .retain(true)
                .privacy(new Privacy(List.of("bob", "eve,adam"), false, Privacy.Audit.NONE, "mls"))
                .headers(Map.of("a b", "1&2", "ce-foo", "bar"))
                .expiry(Instant.parse("2026-01-01T00:00:00Z"))
                .build();
        CloudEvent event = CloudEvents.toCloudEvent(message);
        Map<String, @Nullable Object> extensions = new HashMap<>();
        event.getExtensionNames().forEach(name -> extensions.put(name, event.getExtension(name)));
        assertThat(extensions)
                .isEqualTo(Map.of(
                        "rtchannel", "chat/é",
                        "rtqos", "2",
                        "rtretain", "true",
                        "rtreceivers", "bob,eve%2Cadam",
                        "rtstore", "false",
                        "rtaudit", "none",
                        "rtencryption", "mls",
                        "expirytime", "2026-01-01T00:00:00Z",
                        "rtheaders", "a%20b=1%262",
                        "foo", "bar"));
        assertThat(event.getSource()).hasToString("urn:realtime:channel:chat%2F%C3%A9");
        assertThat(event.getType()).isEqualTo("io.socle.realtime.message");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MALFORMED_FRAME | []",
                "MALFORMED_FRAME | {",
                "DUPLICATE_KEY   | {'specversion':'1.0','type':'t','source':'/s','id':'i','id':'j'}",
                "INVALID_VALUE   | {'type':'t','source':'/s','id':'i'}",
                "INVALID_VALUE   | {'specversion':'0.3','type':'t','source':'/s','id':'i'}",
                "MISSING_FIELD   | {'specversion':'1.0','source':'/s','id':'i'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':' ','id':'i'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':''}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':7}",
                "INVALID_VALUE   | {'specversion':'1.0','type':null,'source':'/s','id':'i'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','time':'now'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','Upper':'x'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','x':{}}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','x':1.5}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','x':2147483648}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','rtqos':3}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','rtstore':'no'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','rtheaders':'a'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','rtheaders':'a=%zz'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','expirytime':'x'}",
                "INVALID_VALUE   | {'specversion':'1.0','type':'t','source':'/s','id':'i','data':1,'data_base64':''}",
                "INVALID_CHANNEL | {'specversion':'1.0','type':'t','source':'/s','id':'i','rtchannel':'other'}",
                "INVALID_CHANNEL | {'specversion':'1.0','type':'t','source':'/s','id':'i','rtreplyto':'#'}",
                "INVALID_DATA    | {'specversion':'1.0','type':'t','source':'/s','id':'i','data_base64':'%'}",
                "INVALID_DATA    | {'specversion':'1.0','type':'t','source':'/s','id':'i','datacontenttype':'application/json','data_base64':'ew=='}",
                "INVALID_DATA    | {'specversion':'1.0','type':'t','source':'/s','id':'i','datacontenttype':'text/plain','data':'\\udc00'}",
                "MALFORMED_FRAME | {'specversion':'1.0','type':'t','source':'/s','id':'i','data_base64':1}",
            })
    void an_event_that_breaks_a_rule_is_refused_with_a_code(FailureCode code, String event) {
        assertThat(code(() -> structured(event.replace('\'', '"')))).isEqualTo(code);
    }

    @Test
    void ce_4_an_event_without_a_channel_goes_to_its_subject_and_without_either_nowhere() {
        String event = "{'specversion':'1.0','type':'t','source':'/s','id':'i'%s}".replace('\'', '"');
        byte[] batch = ("[" + event.formatted(",\"subject\":\"a/b\"") + "]").getBytes(UTF_8);
        assertThat(CloudEventHttp.readBatch(batch, 1).getFirst().channel()).isEqualTo(new ChannelName("a/b"));
        byte[] nowhere = ("[" + event.formatted("") + "]").getBytes(UTF_8);
        assertThat(code(() -> CloudEventHttp.readBatch(nowhere, 1))).isEqualTo(FailureCode.MISSING_FIELD);
        assertThat(code(() -> CloudEventHttp.readBatch(batch, 0))).isEqualTo(FailureCode.BATCH_TOO_LARGE);
        assertThat(code(() -> CloudEventHttp.readBatch("[1]".getBytes(UTF_8), 9)))
                .isEqualTo(FailureCode.MALFORMED_FRAME);
    }

    @Test
    void a_damaged_event_is_read_or_refused_and_nothing_else_comes_out() {
        Seeds.check(20_000, values -> {
            byte[] body = CloudEventHttp.writeStructured(values.message());
            body[values.upTo(body.length - 1)] = (byte) values.upTo(255);
            code(() -> CloudEventHttp.read(Map.of("Content-Type", CloudEventJson.CONTENT_TYPE), body, null));
            Map<String, String> headers = new HashMap<>();
            byte[] data = CloudEventHttp.writeBinary(values.message(), headers::put);
            String damaged = values.of(headers.keySet().toArray(String[]::new));
            headers.put(damaged, values.of("", "%", "%ff", "x", "\"", values.text(10)));
            code(() -> CloudEventHttp.read(headers, data, null));
            var record = CloudEventKafka.write("t", values.message());
            record.headers().add("ce_" + values.of("time", "source", "id", "rtqos", "É"), values.bytes(5));
            code(() -> CloudEventKafka.read(record.headers(), record.value(), null));
        });
    }

    private static RealtimeMessage structured(String event) {
        return CloudEventHttp.read(Map.of("Content-Type", CloudEventJson.CONTENT_TYPE), event.getBytes(UTF_8), CHANNEL);
    }

    private static @Nullable FailureCode code(Runnable action) {
        try {
            action.run();
            return null;
        } catch (ProblemException e) {
            return e.problem().code();
        }
    }
}
