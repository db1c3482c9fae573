package io.socle.realtime.gateway.transport.mqtt.packet;

import java.util.Set;

/** The reason codes that this server sends or looks at (MQTT 5 section 2.4); 0x80 and above are failures. */
public final class ReasonCode {
    public static final int SUCCESS = 0x00;
    public static final int NO_SUBSCRIPTION_EXISTED = 0x11;
    public static final int UNSPECIFIED_ERROR = 0x80;
    public static final int MALFORMED_PACKET = 0x81;
    public static final int PROTOCOL_ERROR = 0x82;
    public static final int IMPLEMENTATION_SPECIFIC_ERROR = 0x83;
    public static final int UNSUPPORTED_PROTOCOL_VERSION = 0x84;
    public static final int CLIENT_IDENTIFIER_NOT_VALID = 0x85;
    public static final int NOT_AUTHORIZED = 0x87;
    public static final int SERVER_UNAVAILABLE = 0x88;
    public static final int SERVER_BUSY = 0x89;
    public static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    public static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    public static final int SESSION_TAKEN_OVER = 0x8E;
    public static final int TOPIC_FILTER_INVALID = 0x8F;
    public static final int TOPIC_NAME_INVALID = 0x90;
    public static final int PACKET_IDENTIFIER_IN_USE = 0x91;
    public static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;
    public static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    public static final int TOPIC_ALIAS_INVALID = 0x94;
    public static final int PACKET_TOO_LARGE = 0x95;
    public static final int QUOTA_EXCEEDED = 0x97;
    public static final int PAYLOAD_FORMAT_INVALID = 0x99;
    public static final int CONNECTION_RATE_EXCEEDED = 0x9F;
    public static final int SHARED_SUBSCRIPTIONS_NOT_SUPPORTED = 0x9E;

    /** In PUBACK and PUBREC, of server and client alike (sections 3.4.2.1 and 3.5.2.1). */
    private static final Set<Integer> OF_PUBLISH = Set.of(
            SUCCESS,
            0x10,
            UNSPECIFIED_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            NOT_AUTHORIZED,
            TOPIC_NAME_INVALID,
            PACKET_IDENTIFIER_IN_USE,
            QUOTA_EXCEEDED,
            PAYLOAD_FORMAT_INVALID);

    /** In PUBREL and PUBCOMP (sections 3.6.2.1 and 3.7.2.1). */
    private static final Set<Integer> OF_RELEASE = Set.of(SUCCESS, PACKET_IDENTIFIER_NOT_FOUND);

    /** In a client's DISCONNECT (section 3.14.2.1). */
    private static final Set<Integer> OF_DISCONNECT = Set.of(
            SUCCESS,
            0x04,
            UNSPECIFIED_ERROR,
            MALFORMED_PACKET,
            PROTOCOL_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            TOPIC_NAME_INVALID,
            RECEIVE_MAXIMUM_EXCEEDED,
            TOPIC_ALIAS_INVALID,
            PACKET_TOO_LARGE,
            0x96,
            QUOTA_EXCEEDED,
            0x98,
            PAYLOAD_FORMAT_INVALID);

    private ReasonCode() {}

    /** Whether a client's packet of this type may have the code; for types that clients do not send, never. */
    static boolean isOfClient(PacketType type, int code) {
        return switch (type) {
            case PUBACK, PUBREC -> OF_PUBLISH.contains(code);
            case PUBREL, PUBCOMP -> OF_RELEASE.contains(code);
            case DISCONNECT -> OF_DISCONNECT.contains(code);
            default -> false;
        };
    }

    public static boolean isFailure(int code) {
        return code >= UNSPECIFIED_ERROR;
    }
}
