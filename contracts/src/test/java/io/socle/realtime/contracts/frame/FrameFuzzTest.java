package io.socle.realtime.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.random.RandomValues;
import io.socle.realtime.contracts.random.Seeds;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damaged frames are read or refused; nothing else comes out of the parsers. */
class FrameFuzzTest {
    /** What a frame can be refused with for what it says; the rest of the table is about state. */
    static final Set<FailureCode> OF_CONTENT = EnumSet.of(
            FailureCode.MALFORMED_FRAME,
            FailureCode.DUPLICATE_KEY,
            FailureCode.TOO_DEEP,
            FailureCode.UNKNOWN_TYPE,
            FailureCode.UNKNOWN_FIELD,
            FailureCode.MISSING_FIELD,
            FailureCode.INVALID_VALUE,
            FailureCode.INVALID_DATA,
            FailureCode.INVALID_CHANNEL,
            FailureCode.INVALID_FILTER,
            FailureCode.INVALID_CURSOR,
            FailureCode.PAYLOAD_TOO_LARGE);

    private static final String[] PIECES = {
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\u0000",
        "\\ud800",
        "null",
        "1e999",
        "-1",
        "1.0",
        "9007199254740992",
        "\0",
        "\"id\":1,",
        "\"type\":\"ping\",",
        "é",
        "[[[[",
        "{\"a\":",
        "\n"
    };

    @Test
    void a_damaged_client_frame_is_read_or_refused_with_a_code() {
        Seeds.check(60_000, values -> {
            byte[] bytes = damaged(values, ClientFrameWriter.write(new RandomFrames(values).client()));
            try {
                ClientFrame frame = ClientFrameParser.parse(bytes);
                assertThat(ClientFrameParser.parse(ClientFrameWriter.write(frame)))
                        .isEqualTo(frame);
            } catch (FrameException e) {
                assertThat(e.problem().code()).isIn(OF_CONTENT);
                assertThat(e.problem().detail()).hasSizeLessThan(2_000).doesNotContain("\0", "\n");
            }
        });
    }

    @Test
    void a_damaged_server_frame_is_read_or_refused_with_a_code() {
        Seeds.check(30_000, values -> {
            byte[] bytes = damaged(values, ServerFrameWriter.write(new RandomFrames(values).server()));
            try {
                assertThat(ServerFrameParser.parse(bytes)).isNotNull();
            } catch (FrameException e) {
                assertThat(e.problem().code()).isIn(OF_CONTENT);
            }
        });
    }

    @Test
    void random_bytes_are_refused() {
        Seeds.check(20_000, values -> {
            byte[] bytes = values.bytes(64);
            assertThat(Refusals.code(() -> ClientFrameParser.parse(bytes))).isIn(OF_CONTENT);
        });
    }

    private static byte[] damaged(RandomValues values, byte[] bytes) {
        byte[] result = bytes;
        for (int i = values.upTo(2); i >= 0; i--) {
            result = switch (values.upTo(4)) {
                case 0 -> flipped(values, result);
                case 1 -> Arrays.copyOf(result, values.upTo(result.length));
                case 2 -> inserted(values, result, values.of(PIECES).getBytes(UTF_8));
                case 3 -> inserted(values, result, values.bytes(4));
                default -> without(values, result);
            };
        }
        return result;
    }

    private static byte[] flipped(RandomValues values, byte[] bytes) {
        byte[] result = bytes.clone();
        if (result.length > 0) {
            result[values.upTo(result.length - 1)] ^= (byte) (1 << values.upTo(7));
        }
        return result;
    }

    private static byte[] inserted(RandomValues values, byte[] bytes, byte[] piece) {
        int at = values.upTo(bytes.length);
        byte[] result = Arrays.copyOf(bytes, bytes.length + piece.length);
        System.arraycopy(piece, 0, result, at, piece.length);
        System.arraycopy(bytes, at, result, at + piece.length, bytes.length - at);
        return result;
    }

    private static byte[] without(RandomValues values, byte[] bytes) {
        int from = values.upTo(bytes.length);
        int to = Math.min(bytes.length, from + values.upTo(8));
        byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, result, from, bytes.length - to);
        return result;
    }
}
