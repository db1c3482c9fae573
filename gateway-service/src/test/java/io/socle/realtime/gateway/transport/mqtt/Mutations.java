package io.socle.realtime.gateway.transport.mqtt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes other conversations of known ones: by packets, and by bytes within them with lengths kept true or not. */
final class Mutations {
    /** Values at which encodings change, and bytes that mean something in UTF-8. */
    private static final int[] TELLING = {0, 1, 2, 3, 0x7f, 0x80, 0x81, 0xc0, 0xc3, 0xed, 0xf4, 0xff};

    private static final int LONGEST = 4_096;

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    List<byte[]> of(List<byte[]> conversation, List<byte[]> another) {
        List<byte[]> packets = new ArrayList<>(conversation);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            change(packets, another);
        }
        return packets;
    }

    private void change(List<byte[]> packets, List<byte[]> another) {
        int at = random.nextInt(packets.size());
        switch (random.nextInt(8)) {
            case 0 -> packets.add(at, any(another));
            case 1 -> packets.add(at, packets.get(at));
            case 2 -> packets.set(at, spliced(packets.get(at), any(another)));
            default -> packets.set(at, changed(packets.get(at)));
        }
    }

    private byte[] any(List<byte[]> packets) {
        return packets.get(random.nextInt(packets.size()));
    }

    /** The first part of one body with the last part of another. */
    private byte[] spliced(byte[] first, byte[] second) {
        int cut = random.nextInt(first.length + 1);
        int from = random.nextInt(second.length + 1);
        byte[] both = Arrays.copyOf(first, Math.min(LONGEST, cut + second.length - from));
        System.arraycopy(second, from, both, cut, both.length - cut);
        return withTrueLength(both);
    }

    private byte[] changed(byte[] packet) {
        byte[] bytes = switch (random.nextInt(4)) {
            case 0 -> inserted(packet);
            case 1 -> Arrays.copyOf(packet, random.nextInt(packet.length + 1));
            default -> packet.clone();
        };
        if (bytes.length > 0) {
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte)
                    (random.nextBoolean()
                            ? TELLING[random.nextInt(TELLING.length)]
                            : bytes[at] ^ 1 << random.nextInt(8));
        }
        return random.nextInt(4) == 0 ? bytes : withTrueLength(bytes);
    }

    private byte[] inserted(byte[] packet) {
        int at = random.nextInt(packet.length + 1);
        byte[] more = new byte[1 + random.nextInt(8)];
        random.nextBytes(more);
        byte[] bytes = Arrays.copyOf(packet, packet.length + more.length);
        System.arraycopy(more, 0, bytes, at, more.length);
        System.arraycopy(packet, at, bytes, at + more.length, packet.length - at);
        return bytes;
    }

    /** So that what is wrong within a packet is reached. Bodies here are shorter than 16,384 bytes. */
    private static byte[] withTrueLength(byte[] packet) {
        if (packet.length < 2) {
            return packet;
        }
        int begin = packet[1] < 0 && packet.length > 2 ? 3 : 2;
        int length = packet.length - begin;
        boolean isShort = length < 0x80;
        byte[] bytes = new byte[length + (isShort ? 2 : 3)];
        bytes[0] = packet[0];
        bytes[1] = (byte) (isShort ? length : length & 0x7f | 0x80);
        if (!isShort) {
            bytes[2] = (byte) (length >> 7);
        }
        System.arraycopy(packet, begin, bytes, bytes.length - length, length);
        return bytes;
    }
}
