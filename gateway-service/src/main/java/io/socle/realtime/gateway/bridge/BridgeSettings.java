package io.socle.realtime.gateway.bridge;

import io.socle.realtime.contracts.message.ChannelFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One bridge, as configured and checked by {@link BridgeRules}.
 *
 * @param name of the bridge; the mark of what came in by it, and a metric label
 * @param subject as whom it publishes and reads
 * @param in what comes in; null for nothing
 * @param out what goes out; null for nothing
 */
public record BridgeSettings(
        String name,
        Remote remote,
        String subject,
        @Nullable In in,
        @Nullable Out out) {

    /**
     * The other broker.
     *
     * @param port 1 to 65535
     * @param tls the bucket of the TLS registry; empty for no TLS
     * @param clientId the stable identifier under which the other broker keeps the session
     * @param keepAlive of MQTT, whole seconds
     * @param reconnect longest wait between two attempts to connect
     */
    public record Remote(
            String host,
            int port,
            Optional<String> tls,
            Optional<String> username,
            Optional<String> password,
            String clientId,
            Duration keepAlive,
            Duration reconnect) {
        /** Never with the password: settings end up in logs. */
        @Override
        public String toString() {
            return host + ":" + port;
        }

        boolean isSameBroker(Remote other) {
            return port == other.port && host.equalsIgnoreCase(other.host);
        }
    }

    /**
     * What comes in.
     *
     * @param filters of the other broker's topics
     * @param names from topics to channels
     * @param qos asked for, 0 or 1
     * @param inFlight most messages under way to their channels
     */
    public record In(List<ChannelFilter> filters, NameMapping names, int qos, RetainRule retain, int inFlight) {
        public In {
            filters = List.copyOf(filters);
        }

        boolean selects(String topic) {
            return filters.stream().anyMatch(filter -> NameMapping.selects(filter, topic));
        }
    }

    /**
     * What goes out.
     *
     * @param filters of channels
     * @param names from channels to topics
     * @param qos highest that messages go out with, 0 or 1
     * @param retain whether a message that is to be retained is retained there too
     * @param inFlight most messages that the other broker has not acknowledged
     */
    public record Out(List<ChannelFilter> filters, NameMapping names, int qos, boolean retain, int inFlight) {
        public Out {
            filters = List.copyOf(filters);
        }
    }

    /** Which of the messages that come in are retained on their channels. */
    public enum RetainRule {
        /** Those that the other broker sends as retained: the ones that were there when the bridge subscribed (MQTT 3.1.1 section 3.3.1.3). */
        AS_SENT,
        ALWAYS,
        NEVER
    }
}
