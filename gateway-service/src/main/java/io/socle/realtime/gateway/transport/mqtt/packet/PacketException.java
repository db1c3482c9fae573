package io.socle.realtime.gateway.transport.mqtt.packet;

/** A packet breaks the standard; the connection ends with the reason code (MQTT 5 section 4.13). It has no stack trace. */
public final class PacketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int reasonCode;

    public PacketException(int reasonCode, String message) {
        super(message, null, false, false);
        this.reasonCode = reasonCode;
    }

    static PacketException malformed(String message) {
        return new PacketException(ReasonCode.MALFORMED_PACKET, message);
    }

    public static PacketException violation(String message) {
        return new PacketException(ReasonCode.PROTOCOL_ERROR, message);
    }

    public int reasonCode() {
        return reasonCode;
    }

    /** What is wrong, for people; never anything that the client sent. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
