package io.socle.realtime.contracts.log;

/** Names of Kafka record headers. */
public final class LogHeaders {
    /** W3C trace context, on every record that has one. */
    public static final String TRACEPARENT = "traceparent";

    /** W3C trace state beside {@link #TRACEPARENT}. */
    public static final String TRACESTATE = "tracestate";

    /** On deliveries: the incarnation of the slot that the record is for, 8 bytes big endian. */
    public static final String INCARNATION = "rt-incarnation";

    /** On parked records: why, in UTF-8. */
    public static final String REASON = "rt-reason";

    private LogHeaders() {}
}
