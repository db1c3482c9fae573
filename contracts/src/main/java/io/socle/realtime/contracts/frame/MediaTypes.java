package io.socle.realtime.contracts.frame;

import org.jspecify.annotations.Nullable;

/** What the content type says about how data stands in JSON (clauses WS-30 and WS-31). */
final class MediaTypes {
    static final String PLAIN_TEXT = "text/plain";
    static final String BYTES = "application/octet-stream";

    private static final String TEXT = "text/";

    private MediaTypes() {}

    static boolean isText(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, TEXT, 0, TEXT.length());
    }
}
