package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much a message counts against bounds in bytes: its data and about what its attributes take. */
final class Sizes {
    /** What the fixed parts of a stored message take. */
    private static final int FIXED = 48;

    /** What a place counts that has no message. */
    static final int STUB = 1;

    private Sizes() {}

    static int of(RealtimeMessage message) {
        int size = FIXED
                + message.data().size()
                + message.id().length()
                + message.channel().value().length()
                + length(message.source())
                + length(message.type())
                + length(message.contentType())
                + length(message.correlationId());
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            size += header.getKey().length() + header.getValue().length();
        }
        for (String receiver : message.privacy().receivers()) {
            size += receiver.length();
        }
        return size;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
