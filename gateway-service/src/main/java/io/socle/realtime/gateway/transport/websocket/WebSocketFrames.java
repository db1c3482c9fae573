package io.socle.realtime.gateway.transport.websocket;

import java.util.Arrays;

/** Whole unmasked text frames as a server sends them (RFC 6455 section 5.2), so that one array serves many sockets. */
final class WebSocketFrames {
    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final byte COMPRESSED = 0x40;
    private static final int SHORT = 125;
    private static final int MEDIUM = 0xffff;

    private WebSocketFrames() {}

    /** A frame around a payload. */
    static byte[] text(byte[] payload) {
        byte[] frame = frame(payload.length);
        System.arraycopy(payload, 0, frame, frame.length - payload.length, payload.length);
        return frame;
    }

    /** A frame around a prefix, a body and one last byte. */
    static byte[] text(byte[] prefix, byte[] body, byte suffix) {
        int length = prefix.length + body.length + 1;
        byte[] frame = frame(length);
        int at = frame.length - length;
        System.arraycopy(prefix, 0, frame, at, prefix.length);
        System.arraycopy(body, 0, frame, at + prefix.length, body.length);
        frame[frame.length - 1] = suffix;
        return frame;
    }

    /** The same frame compressed (RFC 7692 section 6.1). */
    static byte[] compressed(byte[] frame) {
        byte[] deflated = text(MessageDeflate.deflate(Arrays.copyOfRange(frame, headerSize(frame), frame.length)));
        deflated[0] |= COMPRESSED;
        return deflated;
    }

    /** Bytes before the payload. */
    private static int headerSize(byte[] frame) {
        return switch (frame[1]) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private static byte[] frame(int length) {
        if (length <= SHORT) {
            byte[] frame = new byte[2 + length];
            frame[1] = (byte) length;
            frame[0] = FINAL_TEXT;
            return frame;
        }
        int lengthBytes = length <= MEDIUM ? 2 : 8;
        byte[] frame = new byte[2 + lengthBytes + length];
        frame[0] = FINAL_TEXT;
        frame[1] = (byte) (lengthBytes == 2 ? 126 : 127);
        for (int i = 0; i < Math.min(lengthBytes, 4); i++) {
            frame[1 + lengthBytes - i] = (byte) (length >>> (8 * i));
        }
        return frame;
    }
}
