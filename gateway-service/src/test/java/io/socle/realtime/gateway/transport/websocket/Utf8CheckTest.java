package io.socle.realtime.gateway.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8CheckTest {
    /** The JDK's decoder is the naive model. */
    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void it_agrees_with_the_jdk_on_random_bytes_however_they_are_cut() {
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bytes = random.nextBoolean() ? text(random) : noise(random);
            Utf8Check check = new Utf8Check();
            boolean accepted = true;
            int at = 0;
            while (accepted && at < bytes.length) {
                int length = 1 + random.nextInt(bytes.length - at);
                accepted = check.accepts(Unpooled.wrappedBuffer(bytes, at, length));
                at += length;
            }
            assertThat(accepted && check.isComplete()).as("seed %d", seed).isEqualTo(isUtf8(bytes));
        }
    }

    private static byte[] text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int codePoint = random.nextInt(0x110000);
            text.appendCodePoint(codePoint >= 0xd800 && codePoint <= 0xdfff ? 'x' : codePoint);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] bytes = new byte[1 + random.nextInt(5)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0x80 | random.nextInt(128));
        }
        return bytes;
    }
}
