package io.socle.realtime.gateway.transport.mqtt.packet;

/** A CONNECT that is refused, by a client whose version is known enough to answer it. It has no stack trace. */
public final class ConnectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Version version;
    private final int reasonCode;

    ConnectException(Version version, PacketException cause) {
        super(cause.getMessage(), null, false, false);
        this.version = version;
        this.reasonCode = cause.reasonCode();
    }

    /** The version to answer in. */
    public Version version() {
        return version;
    }

    public int reasonCode() {
        return reasonCode;
    }

    /**
     * Whether there is a CONNACK for it: before version 5 a CONNECT that does not conform is not answered (3.1.1 section
     * 3.1.4), only one whose version or client identifier is not taken.
     */
    public boolean isAnswered() {
        return version.isFive()
                || reasonCode == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION
                || reasonCode == ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
