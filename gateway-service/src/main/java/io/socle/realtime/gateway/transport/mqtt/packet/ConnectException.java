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

    public String reason() {
        return String.valueOf(getMessage());
    }
}
