package io.socle.realtime.shell.owner;

import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.message.TraceContext;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The trace context of a record, in its headers. */
public final class TraceHeaders {
    private static final Logger LOG = Logger.getLogger(TraceHeaders.class);

    private TraceHeaders() {}

    /** A trace context that cannot be read is as none: it must not cost the message. */
    public static @Nullable TraceContext read(Headers headers) {
        Header parent = headers.lastHeader(LogHeaders.TRACEPARENT);
        if (parent == null || parent.value() == null) {
            return null;
        }
        Header state = headers.lastHeader(LogHeaders.TRACESTATE);
        try {
            return new TraceContext(
                    new String(parent.value(), StandardCharsets.US_ASCII),
                    state == null || state.value() == null ? null : new String(state.value(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            LOG.debugf("An unreadable trace context was left out: %s", e.getMessage());
            return null;
        }
    }

    /** Adds it, if any. */
    public static void write(@Nullable TraceContext trace, Headers headers) {
        if (trace == null) {
            return;
        }
        headers.add(LogHeaders.TRACEPARENT, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
        String state = trace.tracestate();
        if (state != null) {
            headers.add(LogHeaders.TRACESTATE, state.getBytes(StandardCharsets.UTF_8));
        }
    }
}
