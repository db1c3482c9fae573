package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.json.JsonWriter;
import java.time.Duration;

/** A problem as RFC 9457 problem+json (clause HTTP-20). */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int TYPICAL_BYTES = 384;
    /** Where no estimate is known. */
    private static final long RETRY_AFTER_SECONDS = 1;

    private ProblemJson() {}

    /** Whether the answer says when to come back (RFC 9110 section 10.2.3). */
    public static boolean mayRetry(Problem problem) {
        int status = problem.code().httpStatus();
        return status == 429 || status == 503;
    }

    /** The value of Retry-After, upwards: who comes back a moment too early is refused again. */
    public static long retryAfterSeconds(Problem problem) {
        Duration advice = problem.retryAfter();
        return advice == null ? RETRY_AFTER_SECONDS : Math.max(1, Math.ceilDiv(advice.toMillis(), 1_000));
    }

    public static byte[] write(Problem problem) {
        return write(new JsonWriter(TYPICAL_BYTES), problem).toBytes();
    }

    /** Writes it as one object. */
    public static JsonWriter write(JsonWriter json, Problem problem) {
        FailureCode code = problem.code();
        json.beginObject()
                .field("type", "urn:realtime:problem:" + code.code())
                .field("title", code.meaning())
                .field("status", code.httpStatus())
                .field("code", code.code())
                .field("detail", problem.detail())
                .field("retryable", problem.retryable());
        if (problem.retryAfter() != null) {
            json.field("retryAfterMs", problem.retryAfter().toMillis());
        }
        return json.endObject();
    }
}
