package io.socle.realtime.gateway.transport.mqtt.packet;

/** The versions of MQTT that are spoken, by their protocol level (MQTT 5 section 3.1.2.2). */
public enum Version {
    V3_1(3),
    V3_1_1(4),
    V5(5);

    private final int level;

    Version(int level) {
        this.level = level;
    }

    public int level() {
        return level;
    }

    /** Whether packets have properties, and acknowledgements reason codes. */
    public boolean isFive() {
        return this == V5;
    }
}
