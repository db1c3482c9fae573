package io.socle.realtime.gateway.transport.mqtt.mapping;

import org.jspecify.annotations.Nullable;

/** How much of a message a client of version 5 is sent; it asks by the user property {@code rt-format} of its CONNECT. */
public enum MessageFormat {
    /** What the publisher's PUBLISH had, or would have had: for devices that know nothing of this suite. */
    PLAIN,
    /** Every part of the message. */
    REALTIME,
    /** A CloudEvent in the binary mode of the MQTT binding. */
    CLOUDEVENTS;

    public static final String PROPERTY = "rt-format";

    /** The format that a word asks for; any other word asks for nothing special. */
    public static MessageFormat of(@Nullable String word) {
        return switch (word) {
            case "realtime" -> REALTIME;
            case "cloudevents" -> CLOUDEVENTS;
            case null, default -> PLAIN;
        };
    }
}
