package io.socle.realtime.contracts.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each refusal of a client frame, by its code; in the examples ' stands for ". */
class FrameRefusalTest {
    @ParameterizedTest
    @DisplayName("Section Frames of the client: what the protocol does not define is refused with its code")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MALFORMED_FRAME  | ``",
                "MALFORMED_FRAME  | []",
                "MALFORMED_FRAME  | 'ping'",
                "MALFORMED_FRAME  | {'type':'ping'",
                "MALFORMED_FRAME  | {'type':'ping'} {}",
                "MALFORMED_FRAME  | {'type':'ping',}",
                "MALFORMED_FRAME  | {type:'ping'}",
                "MALFORMED_FRAME  | {'type':7}",
                "MALFORMED_FRAME  | {'type':null}",
                "MALFORMED_FRAME  | {'type':'ping','id':'1'}",
                "MALFORMED_FRAME  | {'type':'ping','id':null}",
                "MALFORMED_FRAME  | {'type':'ping','id':01}",
                "MALFORMED_FRAME  | {'type':'publish','message':'a'}",
                "MALFORMED_FRAME  | {'type':'publish','message':{'channel':'a','headers':{'a':1}}}",
                "MALFORMED_FRAME  | {'type':'publish','message':{'channel':'a','retain':1}}",
                "MALFORMED_FRAME  | {'type':'publish','message':{'channel':'a','privacy':{'receivers':[1]}}}",
                "MALFORMED_FRAME  | {'type':'publish','message':{'channel':'a','privacy':{'receivers':'b'}}}",
                "DUPLICATE_KEY    | {'type':'ping','type':'ping'}",
                "DUPLICATE_KEY    | {'type':'ping','\\u0074ype':'ping'}",
                "DUPLICATE_KEY    | {'type':'publish','message':{'channel':'a','channel':'a'}}",
                "DUPLICATE_KEY    | {'type':'publish','message':{'channel':'a','data':1,'data':1}}",
                "DUPLICATE_KEY    | {'type':'publish','message':{'channel':'a','headers':{'a':'','a':''}}}",
                "UNKNOWN_TYPE     | {'type':'Ping'}",
                "UNKNOWN_TYPE     | {'type':'published'}",
                "UNKNOWN_TYPE     | {'type':''}",
                "UNKNOWN_FIELD    | {'type':'ping','more':1}",
                "UNKNOWN_FIELD    | {'type':'pong','id':1}",
                "UNKNOWN_FIELD    | {'type':'publish','message':{'channel':'a','subject':'b'}}",
                "UNKNOWN_FIELD    | {'type':'publish','message':{'channel':'a','privacy':{'to':[]}}}",
                "UNKNOWN_FIELD    | {'type':'publish','message':{'channel':'a','offline':{'ttl':1}}}",
                "UNKNOWN_FIELD    | {'type':'publish','message':{'channel':'a'},'producer':{'id':'p','epoch':0,'seq':1}}",
                "UNKNOWN_FIELD    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','since':{'offset':1}}",
                "MISSING_FIELD    | {}",
                "MISSING_FIELD    | {'type':'connect'}",
                "MISSING_FIELD    | {'type':'publish'}",
                "MISSING_FIELD    | {'type':'publish','message':{}}",
                "MISSING_FIELD    | {'type':'publish','message':{'channel':'a'},'producer':{'id':'p','epoch':0}}",
                "MISSING_FIELD    | {'type':'publish','message':{'channel':'a','tracestate':'a=b'}}",
                "MISSING_FIELD    | {'type':'subscribe','id':1,'subscription':'s'}",
                "MISSING_FIELD    | {'type':'subscribe','subscription':'s','channel':'a'}",
                "MISSING_FIELD    | {'type':'unsubscribe','id':1}",
                "MISSING_FIELD    | {'type':'history','id':1}",
                "MISSING_FIELD    | {'type':'delete','id':1}",
                "MISSING_FIELD    | {'type':'delete','channel':'a'}",
                "UNKNOWN_FIELD    | {'type':'delete','id':1,'channel':'a','filter':'a'}",
                "INVALID_CHANNEL  | {'type':'delete','id':1,'channel':'a/#'}",
                "INVALID_CURSOR   | {'type':'delete','id':1,'channel':'a','position':'57'}",
                "INVALID_CURSOR   | {'type':'delete','id':1,'channel':'a','position':'1:-1'}",
                "MISSING_FIELD    | {'type':'ack','subscription':'s'}",
                "MISSING_FIELD    | {'type':'refresh','id':1}",
                "INVALID_VALUE    | {'type':'ping','id':1.0}",
                "INVALID_VALUE    | {'type':'ping','id':1e3}",
                "INVALID_VALUE    | {'type':'ping','id':99999999999999999999999999}",
                "INVALID_VALUE    | {'type':'connect','id':1,'token':''}",
                "INVALID_VALUE    | {'type':'connect','id':1,'token':'a b'}",
                "INVALID_VALUE    | {'type':'connect','id':1,'token':'é'}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','position':'1:1'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','id':''}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','source':'a\\u0000'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','data':1,'text':'1'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','text':'\\ud800'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','qos':3}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','qos':-1}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','traceparent':'00-0-0-0'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','time':'2026-01-01'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','time':'2026-13-01T00:00:00Z'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','time':'2026-01-01T00:00:00.0000000001Z'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','expiry':'0000-01-01T00:00:00+01:00'}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','offline':{'mode':'latest'}}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','offline':{'mode':'QUEUE'}}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','offline':{'ttlMs':0}}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a','privacy':{'audit':'some'}}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a'},'producer':{'id':'p','epoch':-1,'sequence':1}}",
                "INVALID_VALUE    | {'type':'publish','message':{'channel':'a'},'producer':{'id':'p','epoch':0,'sequence':0}}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'','channel':'a'}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s\\n','channel':'a'}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','filter':'a'}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','overflow':'none'}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','maxUnacked':0}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','filter':'a','durable':'d'}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','durable':''}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','durable':'d','qos':0}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','durable':'d','maxUnacked':4097}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','since':{}}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','since':{'last':0}}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','channel':'a','since':{'last':1,'position':'1:1'}}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','filter':'#','since':{'last':1}}",
                "INVALID_VALUE    | {'type':'subscribe','id':1,'subscription':'s','filter':'#','since':{'position':'1:1'}}",
                "INVALID_VALUE    | {'type':'history','id':1,'channel':'a','last':1,'before':'1:1'}",
                "INVALID_VALUE    | {'type':'history','id':1,'channel':'a','since':{'cursor':'x'}}",
                "INVALID_VALUE    | {'type':'history','id':1,'channel':'a','since':{'last':1}}",
                "INVALID_CHANNEL  | {'type':'publish','message':{'channel':''}}",
                "INVALID_CHANNEL  | {'type':'publish','message':{'channel':'a/+'}}",
                "INVALID_CHANNEL  | {'type':'publish','message':{'channel':'a/#'}}",
                "INVALID_CHANNEL  | {'type':'publish','message':{'channel':'a\\u0000'}}",
                "INVALID_CHANNEL  | {'type':'publish','message':{'channel':'\\udc00'}}",
                "INVALID_CHANNEL  | {'type':'publish','message':{'channel':'a','replyTo':'#'}}",
                "INVALID_CHANNEL  | {'type':'subscribe','id':1,'subscription':'s','channel':'+'}",
                "INVALID_FILTER   | {'type':'subscribe','id':1,'subscription':'s','filter':'a+'}",
                "INVALID_FILTER   | {'type':'subscribe','id':1,'subscription':'s','filter':'#/a'}",
                "INVALID_FILTER   | {'type':'subscribe','id':1,'subscription':'s','filter':''}",
                "INVALID_CURSOR   | {'type':'subscribe','id':1,'subscription':'s','channel':'a','since':{'position':'57'}}",
                "INVALID_CURSOR   | {'type':'subscribe','id':1,'subscription':'s','filter':'a','since':{'cursor':''}}",
                "INVALID_CURSOR   | {'type':'subscribe','id':1,'subscription':'s','filter':'a','since':{'cursor':'a b'}}",
                "INVALID_CURSOR   | {'type':'ack','subscription':'s','cursor':'a\\nb'}",
                "INVALID_CURSOR   | {'type':'history','id':1,'channel':'a','before':'1:-1'}",
                "INVALID_CURSOR   | {'type':'members','id':1,'channel':'a','after':'57'}",
                "INVALID_DATA     | {'type':'publish','message':{'channel':'a','base64':'a'}}",
                "INVALID_DATA     | {'type':'publish','message':{'channel':'a','base64':'YQ'}}",
                "INVALID_DATA     | {'type':'publish','message':{'channel':'a','base64':'_-=='}}",
                "INVALID_DATA     | {'type':'publish','message':{'channel':'a','base64':'ew==','contentType':'application/json'}}",
                "INVALID_DATA     | {'type':'publish','message':{'channel':'a','data':1,'contentType':'text/plain'}}",
                "INVALID_DATA     | {'type':'publish','message':{'channel':'a','text':'1','contentType':'application/json'}}",
            })
    void what_the_protocol_does_not_define_is_refused(FailureCode code, @Nullable String frame) {
        assertThat(code(quotes(String.valueOf(frame)))).isEqualTo(code);
    }

    @Test
    void the_command_that_a_problem_answers_is_named_wherever_its_id_stands_before_the_damage() {
        for (String frame : new String[] {
            "{'id':5,'type':'nothing'}",
            "{'type':'ping','more':[{}],'id':5}",
            "{'id':5,'type':'publish','message':{'channel':'a','data':tru}}",
            "{'type':'connect','type':'connect','id':5}",
            "{'id':5",
        }) {
            assertThat(exception(quotes(frame)).id()).as(frame).isEqualTo(5);
        }
        for (String frame : new String[] {"{'id':1.5}", "{'id':-1}", "{'id':9007199254740992}", "{'type':[,'id':5}"}) {
            assertThat(exception(quotes(frame)).id()).as(frame).isNull();
        }
    }

    @Test
    void limits_hold_at_both_sides() {
        assertThat(code(subscribe("'subscription':'" + "s".repeat(128) + "','channel':'a'")))
                .isNull();
        assertThat(code(subscribe("'subscription':'" + "s".repeat(129) + "','channel':'a'")))
                .isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(code(quotes("{'type':'ping','id':9007199254740991}"))).isNull();
        assertThat(code(quotes("{'type':'ping','id':9007199254740992}"))).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(code(quotes("{'type':'ping','id':0}"))).isNull();
        assertThat(code(quotes("{'type':'ping','id':-1}"))).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(code(subscribe("'subscription':'s','channel':'a','maxUnacked':65535")))
                .isNull();
        assertThat(code(subscribe("'subscription':'s','channel':'a','maxUnacked':65536")))
                .isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(code(quotes("{'type':'history','id':1,'channel':'a','limit':512}")))
                .isNull();
        assertThat(code(quotes("{'type':'history','id':1,'channel':'a','limit':513}")))
                .isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(code(quotes("{'type':'history','id':1,'channel':'a','limit':0}")))
                .isEqualTo(FailureCode.INVALID_VALUE);
    }

    @Test
    void data_may_have_a_mebibyte_and_no_more() {
        String text = "x".repeat(1024 * 1024);
        assertThat(code(publish("'text':'" + text + "'"))).isNull();
        assertThat(code(publish("'text':'" + text + "x'"))).isEqualTo(FailureCode.PAYLOAD_TOO_LARGE);
        assertThat(code(publish("'data':'" + text.substring(2) + "'"))).isNull();
        assertThat(code(publish("'data':'" + text.substring(1) + "'"))).isEqualTo(FailureCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void a_channel_name_of_10_kb_is_refused_and_one_of_1024_bytes_is_not() {
        assertThat(code(quotes("{'type':'publish','message':{'channel':'" + "é".repeat(512) + "'}}")))
                .isNull();
        for (int bytes : new int[] {1025, 10_240}) {
            assertThat(code(quotes("{'type':'publish','message':{'channel':'" + "a".repeat(bytes) + "'}}")))
                    .isEqualTo(FailureCode.INVALID_CHANNEL);
        }
    }

    @Test
    void bytes_that_are_not_utf_8_are_malformed_and_so_is_nul() {
        for (String bytes : new String[] {"\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00ff", "\u00f4\u0090\u0080\u0080"}) {
            byte[] frame = quotes("{'type':'publish','message':{'channel':'a','data':'" + bytes + "'}}")
                    .getBytes(ISO_8859_1);
            assertThat(Refusals.code(() -> ClientFrameParser.parse(frame))).isEqualTo(FailureCode.MALFORMED_FRAME);
        }
        for (String frame : new String[] {"\0", "\0{", "{\0}", "{'type':'pi\0ng'}", "\uFEFF{'type':'ping'}"}) {
            assertThat(code(quotes(frame))).as(frame).isEqualTo(FailureCode.MALFORMED_FRAME);
        }
        byte[] utf16 = "{\"type\":\"ping\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        assertThat(Refusals.code(() -> ClientFrameParser.parse(utf16))).isEqualTo(FailureCode.MALFORMED_FRAME);
    }

    @Test
    void a_detail_quotes_no_more_than_the_beginning_of_a_name_and_never_a_control_character() {
        Problem problem = Refusals.problem(() -> ClientFrameParser.parse(
                quotes("{'type':'a\\n" + "b".repeat(999) + "'}").getBytes(UTF_8)));
        assertThat(String.valueOf(problem)).contains("a?b").hasSizeLessThan(200);
    }

    @Test
    void http_4_a_batch_with_one_wrong_message_is_refused_whole() {
        Map.of(
                        "{'messages':[{'channel':'a'},{'channel':'#'}]}", FailureCode.INVALID_CHANNEL,
                        "{'messages':[{'channel':'a'},1]}", FailureCode.MALFORMED_FRAME,
                        "{'messages':[{'channel':'a'},{'channel':'a'},{'channel':'a'}]}", FailureCode.BATCH_TOO_LARGE,
                        "{'messages':[],'more':1}", FailureCode.UNKNOWN_FIELD,
                        "{}", FailureCode.MISSING_FIELD)
                .forEach((body, code) -> assertThat(Refusals.code(
                                () -> MessageJson.readBatch(quotes(body).getBytes(UTF_8), 2)))
                        .as(body)
                        .isEqualTo(code));
    }

    @Test
    void a_client_passes_over_what_a_later_server_adds() {
        assertThat(ServerFrameParser.parse(
                        quotes("{'type':'pong','id':1,'later':{'a':[1]}}").getBytes(UTF_8)))
                .isEqualTo(new ServerFrame.Pong(1L));
        var problem = (ServerFrame.ProblemFrame)
                ServerFrameParser.parse(quotes("{'type':'problem','code':'later_code','detail':'d','retryable':true}")
                        .getBytes(UTF_8));
        assertThat(problem.problem().retryable()).isTrue();
    }

    private static String subscribe(String fields) {
        return quotes("{'type':'subscribe','id':1," + fields + "}");
    }

    private static String publish(String data) {
        return quotes("{'type':'publish','message':{'channel':'a'," + data + "}}");
    }

    private static String quotes(String frame) {
        return frame.replace('\'', '"');
    }

    private static @Nullable FailureCode code(String frame) {
        return Refusals.code(() -> ClientFrameParser.parse(frame.getBytes(UTF_8)));
    }

    private static FrameException exception(String frame) {
        try {
            throw new AssertionError("was read: " + ClientFrameParser.parse(frame.getBytes(UTF_8)));
        } catch (FrameException e) {
            return e;
        }
    }
}
