package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import java.util.Set;

/**
 * The table of failures in MQTT's words. Each packet has its own set of reason codes (MQTT 5 section 2.4): a code that the
 * packet cannot carry is told as the nearest that it can.
 */
final class ReasonCodes {
    private static final Set<Integer> OF_PUBLISH = Set.of(
            ReasonCode.UNSPECIFIED_ERROR,
            ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
            ReasonCode.NOT_AUTHORIZED,
            ReasonCode.TOPIC_NAME_INVALID,
            ReasonCode.PACKET_IDENTIFIER_IN_USE,
            ReasonCode.QUOTA_EXCEEDED,
            ReasonCode.PAYLOAD_FORMAT_INVALID);

    private static final Set<Integer> OF_SUBSCRIBE = Set.of(
            ReasonCode.UNSPECIFIED_ERROR,
            ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
            ReasonCode.NOT_AUTHORIZED,
            ReasonCode.TOPIC_FILTER_INVALID,
            ReasonCode.PACKET_IDENTIFIER_IN_USE,
            ReasonCode.QUOTA_EXCEEDED,
            ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED);

    private static final Set<Integer> OF_CONNECT = Set.of(
            ReasonCode.UNSPECIFIED_ERROR,
            ReasonCode.MALFORMED_PACKET,
            ReasonCode.PROTOCOL_ERROR,
            ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
            ReasonCode.NOT_AUTHORIZED,
            ReasonCode.SERVER_UNAVAILABLE,
            ReasonCode.SERVER_BUSY,
            ReasonCode.TOPIC_NAME_INVALID,
            ReasonCode.PACKET_TOO_LARGE,
            ReasonCode.QUOTA_EXCEEDED,
            ReasonCode.PAYLOAD_FORMAT_INVALID);

    private ReasonCodes() {}

    /** In PUBACK and PUBREC. */
    static int ofPublish(FailureCode code) {
        return switch (code) {
            // That no more is taken for now is one thing for the publisher, whatever the bound.
            case TOO_MANY_IN_FLIGHT, RATE_LIMITED, OVERLOADED, UNAVAILABLE, PAYLOAD_TOO_LARGE, SESSION_FULL ->
                ReasonCode.QUOTA_EXCEEDED;
            case RESERVED_CHANNEL -> ReasonCode.TOPIC_NAME_INVALID;
            default -> known(OF_PUBLISH, code.mqttReasonCode(), ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        };
    }

    /** In SUBACK. */
    static int ofSubscribe(FailureCode code) {
        return code == FailureCode.RESERVED_CHANNEL
                ? ReasonCode.NOT_AUTHORIZED
                : known(OF_SUBSCRIBE, code.mqttReasonCode(), ReasonCode.UNSPECIFIED_ERROR);
    }

    /** In CONNACK. */
    static int ofConnect(FailureCode code) {
        return switch (code) {
            // A later connection has the client identifier; or the owner of the session does not answer.
            case SHUTTING_DOWN, NODE_FENCED, UNAVAILABLE, TIMEOUT, TAKEN_OVER -> ReasonCode.SERVER_UNAVAILABLE;
            case OVERLOADED, RATE_LIMITED -> ReasonCode.SERVER_BUSY;
            default -> known(OF_CONNECT, code.mqttReasonCode(), ReasonCode.UNSPECIFIED_ERROR);
        };
    }

    private static int known(Set<Integer> codes, int code, int otherwise) {
        return codes.contains(code) ? code : otherwise;
    }
}
