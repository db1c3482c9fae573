package io.socle.realtime.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.random.Seeds;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is written is read back equal. */
class FrameRoundTripTest {
    @Test
    void every_client_frame_comes_back_equal() {
        Seeds.check(5_000, values -> {
            ClientFrame frame = new RandomFrames(values).client();
            byte[] bytes = ClientFrameWriter.write(frame);
            assertThat(ClientFrameParser.parse(bytes))
                    .as(new String(bytes, UTF_8))
                    .isEqualTo(frame);
        });
    }

    @Test
    void every_server_frame_comes_back_equal() {
        Seeds.check(5_000, values -> {
            ServerFrame frame = new RandomFrames(values).server();
            byte[] bytes = ServerFrameWriter.write(frame);
            assertThat(ServerFrameParser.parse(bytes))
                    .as(new String(bytes, UTF_8))
                    .isEqualTo(frame);
        });
    }

    @Test
    void ws_31_every_message_comes_back_equal() {
        Seeds.check(5_000, values -> {
            RealtimeMessage message = values.message();
            byte[] bytes = MessageJson.write(message);
            assertThat(MessageJson.read(bytes)).as(new String(bytes, UTF_8)).isEqualTo(message);
        });
    }

    @Test
    void sse_5_a_line_has_no_line_end_and_means_the_same() {
        Seeds.check(2_000, values -> {
            RealtimeMessage message = values.message();
            byte[] line = MessageJson.oneLine(MessageJson.write(message));
            assertThat(new String(line, UTF_8)).doesNotContain("\r", "\n");
            RealtimeMessage read = MessageJson.read(line);
            assertThat(withoutBlanks(read)).isEqualTo(withoutBlanks(message));
        });
    }

    private static RealtimeMessage withoutBlanks(RealtimeMessage message) {
        return message.isJson()
                ? message.toBuilder()
                        .data(Payload.utf8(message.data().utf8().replaceAll("\\s", "")))
                        .build()
                : message;
    }

    @Test
    void a_batch_comes_back_in_order() {
        Seeds.check(200, values -> {
            RealtimeMessage first = values.message();
            RealtimeMessage second = values.message();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes("{\"messages\":[".getBytes(UTF_8));
            body.writeBytes(MessageJson.write(first.toBuilder().position(null).build()));
            body.write(',');
            body.writeBytes(MessageJson.write(second.toBuilder().position(null).build()));
            body.writeBytes("]}".getBytes(UTF_8));
            assertThat(MessageJson.readBatch(body.toByteArray(), 2))
                    .isEqualTo(List.of(MessageDraft.of(first), MessageDraft.of(second)));
        });
    }

    @Test
    void a_message_frame_is_prefix_and_body_and_suffix() {
        Seeds.check(500, values -> {
            var frame = new ServerFrame.Message(values.text(40), values.maybe(() -> "c"), values.message());
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(ServerFrameWriter.messagePrefix(frame.subscription(), frame.cursor()));
            whole.writeBytes(MessageJson.write(frame.message()));
            whole.write(ServerFrameWriter.MESSAGE_SUFFIX);
            assertThat(whole.toByteArray()).isEqualTo(ServerFrameWriter.write(frame));
        });
    }

    @Test
    void times_are_written_as_the_shortest_rfc_3339_form_and_read_back_equal() {
        Seeds.check(5_000, values -> {
            Instant time = values.time();
            var frame = new ServerFrame.Refreshed(1, time);
            assertThat(new String(ServerFrameWriter.write(frame), UTF_8)).contains("\"" + time + "\"");
            assertThat(Rfc3339.parse(Rfc3339.format(time))).isEqualTo(time);
        });
    }

    @Test
    void a_draft_is_completed_with_id_and_source_only_where_they_are_missing() {
        Seeds.check(500, values -> {
            RealtimeMessage message = values.message();
            RealtimeMessage expected = message.toBuilder()
                    .position(null)
                    .source(message.source() == null ? "alice" : message.source())
                    .build();
            assertThat(MessageDraft.of(message).complete(() -> "new", "alice")).isEqualTo(expected);
            assertThat(MessageDraft.withoutId(message).complete(() -> "new", "alice"))
                    .isEqualTo(expected.toBuilder().id("new").build());
        });
    }
}
