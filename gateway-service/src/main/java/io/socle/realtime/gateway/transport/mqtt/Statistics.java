package io.socle.realtime.gateway.transport.mqtt;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What this node's MQTT listeners count, by the topics that operators know from other brokers. Safe for use by all threads. */
final class Statistics {
    static final String ROOT = "$SYS/broker/";

    /** Of the first byte of a PUBLISH, whose upper half is its packet type (MQTT 5 section 2.1.2). */
    private static final int PUBLISH = 3;

    private final String version;
    private final LongSupplier nanoClock;
    private final long began;
    private final LongAdder connected = new LongAdder();
    private final LongAdder subscriptions = new LongAdder();
    private final Traffic in = new Traffic();
    private final Traffic out = new Traffic();

    /** One direction. */
    private static final class Traffic {
        final LongAdder bytes = new LongAdder();
        final LongAdder packets = new LongAdder();
        final LongAdder publishes = new LongAdder();
        final LoadAverage byteLoad = new LoadAverage();
        final LoadAverage packetLoad = new LoadAverage();
        final LoadAverage publishLoad = new LoadAverage();

        void packet(int firstByte) {
            packets.increment();
            if ((firstByte & 0xff) >> 4 == PUBLISH) {
                publishes.increment();
            }
        }
    }

    Statistics(String version, LongSupplier nanoClock) {
        this.version = version;
        this.nanoClock = nanoClock;
        this.began = nanoClock.getAsLong();
    }

    /** Clients came, or with a negative number went. */
    void connected(int change) {
        connected.add(change);
    }

    /** Subscriptions came, or with a negative number went. */
    void subscribed(int change) {
        subscriptions.add(change);
    }

    void receivedBytes(int bytes) {
        in.bytes.add(bytes);
    }

    void received(int firstByte) {
        in.packet(firstByte);
    }

    void sent(int firstByte, int bytes) {
        out.bytes.add(bytes);
        out.packet(firstByte);
    }

    /** The present values by topic. Loads are averages per minute that forget with one minute, and are as of the last call. */
    synchronized Map<String, String> values() {
        double seconds = (nanoClock.getAsLong() - began) / 1e9;
        Map<String, String> values = new TreeMap<>();
        values.put(ROOT + "version", version);
        values.put(ROOT + "uptime", (long) seconds + " seconds");
        values.put(ROOT + "clients/connected", Long.toString(connected.sum()));
        values.put(ROOT + "subscriptions/count", Long.toString(subscriptions.sum()));
        put(values, "received", in, seconds);
        put(values, "sent", out, seconds);
        return values;
    }

    private static void put(Map<String, String> values, String direction, Traffic traffic, double seconds) {
        put(values, "bytes/" + direction, traffic.bytes.sum(), traffic.byteLoad, seconds);
        put(values, "messages/" + direction, traffic.packets.sum(), traffic.packetLoad, seconds);
        put(values, "publish/messages/" + direction, traffic.publishes.sum(), traffic.publishLoad, seconds);
    }

    private static void put(Map<String, String> values, String name, long count, LoadAverage load, double seconds) {
        values.put(ROOT + name, Long.toString(count));
        String subject = name.replace("publish/messages", "publish");
        values.put(ROOT + "load/" + subject + "/1min", load.perMinute(count, seconds));
    }
}
