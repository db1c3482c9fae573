package io.socle.realtime.gateway.transport.mqtt.packet;

import io.socle.realtime.contracts.message.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the data types of MQTT (section 1.5); grows as needed. */
final class ByteWriter {
    private static final int LONGEST = 0xffff;

    private byte[] bytes;
    private int size;

    ByteWriter(int expected) {
        this.bytes = new byte[expected];
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    int size() {
        return size;
    }

    ByteWriter oneByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    ByteWriter twoBytes(int value) {
        return oneByte(value >> 8).oneByte(value);
    }

    ByteWriter fourBytes(long value) {
        return twoBytes((int) (value >> 16)).twoBytes((int) value);
    }

    ByteWriter variable(int value) {
        int rest = value;
        while (rest > 0x7f) {
            oneByte((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return oneByte(rest);
    }

    /** How many bytes a variable byte integer takes. */
    static int variableLength(int value) {
        if (value < 1 << 7) {
            return 1;
        }
        if (value < 1 << 14) {
            return 2;
        }
        return value < 1 << 21 ? 3 : 4;
    }

    ByteWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    ByteWriter raw(ByteWriter other) {
        room(other.size);
        System.arraycopy(other.bytes, 0, bytes, size, other.size);
        size += other.size;
        return this;
    }

    ByteWriter text(String value) {
        return sized(value.getBytes(StandardCharsets.UTF_8));
    }

    ByteWriter binary(Payload value) {
        return sized(value.bytes());
    }

    private ByteWriter sized(byte[] value) {
        if (value.length > LONGEST) {
            throw new IllegalArgumentException("longer than a string of MQTT can be");
        }
        return twoBytes(value.length).raw(value);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
