package io.socle.realtime.e2e.client;

import io.socle.realtime.e2e.suite.Suite;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A WebSocket by hand, for what no client library would send (RFC 6455 section 5.2). Not for use by several threads. */
public final class RawWebSocket implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int READ_LIMIT_MS = 20_000;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final Socket socket;
    private final DataInputStream in;

    /** A frame of the server. */
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private RawWebSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Opens and connects with the token. */
    public static RawWebSocket connect(Suite suite, String token) throws IOException {
        return connect(suite, token, new Socket());
    }

    /** The same with a receive buffer of so many bytes, so that the server soon notices that nobody reads. */
    public static RawWebSocket connect(Suite suite, String token, int receiveBytes) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(receiveBytes);
        return connect(suite, token, socket);
    }

    private static RawWebSocket connect(Suite suite, String token, Socket socket) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", suite.gatewayPort()));
        socket.setSoTimeout(READ_LIMIT_MS);
        socket.setTcpNoDelay(true);
        var raw = new RawWebSocket(socket);
        raw.handshake();
        raw.send(TEXT, "{\"type\":\"connect\",\"id\":1,\"token\":\"" + token + "\"}");
        raw.expectText("\"type\":\"connected\"");
        return raw;
    }

    private void handshake() throws IOException {
        String request = "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: realtime.v1.json\r\n\r\n";
        write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new AssertionError("no upgrade: " + head);
        }
    }

    public void send(int opcode, String text) throws IOException {
        send(true, 0, opcode, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one masked frame; the reserved bits are 1, 2, 4. */
    public void send(boolean fin, int reserved, int opcode, byte[] payload) throws IOException {
        write(frame(fin, reserved, opcode, payload, true));
    }

    /** Sends bytes as they are. */
    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The bytes of one frame. */
    public static byte[] frame(boolean fin, int reserved, int opcode, byte[] payload, boolean masked) {
        var out = new ByteArrayOutputStream();
        out.write((fin ? 0x80 : 0) | reserved << 4 | opcode);
        int mask = masked ? 0x80 : 0;
        if (payload.length <= 125) {
            out.write(mask | payload.length);
        } else if (payload.length <= 0xffff) {
            out.write(mask | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(mask | 127);
            out.writeBytes(new byte[] {0, 0, 0, 0});
            for (int shift = 24; shift >= 0; shift -= 8) {
                out.write(payload.length >> shift);
            }
        }
        if (masked) {
            out.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ MASK[i % 4] : payload[i]);
        }
        return out.toByteArray();
    }

    /** The next frame of the server; fails the test where none comes in time. */
    public Frame read() throws IOException {
        int first = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(first & 0x0f, payload);
    }

    /** Reads up to a text frame that holds the words. */
    public Frame expectText(String words) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.opcode() == CLOSE) {
                throw new AssertionError("closed with " + code(frame) + " while waiting for " + words);
            }
            if (frame.opcode() == TEXT && frame.text().contains(words)) {
                return frame;
            }
        }
    }

    /** Reads up to a frame of the kind. */
    public Frame expect(int opcode) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.opcode() == opcode) {
                return frame;
            }
        }
    }

    /** The code of the close frame that comes, whatever text comes before it. */
    public int expectClose() throws IOException {
        return code(expect(CLOSE));
    }

    private static int code(Frame close) {
        byte[] code = Arrays.copyOf(close.payload(), 2);
        return (code[0] & 0xff) << 8 | code[1] & 0xff;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
