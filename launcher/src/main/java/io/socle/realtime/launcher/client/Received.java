package io.socle.realtime.launcher.client;

/** What comes from a WebSocket. */
sealed interface Received {
    /** A whole text message. */
    record Text(String text) implements Received {}

    /** The connection is over; nothing comes after this. */
    record Closed(int code, String reason) implements Received {}
}
