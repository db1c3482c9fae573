package io.socle.realtime.e2e.mqtt;

import io.socle.realtime.e2e.suite.Suite;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** MQTT byte by byte, for what no client would send, and to see what no client shows. */
final class RawMqtt implements AutoCloseable {
    private static final int LIMIT_MS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    /** A packet of the server: its first byte, and what follows the length. */
    record Received(int firstByte, byte[] body) {
        int type() {
            return firstByte >> 4;
        }

        int at(int index) {
            return body[index] & 0xff;
        }
    }

    RawMqtt(Suite suite) {
        this(suite.mqttPort());
    }

    RawMqtt(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(LIMIT_MS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connected in version 5, with properties as they are to stand. */
    static RawMqtt connected(Suite suite, String token, byte... properties) {
        var raw = new RawMqtt(suite);
        raw.send(0x10, connect(5, "raw-" + System.nanoTime(), token, 60, properties));
        Received connAck = raw.read();
        if (connAck.type() != 2 || connAck.at(1) != 0) {
            throw new AssertionError("not connected: " + connAck.at(1));
        }
        return raw;
    }

    /**
     * Connected in version 5 without a clean start.
     *
     * @param expiry of the session, in seconds
     * @param present whether the session is to be there
     */
    static RawMqtt resumed(int port, String clientId, String token, int expiry, boolean present) {
        var raw = new RawMqtt(port);
        var body = new Bytes()
                .text("MQTT")
                .bytes(5, 0xc0, 0, 60, 5, 0x11, expiry >> 24, expiry >> 16, expiry >> 8, expiry)
                .text(clientId)
                .text("device")
                .text(token);
        raw.send(0x10, body.toBytes());
        Received connAck = raw.read();
        if (connAck.type() != 2 || connAck.at(1) != 0 || connAck.at(0) != (present ? 1 : 0)) {
            throw new AssertionError("session present " + connAck.at(0) + ", reason code " + connAck.at(1));
        }
        return raw;
    }

    /** The body of a CONNECT with a clean start. */
    static byte[] connect(int level, String clientId, String token, int keepAlive, byte... properties) {
        var body = new Bytes().text("MQTT").bytes(level, 0xc2, keepAlive >> 8, keepAlive);
        if (level == 5) {
            body.variable(properties.length).raw(properties);
        }
        return body.text(clientId).text("device").text(token).toBytes();
    }

    /** Subscribes with options as they stand in the packet, and returns when that is answered; fails where it is refused. */
    void subscribe(int packetId, String filter, int options) {
        send(
                0x82,
                new Bytes()
                        .bytes(packetId >> 8, packetId, 0)
                        .text(filter)
                        .bytes(options)
                        .toBytes());
        Received subAck = read();
        if (subAck.type() != 9 || subAck.at(subAck.body().length - 1) > 2) {
            throw new AssertionError("not subscribed: " + subAck.firstByte() + " " + Arrays.toString(subAck.body()));
        }
    }

    /** A PUBLISH without properties; QoS and flags are in the first byte, and QoS 0 has no packet identifier. */
    void publish(int firstByte, String topic, int packetId, String text) {
        var body = new Bytes().text(topic);
        if ((firstByte & 6) != 0) {
            body.bytes(packetId >> 8, packetId);
        }
        send(firstByte, body.bytes(0).raw(text.getBytes(StandardCharsets.UTF_8)).toBytes());
    }

    /** Acknowledges with success: PUBACK, PUBREC, PUBREL or PUBCOMP by its first byte. */
    void acknowledge(int firstByte, int packetId) {
        send(firstByte, (byte) (packetId >> 8), (byte) packetId);
    }

    /** Fails the test where the server has anything to say before it answers a PINGREQ. */
    void ping() {
        send(0xc0);
        int answer = read().firstByte();
        if (answer != 0xd0) {
            throw new AssertionError("the server said 0x" + Integer.toHexString(answer) + " before PINGRESP");
        }
    }

    void send(int firstByte, byte... body) {
        write(new Bytes().bytes(firstByte).variable(body.length).raw(body).toBytes());
    }

    void write(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes, and returns whether the connection took it. */
    boolean tryWrite(byte... bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    Received read() {
        try {
            int first = in.readUnsignedByte();
            int length = 0;
            int part = 0x80;
            for (int shift = 0; part >= 0x80; shift += 7) {
                part = in.readUnsignedByte();
                length |= (part & 0x7f) << shift;
            }
            byte[] body = new byte[length];
            in.readFully(body);
            return new Received(first, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the server closes without another word; fails the test where it says something. */
    boolean isClosed() {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("the server said 0x" + Integer.toHexString(next));
            }
            return true;
        } catch (EOFException | SocketException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing comes for so long. */
    boolean isSilentFor(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            int next = in.read();
            throw new AssertionError(next < 0 ? "closed" : "the server said 0x" + Integer.toHexString(next));
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            restoreLimit();
        }
    }

    private void restoreLimit() {
        try {
            socket.setSoTimeout(LIMIT_MS);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects bytes. */
    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes bytes(int... values) {
            for (int value : values) {
                out.write(value);
            }
            return this;
        }

        Bytes raw(byte... bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Bytes text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return bytes(utf8.length >> 8, utf8.length).raw(utf8);
        }

        Bytes variable(int value) {
            int rest = value;
            while (rest > 0x7f) {
                out.write(rest & 0x7f | 0x80);
                rest >>= 7;
            }
            out.write(rest);
            return this;
        }

        byte[] toBytes() {
            return out.toByteArray();
        }
    }
}
