package io.socle.realtime.gateway.transport.http;

/** Compares media types without their parameters (RFC 9110 section 8.3.1). */
final class MediaTypes {
    private MediaTypes() {}

    static boolean is(String contentType, String mediaType) {
        int end = contentType.indexOf(';');
        return mediaType.equalsIgnoreCase((end < 0 ? contentType : contentType.substring(0, end)).trim());
    }
}
