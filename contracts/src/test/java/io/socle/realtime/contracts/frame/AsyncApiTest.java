package io.socle.realtime.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.random.Seeds;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** docs/protocol/asyncapi.yaml says what the codec does. */
class AsyncApiTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final AsyncApi api = new AsyncApi();

    @Test
    void every_golden_frame_is_valid_by_its_schema_and_every_schema_has_a_golden_frame() {
        Set<String> seen = new TreeSet<>();
        GoldenFrames.client().values().forEach(frame -> seen.add(valid("client", ClientFrameWriter.write(frame))));
        GoldenFrames.server().values().forEach(frame -> seen.add(valid("server", ServerFrameWriter.write(frame))));
        assertThat(api.frames()).isEqualTo(seen);
    }

    @Test
    void every_frame_is_a_message_of_the_channel_and_of_an_operation() {
        JsonNode channel = api.document().at("/channels/ws/messages");
        assertThat(new TreeSet<>(channel.propertyNames())).isEqualTo(api.frames());
        String operations = api.document().get("operations").toString();
        api.frames().forEach(frame -> assertThat(operations).contains("#/channels/ws/messages/" + frame + "\""));
    }

    @Test
    void every_frame_that_the_codec_writes_is_valid() {
        Seeds.check(2_000, values -> {
            RandomFrames frames = new RandomFrames(values);
            valid("client", ClientFrameWriter.write(frames.client()));
            valid("server", ServerFrameWriter.write(frames.server()));
        });
    }

    /** Returns the frame's name. */
    private String valid(String side, byte[] bytes) {
        String json = new String(bytes, UTF_8);
        String name = side + "." + JSON.readTree(json).get("type").asString();
        assertThat(api.errors(name, json)).as(json).isEmpty();
        return name;
    }

    @Test
    void a_frame_with_an_unknown_field_or_without_a_required_one_is_invalid() {
        GoldenFrames.client().values().forEach(frame -> damaged("client", ClientFrameWriter.write(frame)));
        GoldenFrames.server().values().forEach(frame -> damaged("server", ServerFrameWriter.write(frame)));
    }

    private void damaged(String side, byte[] bytes) {
        ObjectNode frame = (ObjectNode) JSON.readTree(bytes);
        String name = side + "." + frame.get("type").asString();
        ObjectNode more = frame.deepCopy();
        more.put("unknown", 1);
        assertThat(api.errors(name, more.toString())).as(more.toString()).isNotEmpty();
        ObjectNode other = frame.deepCopy();
        other.put("type", "other");
        assertThat(api.errors(name, other.toString())).as(other.toString()).isNotEmpty();
        for (String field : api.requiredFields(name)) {
            ObjectNode less = frame.deepCopy();
            less.remove(field);
            assertThat(api.errors(name, less.toString())).as(less.toString()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "connect     | {'type':'connect','id':-1}",
                "connect     | {'type':'connect','id':'1'}",
                "connect     | {'type':'connect','id':9007199254740992}",
                "connect     | {'type':'connect','id':1,'token':''}",
                "publish     | {'type':'publish','message':{}}",
                "publish     | {'type':'publish','message':{'channel':''}}",
                "publish     | {'type':'publish','message':{'channel':'a/#'}}",
                "publish     | {'type':'publish','message':{'channel':'a','position':'1:1'}}",
                "publish     | {'type':'publish','message':{'channel':'a','data':1,'text':''}}",
                "publish     | {'type':'publish','message':{'channel':'a','qos':3}}",
                "publish     | {'type':'publish','message':{'channel':'a','tracestate':'a=b'}}",
                "publish     | {'type':'publish','message':{'channel':'a','offline':{'mode':'latest'}}}",
                "publish     | {'type':'publish','message':{'channel':'a','headers':{'a':1}}}",
                "publish     | {'type':'publish','message':{'channel':'a','time':'yesterday'}}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s'}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s','channel':'a','filter':'a'}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s','channel':'a','since':{}}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s','filter':'a','since':{'last':1}}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s','channel':'a','maxUnacked':65536}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s','filter':'a','durable':'d'}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s','channel':'a','durable':'d','qos':0}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s','channel':'a','durable':'d','overflow':'conflate'}",
                "subscribe   | {'type':'subscribe','id':1,'subscription':'s','channel':'a','durable':'d','maxUnacked':4097}",
                "history     | {'type':'history','id':1,'channel':'a','last':1,'before':'1:1'}",
                "history     | {'type':'history','id':1,'channel':'a','since':{'cursor':'a'}}",
                "history     | {'type':'history','id':1,'channel':'a','limit':513}",
                "ack         | {'type':'ack','subscription':'s','cursor':'a b'}",
                "pong        | {'type':'pong','id':1}",
            })
    void what_the_codec_refuses_of_the_form_is_invalid_by_the_schema_too(String type, String frame) {
        String json = frame.replace('\'', '"');
        assertThat(api.errors("client." + type, json)).isNotEmpty();
        assertThat(Refusals.code(() -> ClientFrameParser.parse(json.getBytes(UTF_8))))
                .isNotNull();
    }
}
