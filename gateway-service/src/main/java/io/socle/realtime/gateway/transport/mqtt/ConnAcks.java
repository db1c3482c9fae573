package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;

/** The CONNACK of a connection that is accepted: all limits, and what differs from what the client asked for (clause MQT-3). */
final class ConnAcks {
    private ConnAcks() {}

    /** Only a client of version 5 can be told another keep alive than its own (section 3.2.2.3.14). */
    static int keepAlive(Packet.Connect connect, MqttSettings settings) {
        int most = (int) settings.keepAlive().toSeconds();
        boolean tooLong = connect.keepAlive() == 0 || connect.keepAlive() > most;
        return connect.version().isFive() && tooLong ? most : connect.keepAlive();
    }

    /**
     * Makes it.
     *
     * @param brief without what a client takes for granted where it is absent (sections 3.2.2.3.5 and following)
     */
    static Packet.ConnAck of(
            Packet.Connect connect,
            MqttSettings settings,
            String clientId,
            SessionExpiry expiry,
            boolean present,
            boolean brief) {
        if (!connect.version().isFive()) {
            return new Packet.ConnAck(present, ReasonCode.SUCCESS, Properties.NONE);
        }
        Properties.Builder properties = Properties.builder()
                .number(Property.RECEIVE_MAXIMUM, settings.receiveMaximum())
                .number(Property.MAXIMUM_PACKET_SIZE, settings.packetBytes())
                .number(Property.TOPIC_ALIAS_MAXIMUM, settings.topicAliases());
        if (!brief) {
            properties
                    .flag(Property.RETAIN_AVAILABLE, true)
                    .flag(Property.WILDCARD_SUBSCRIPTION_AVAILABLE, true)
                    .flag(Property.SUBSCRIPTION_IDENTIFIERS_AVAILABLE, true)
                    .flag(Property.SHARED_SUBSCRIPTION_AVAILABLE, true);
        }
        if (expiry.granted() != expiry.asked()) {
            properties.number(Property.SESSION_EXPIRY, expiry.granted());
        }
        if (connect.clientId().isEmpty()) {
            properties.text(Property.ASSIGNED_CLIENT_IDENTIFIER, clientId);
        }
        if (keepAlive(connect, settings) != connect.keepAlive()) {
            properties.number(Property.SERVER_KEEP_ALIVE, keepAlive(connect, settings));
        }
        return new Packet.ConnAck(present, ReasonCode.SUCCESS, properties.build());
    }
}
