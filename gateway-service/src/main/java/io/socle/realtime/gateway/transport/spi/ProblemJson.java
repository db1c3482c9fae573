package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.json.JsonWriter;

/** A problem as RFC 9457 problem+json (clause HTTP-20). */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int TYPICAL_BYTES = 384;

    private ProblemJson() {}

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
