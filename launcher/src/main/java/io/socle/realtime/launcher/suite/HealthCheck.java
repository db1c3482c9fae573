package io.socle.realtime.launcher.suite;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Locale;

/** Asks a process over HTTP whether it is ready. */
final class HealthCheck {
    private static final int CONNECT_MILLIS = 500;
    private static final int READ_MILLIS = 2_000;

    private HealthCheck() {}

    /** Whether the address answers 200 in time; blocks for 2.5 s at most. */
    static boolean isReady(URI url) {
        if (!"http".equals(url.getScheme().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not an HTTP address: " + url);
        }
        try {
            // Lighter than the HttpClient, and the supervisor lives as long as the suite.
            var connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            // Not listening yet, or no more: not ready is the whole answer.
            return false;
        }
    }
}
