package io.socle.realtime.gateway.transport.mqtt.packet;

import io.socle.realtime.contracts.message.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One control packet (MQTT 5 section 3). What MQTT 3.1.1 does not have is at its default. */
public sealed interface Packet {
    /**
     * Begins a connection (section 3.1).
     *
     * @param cleanStart in 3.1.1 the flag Clean Session
     * @param keepAlive longest silence of the client, in seconds; 0 for any
     * @param clientId empty where the server is to give one
     */
    record Connect(
            Version version,
            boolean cleanStart,
            int keepAlive,
            String clientId,
            @Nullable Will will,
            @Nullable String userName,
            @Nullable Payload password,
            Properties properties)
            implements Packet {
        /** Says no secret. */
        @Override
        public String toString() {
            return "Connect[" + version + "]";
        }
    }

    /** What the server is to publish when the client goes without a word (section 3.1.2.5). */
    record Will(String topic, Payload payload, int qos, boolean retain, Properties properties) {}

    /** Answers CONNECT (section 3.2); the code is one of version 5 also for older clients, whose writer maps it. */
    record ConnAck(boolean sessionPresent, int reasonCode, Properties properties) implements Packet {}

    /**
     * A message (section 3.3).
     *
     * @param topic empty where a topic alias stands for it
     * @param packetId 1 to 65535; 0 with QoS 0, which has none
     */
    record Publish(
            String topic,
            int qos,
            boolean retain,
            boolean duplicate,
            int packetId,
            Properties properties,
            Payload payload)
            implements Packet {}

    /** PUBACK, PUBREC, PUBREL or PUBCOMP (sections 3.4 to 3.7). */
    record Acknowledgement(PacketType type, int packetId, int reasonCode, Properties properties) implements Packet {
        public Acknowledgement(PacketType type, int packetId, int reasonCode) {
            this(type, packetId, reasonCode, Properties.NONE);
        }
    }

    /** Asks for subscriptions (section 3.8). */
    record Subscribe(int packetId, List<Request> requests, Properties properties) implements Packet {
        public Subscribe {
            requests = List.copyOf(requests);
        }
    }

    /**
     * One topic filter with its options (section 3.8.3.1).
     *
     * @param qos highest QoS at which messages are sent
     * @param noLocal whether the client's own messages are left out
     * @param retainAsPublished whether the flag RETAIN is kept
     * @param retainHandling 0 sends retained messages, 1 only where the subscription is new, 2 never
     */
    record Request(String filter, int qos, boolean noLocal, boolean retainAsPublished, int retainHandling) {}

    /** Answers SUBSCRIBE, one code for each filter (section 3.9). */
    record SubAck(int packetId, List<Integer> reasonCodes) implements Packet {
        public SubAck {
            reasonCodes = List.copyOf(reasonCodes);
        }
    }

    /** Ends subscriptions (section 3.10). */
    record Unsubscribe(int packetId, List<String> filters, Properties properties) implements Packet {
        public Unsubscribe {
            filters = List.copyOf(filters);
        }
    }

    /** Answers UNSUBSCRIBE, one code for each filter, which 3.1.1 leaves out (section 3.11). */
    record UnsubAck(int packetId, List<Integer> reasonCodes) implements Packet {
        public UnsubAck {
            reasonCodes = List.copyOf(reasonCodes);
        }
    }

    record PingReq() implements Packet {}

    record PingResp() implements Packet {}

    /** Ends the connection (section 3.14). */
    record Disconnect(int reasonCode, Properties properties) implements Packet {}

    /** Part of an extended authentication, which this server does not offer (section 3.15). */
    record Auth(int reasonCode, Properties properties) implements Packet {}
}
