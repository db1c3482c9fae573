package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.message.ChannelName;
import java.nio.charset.StandardCharsets;

/** Which partition owns a channel: murmur2 of its UTF-8 name, as Kafka's default partitioner has it. */
public final class Partitions {
    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;

    private Partitions() {}

    /** A partition from 0 to {@code count - 1}. */
    public static int of(ChannelName channel, int count) {
        return (murmur2(channel.value().getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % count;
    }

    /** The partition that owns the session of an MQTT client. */
    public static int of(SessionKey session, int count) {
        String both = session.subject() + '\0' + session.clientId();
        return (murmur2(both.getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % count;
    }

    static int murmur2(byte[] data) {
        int hash = SEED ^ data.length;
        int whole = data.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            hash = hash * MULTIPLIER ^ mix(littleEndian(data, i));
        }
        if (whole < data.length) {
            hash = (hash ^ rest(data, whole)) * MULTIPLIER;
        }
        hash = (hash ^ hash >>> 13) * MULTIPLIER;
        return hash ^ hash >>> 15;
    }

    private static int mix(int block) {
        int mixed = block * MULTIPLIER;
        return (mixed ^ mixed >>> 24) * MULTIPLIER;
    }

    private static int littleEndian(byte[] data, int at) {
        return (data[at] & 0xff)
                | (data[at + 1] & 0xff) << 8
                | (data[at + 2] & 0xff) << 16
                | (data[at + 3] & 0xff) << 24;
    }

    private static int rest(byte[] data, int from) {
        int rest = 0;
        for (int i = data.length - 1; i >= from; i--) {
            rest = rest << 8 | (data[i] & 0xff);
        }
        return rest;
    }
}
