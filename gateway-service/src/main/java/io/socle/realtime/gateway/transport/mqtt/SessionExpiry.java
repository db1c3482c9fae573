package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import java.time.Duration;

/**
 * How long a session lasts without a connection (MQTT 5 section 3.1.2.11.2), in seconds; 0 where it ends with the
 * connection.
 *
 * @param asked what the client has asked for
 * @param granted what it has
 */
record SessionExpiry(long asked, long granted) {
    /** Before version 5 a session that is not clean has no end (3.1.1 section 3.1.2.4): here it has the longest. */
    static SessionExpiry of(Packet.Connect connect, Duration longest) {
        if (connect.version().isFive()) {
            return of(connect.properties().number(Property.SESSION_EXPIRY, 0), longest);
        }
        return of(connect.cleanStart() ? 0 : longest.toSeconds(), longest);
    }

    /** What DISCONNECT changes it to (section 3.14.2.2.2); without the property it stays. */
    SessionExpiry changed(Properties disconnect, Duration longest) {
        return of(disconnect.number(Property.SESSION_EXPIRY, granted), longest);
    }

    private static SessionExpiry of(long asked, Duration longest) {
        return new SessionExpiry(asked, Math.min(asked, longest.toSeconds()));
    }

    boolean outlivesTheConnection() {
        return granted > 0;
    }

    long millis() {
        return Duration.ofSeconds(granted).toMillis();
    }
}
