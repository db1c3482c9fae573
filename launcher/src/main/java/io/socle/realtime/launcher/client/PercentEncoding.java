package io.socle.realtime.launcher.client;

import java.nio.charset.StandardCharsets;

/** Channel names in the path of a URL (HTTP-1): slashes stand, everything but unreserved characters is encoded. */
final class PercentEncoding {
    private static final String PLAIN = "-._~/";

    private PercentEncoding() {}

    static String path(String channel) {
        var encoded = new StringBuilder();
        for (byte b : channel.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return encoded.toString();
    }
}
