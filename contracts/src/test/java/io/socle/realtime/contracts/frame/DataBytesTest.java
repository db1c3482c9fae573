package io.socle.realtime.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.RealtimeMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clause WS-30: data is opaque JSON, byte for byte. */
class DataBytesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0.0e+10",
                "12345678901234567890123456789012345678901234567890",
                "null",
                "true",
                "false",
                "\"\"",
                "\"a\\u0041\\\"\\\\ \\ud800 é😀\"",
                "{}",
                "[]",
                "{\"a\":1,\"a\":2,\"a\":{\"a\":[1 , 2]}}",
                "[ 1,\r\n\t2 ]",
                "{\"data\":{\"data\":1}}",
            })
    void ws_30_data_comes_as_the_bytes_it_was_sent_as(String data) {
        for (String blank : new String[] {"", " ", " \r\n\t "}) {
            for (String after : new String[] {"", ",\"qos\":0", ",\"headers\":{\"data\":\"x\"}"}) {
                String frame = "{\"type\":\"publish\",\"message\":{\"channel\":\"é/a\",\"data\":" + blank + data + blank
                        + after + "}," + blank + "\"id\":7}" + blank;
                var publish = (ClientFrame.Publish) ClientFrameParser.parse(frame.getBytes(UTF_8));
                assertThat(publish.message().data().utf8()).as(frame).isEqualTo(data);
                assertThat(publish.id()).isEqualTo(7);
            }
        }
    }

    @Test
    void ws_30_data_comes_whole_at_every_offset_of_the_parsers_buffers() {
        for (int length = 0; length < 20_000; length += 1 + length / 50) {
            String data = "[\"" + "é".repeat(length) + "\", 12345678 , {\"k\":\"" + "x".repeat(length) + "\"} ]";
            String frame = "{\"message\":{\"data\" :  " + data + "  ,\"channel\":\"a\"},\"type\":\"publish\"}";
            var publish = (ClientFrame.Publish) ClientFrameParser.parse(frame.getBytes(UTF_8));
            assertThat(publish.message().data().utf8()).isEqualTo(data);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "-",
                "NaN",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\t\"",
                "tru",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "[1 2]",
                "[",
                "]",
                "{\"a\"}",
                "1 2",
                "/**/1",
                "1//",
                "\u0000",
                "\uFEFF1",
                "nul l",
                "{\"a\":1]"
            })
    void ws_30_what_is_not_json_is_refused(String data) {
        String frame = "{\"id\":3,\"type\":\"publish\",\"message\":{\"channel\":\"a\",\"data\":" + data + "}}";
        assertThatThrownBy(() -> ClientFrameParser.parse(frame.getBytes(UTF_8)))
                .isInstanceOfSatisfying(FrameException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(FailureCode.MALFORMED_FRAME);
                    assertThat(e.id()).isEqualTo(3);
                });
        assertThatThrownBy(() -> MessageJson.requireJson(data.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(FailureCode.INVALID_DATA));
    }

    @Test
    void ws_30_data_may_be_nested_256_deep_and_no_deeper() {
        assertThat(publishWithDepth(256)).isNull();
        assertThat(publishWithDepth(257)).isEqualTo(FailureCode.TOO_DEEP);
        MessageJson.requireJson(nested(256).getBytes(UTF_8));
        assertThatThrownBy(() -> MessageJson.requireJson(nested(257).getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(FailureCode.TOO_DEEP));
    }

    @Test
    void json_100_000_deep_is_answered_too_deep_wherever_it_stands() {
        assertThat(publishWithDepth(100_000)).isEqualTo(FailureCode.TOO_DEEP);
        for (String open : new String[] {"[", "{\"a\":"}) {
            String deep = open.repeat(100_000);
            assertThat(code("{\"id\":1,\"type\":" + deep)).isEqualTo(FailureCode.TOO_DEEP);
            assertThat(code("{\"id\":1,\"type\":\"publish\",\"message\":" + deep))
                    .isEqualTo(FailureCode.TOO_DEEP);
        }
        assertThat(code("[".repeat(100_000))).isEqualTo(FailureCode.MALFORMED_FRAME);
    }

    private static @Nullable FailureCode publishWithDepth(int depth) {
        return code("{\"id\":1,\"type\":\"publish\",\"message\":{\"channel\":\"a\",\"data\":" + nested(depth) + "}}");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static @Nullable FailureCode code(String frame) {
        return Refusals.code(() -> ClientFrameParser.parse(frame.getBytes(UTF_8)));
    }

    @Test
    void ws_30_a_long_number_costs_no_more_than_its_bytes() {
        String data = "9".repeat(900_000);
        String frame = "{\"type\":\"publish\",\"message\":{\"channel\":\"a\",\"data\":" + data + "}}";
        var publish = (ClientFrame.Publish) ClientFrameParser.parse(frame.getBytes(UTF_8));
        assertThat(publish.message().data().size()).isEqualTo(900_000);
    }

    @Test
    void sse_5_one_line_has_spaces_for_line_ends_between_tokens_and_keeps_the_rest() {
        byte[] json = "{\"channel\":\"a\",\"id\":\"1\",\"data\":{\r\n\"a\":\"\\r\\n\" }}".getBytes(UTF_8);
        byte[] before = json.clone();
        assertThat(new String(MessageJson.oneLine(json), UTF_8))
                .isEqualTo("{\"channel\":\"a\",\"id\":\"1\",\"data\":{  \"a\":\"\\r\\n\" }}");
        assertThat(json).isEqualTo(before);
        RealtimeMessage message = MessageJson.read(json);
        assertThat(MessageJson.write(message)).isEqualTo(json);
    }
}
