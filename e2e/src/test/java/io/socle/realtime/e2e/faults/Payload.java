package io.socle.realtime.e2e.faults;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/** What the messages of a run say. */
final class Payload {
    private static final int MOST_FILLER = 300;

    private Payload() {}

    /** JSON of a writer's message of random length. */
    static String json(String writer, int number, Random random) {
        return "{\"writer\":\"%s\",\"n\":%d,\"filler\":\"%s\"}"
                .formatted(writer, number, "x".repeat(random.nextInt(MOST_FILLER)));
    }

    /** The first 8 bytes of SHA-256. */
    static long hash(String json) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
