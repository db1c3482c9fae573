package io.socle.realtime.contracts.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * W3C trace context (Level 2).
 *
 * @param traceparent version 00 form
 * @param tracestate vendor list, at most 512 characters
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    public TraceContext {
        if (!TRACEPARENT.matcher(traceparent).matches()) {
            throw new InvalidValueException("traceparent", "is not a W3C trace context of version 00");
        }
        if (tracestate != null) {
            Checks.text(tracestate, "tracestate", 512);
        }
    }
}
