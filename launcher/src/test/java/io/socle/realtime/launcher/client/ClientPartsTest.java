package io.socle.realtime.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientPartsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    /** WS-13. */
    @Test
    void since_is_read_in_each_form_that_people_type() {
        assertThat(json("10m")).isEqualTo("{\"time\":\"2026-01-01T11:50:00Z\"}");
        assertThat(json("2026-01-01T10:00:00Z")).isEqualTo("{\"time\":\"2026-01-01T10:00:00Z\"}");
        assertThat(json("last=5")).isEqualTo("{\"last\":5}");
        assertThat(json("3f2a00000000001c:57")).isEqualTo("{\"position\":\"3f2a00000000001c:57\"}");
        assertThat(json("cursor=a\"b")).isEqualTo("{\"cursor\":\"a\\\"b\"}");
        for (String wrong : new String[] {"", "x", "last=", "last=-1", "10", "10w", "3f:-1"}) {
            assertThatThrownBy(() -> json(wrong)).as(wrong).isInstanceOf(Refusal.class);
        }
    }

    private static String json(String since) {
        return Since.parse(since, CLOCK).json();
    }

    @Test
    void an_objects_values_are_kept_as_they_were_written() throws IOException {
        var object = RawObject.parse(" { \"a\" : {\"x\": [1.0, 1e2] } , \"b\":\"q\\u0041\\\"}\", \"c\":-1.50 ,"
                + "\"d\":null,\"e\": true, \"f\":[ ],\"é\":\"😀\"}");
        assertThat(object.raw("a")).isEqualTo("{\"x\": [1.0, 1e2] }");
        assertThat(object.raw("b")).isEqualTo("\"q\\u0041\\\"}\"");
        assertThat(object.text("b")).isEqualTo("qA\"}");
        assertThat(object.raw("c")).isEqualTo("-1.50");
        assertThat(object.text("d")).isNull();
        assertThat(object.isTrue("e")).isTrue();
        assertThat(object.raw("f")).isEqualTo("[ ]");
        assertThat(object.text("é")).isEqualTo("😀");
        assertThatThrownBy(() -> RawObject.parse("[1]")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> RawObject.parse("{\"a\":1")).isInstanceOf(IOException.class);
    }

    @Test
    void what_is_not_one_json_value_is_found_before_it_is_sent() throws IOException {
        for (String good : new String[] {"1", "null", "\"x\"", " {\"a\":[1,2]} ", "[]"}) {
            RawObject.checkJson(good);
        }
        for (String bad : new String[] {"", " ", "{", "x", "{} {}", "1 2", "\"x", "{\"a\":}", "01"}) {
            assertThatThrownBy(() -> RawObject.checkJson(bad)).as(bad).isInstanceOf(IOException.class);
        }
    }

    @Test
    void waits_are_spread_over_a_doubling_bound_of_at_most_30_seconds() {
        long seed = System.nanoTime();
        var jitter = new Jitter(new Random(seed));
        long bound = 250;
        for (int i = 0; i < 100; i++) {
            assertThat(jitter.next()).as("seed " + seed).isBetween(Duration.ZERO, Duration.ofMillis(bound));
            bound = Math.min(30_000, bound * 2);
        }
        jitter.reset();
        assertThat(jitter.next()).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    /** WS-31. */
    @Test
    void text_and_bytes_are_printed_as_they_are_and_verbose_tells_channel_and_position() throws IOException {
        String text = "{\"type\":\"message\",\"message\":{\"channel\":\"a\",\"position\":\"1:2\",\"text\":\"hé\\n\"}}";
        String bytes = "{\"type\":\"message\",\"message\":{\"channel\":\"a\",\"base64\":\"AP8=\"}}";
        assertThat(print(text, MessagePrinter.Form.TEXT, false)).isEqualTo("hé\n\n".getBytes(StandardCharsets.UTF_8));
        assertThat(print(bytes, MessagePrinter.Form.TEXT, false)).containsExactly(0, 0xff, '\n');
        assertThat(new String(print(bytes, MessagePrinter.Form.TEXT, true), StandardCharsets.ISO_8859_1))
                .isEqualTo("a - \u0000ÿ\n");
        assertThat(new String(print(text, MessagePrinter.Form.JSON, false), StandardCharsets.UTF_8))
                .isEqualTo("{\"channel\":\"a\",\"position\":\"1:2\",\"text\":\"hé\\n\"}\n");
        assertThat(new String(print(text, MessagePrinter.Form.JSON, true), StandardCharsets.UTF_8))
                .isEqualTo(text + "\n");
    }

    private static byte[] print(String frame, MessagePrinter.Form form, boolean verbose) throws IOException {
        var out = new ByteArrayOutputStream();
        var printer = new MessagePrinter(new PrintStream(out, false, StandardCharsets.UTF_8), form, verbose);
        assertThat(printer.print(frame, RawObject.parse(frame))).isTrue();
        return out.toByteArray();
    }
}
