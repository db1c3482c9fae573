package io.socle.realtime.gateway.transport.mqtt.packet;

import io.socle.realtime.contracts.message.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the data types of MQTT (section 1.5) from a packet; throws PacketException where one is cut short or ill-formed. */
final class ByteReader {
    private final byte[] bytes;
    private int at;
    private final int end;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int remaining() {
        return end - at;
    }

    /** Reads what follows with a bound of its own, and goes on behind it. */
    ByteReader slice(int length) {
        require(length);
        ByteReader part = new ByteReader(bytes, at, at + length);
        at += length;
        return part;
    }

    private void require(int length) {
        if (length > end - at) {
            throw PacketException.malformed("the packet ends too early");
        }
    }

    int oneByte() {
        require(1);
        return bytes[at++] & 0xff;
    }

    int twoBytes() {
        return oneByte() << 8 | oneByte();
    }

    long fourBytes() {
        return (long) twoBytes() << 16 | twoBytes();
    }

    /** One to four bytes of seven bits each; more bytes than the value needs are an error (section 1.5.5). */
    int variable() {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int part = oneByte();
            value |= (part & 0x7f) << shift;
            if (part < 0x80) {
                if (part == 0 && shift > 0) {
                    throw PacketException.malformed("a variable byte integer is longer than it needs to be");
                }
                return value;
            }
        }
        throw PacketException.malformed("a variable byte integer has more than four bytes");
    }

    Payload binary() {
        return bytes(twoBytes());
    }

    /** Everything that is left. */
    Payload rest() {
        return bytes(remaining());
    }

    private Payload bytes(int length) {
        require(length);
        Payload read = Payload.of(Arrays.copyOfRange(bytes, at, at + length));
        at += length;
        return read;
    }

    /** A string: well-formed UTF-8 without U+0000 (section 1.5.4). */
    String text() {
        int length = twoBytes();
        require(length);
        for (int i = at; i < at + length; i++) {
            if (bytes[i] == 0) {
                throw PacketException.malformed("a string contains U+0000");
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw PacketException.malformed("a string is not UTF-8");
        }
    }

    void expectEnd() {
        if (remaining() > 0) {
            throw PacketException.malformed("the packet is longer than its content");
        }
    }
}
