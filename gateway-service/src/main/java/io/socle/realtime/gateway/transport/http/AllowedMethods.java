package io.socle.realtime.gateway.transport.http;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The HTTP methods of each path, for {@code Allow}: RFC 9110 section 15.5.6 wants it with 405, and the HTTP stack does not
 * tell it. The paths are those of the resources in this package.
 */
final class AllowedMethods {
    /** The first that matches counts. */
    private static final List<Entry> ENTRIES = List.of(
            new Entry("/v1/messages", "POST"),
            new Entry("/v1/channels/.+/durables/[^/]+/messages", "GET, HEAD"),
            new Entry("/v1/channels/.+/durables/[^/]+/ack", "POST"),
            new Entry("/v1/channels/.+/durables/[^/]+", "DELETE"),
            new Entry("/v1/channels/.+/messages", "GET, HEAD, POST"),
            new Entry("/v1/channels/.+/messages/[^/]+", "DELETE"),
            new Entry("/v1/channels/.+/retained", "GET, HEAD"),
            new Entry("/v1/channels/.+/members/[^/]+", "DELETE, PUT"),
            new Entry("/v1/channels/.+/members", "GET, HEAD"),
            new Entry("/v1/channels/.+/visits", "GET, HEAD"),
            new Entry("/v1/channels/.+", "DELETE"),
            new Entry(".*", "GET, HEAD"));

    private record Entry(Pattern path, String methods) {
        Entry(String path, String methods) {
            this(Pattern.compile(path), methods);
        }
    }

    private AllowedMethods() {}

    static String of(String path) {
        return ENTRIES.stream()
                .filter(entry -> entry.path().matcher(path).matches())
                .findFirst()
                .orElseThrow()
                .methods();
    }
}
