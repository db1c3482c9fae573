package io.socle.realtime.gateway.transport.websocket;

import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * permessage-deflate (RFC 7692) without context takeover on either side: no memory is held between messages, and a
 * compressed message can be shared by all links. Unlike the stack's own decoder it stops inflating at a limit.
 */
final class MessageDeflate {
    /** What the server answers to an offer that it accepts. */
    static final String ANSWER = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static final String NAME = "permessage-deflate";
    private static final Set<String> ACCEPTED =
            Set.of("server_no_context_takeover", "client_no_context_takeover", "client_max_window_bits");
    /** RFC 7692 section 7.2.1: what a sender leaves out at the end of each message. */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int CHUNK = 8 * 1024;

    private MessageDeflate() {}

    /** Whether an offer is there that this server can accept; one that sets the server's window cannot be met. */
    static boolean accepts(@Nullable String offers) {
        if (offers == null) {
            return false;
        }
        List<WebSocketExtensionData> extensions = WebSocketExtensionUtil.extractExtensions(offers);
        return extensions.stream()
                .anyMatch(offer -> offer.name().equalsIgnoreCase(NAME)
                        && ACCEPTED.containsAll(offer.parameters().keySet()));
    }

    /** Inflates a message; throws CorruptedWebSocketFrameException where it is over the limit or no deflate data. */
    static byte[] inflate(byte[] message, int limit) {
        Inflater inflater = new Inflater(true);
        try {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(Math.min(limit, message.length * 4 + CHUNK));
            byte[] chunk = new byte[CHUNK];
            inflater.setInput(message);
            inflate(inflater, chunk, whole, limit);
            inflater.setInput(TAIL);
            inflate(inflater, chunk, whole, limit);
            return whole.toByteArray();
        } catch (DataFormatException e) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "the message is not deflate data");
        } finally {
            inflater.end();
        }
    }

    private static void inflate(Inflater inflater, byte[] chunk, ByteArrayOutputStream whole, int limit)
            throws DataFormatException {
        for (int count = inflater.inflate(chunk); count > 0; count = inflater.inflate(chunk)) {
            if (whole.size() + count > limit) {
                throw new CorruptedWebSocketFrameException(
                        WebSocketCloseStatus.MESSAGE_TOO_BIG, "the message inflates to more than " + limit + " bytes");
            }
            whole.write(chunk, 0, count);
        }
    }

    static byte[] deflate(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(message);
            ByteArrayOutputStream whole = new ByteArrayOutputStream(message.length / 2 + 64);
            byte[] chunk = new byte[CHUNK];
            int count;
            do {
                count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
                whole.write(chunk, 0, count);
            } while (count == chunk.length);
            byte[] flushed = whole.toByteArray();
            return Arrays.copyOf(flushed, flushed.length - TAIL.length);
        } finally {
            deflater.end();
        }
    }
}
