package io.socle.realtime.bench;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber of one channel as the protocol's clients are to be: whenever its link ends it comes back with full jitter,
 * resumes after the last position that it has, and counts whatever was left out or came twice. Safe for use by several
 * threads.
 */
final class Follower {
    private static final long FIRST_BACKOFF_MILLIS = 500;
    private static final long LONGEST_BACKOFF_MILLIS = 8_000;

    private final Vertx vertx;
    private final WebSocketClient client;
    private final String channel;
    private int port;
    private int attempts;
    private @Nullable WebSocket socket;
    private @Nullable String cursor;
    private boolean away;
    private boolean caughtUp;
    private long caughtUpAt;
    private long deliveries;
    private long missing;
    private long repeats;

    Follower(Vertx vertx, WebSocketClient client, String channel) {
        this.vertx = vertx;
        this.client = client;
        this.channel = channel;
    }

    synchronized void join(int at) {
        port = at;
        away = false;
        connect();
    }

    /** Leaves and does not come back before the next join. */
    synchronized void leave() {
        away = true;
        caughtUp = false;
        WebSocket left = socket;
        socket = null;
        if (left != null) {
            left.close();
        }
    }

    /** From now on it comes back elsewhere. */
    synchronized void moveTo(int at) {
        port = at;
        caughtUp = false;
    }

    private synchronized void connect() {
        if (away) {
            return;
        }
        client.connect(Peer.REALTIME.options(port)).onComplete(result -> {
            if (result.succeeded()) {
                begin(result.result());
            } else {
                comeBack();
            }
        });
    }

    private synchronized void comeBack() {
        socket = null;
        if (!away) {
            long longest = Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempts++, 10));
            vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(longest), now -> connect());
        }
    }

    private synchronized void begin(WebSocket opened) {
        if (away) {
            opened.close();
            return;
        }
        socket = opened;
        opened.textMessageHandler(frame -> take(opened, frame));
        // The close handler is told of the same; without this each broken link would be logged.
        opened.exceptionHandler(broken -> {});
        opened.closeHandler(closed -> ended(opened));
        String since = cursor == null ? "" : ",\"since\":{\"position\":\"" + cursor + "\"}";
        opened.writeTextMessage("{\"type\":\"connect\",\"id\":1}");
        opened.writeTextMessage("{\"type\":\"subscribe\",\"id\":2,\"subscription\":\"f\",\"channel\":\"" + channel
                + "\"" + since + "}");
    }

    private synchronized void ended(WebSocket link) {
        if (socket == link) {
            comeBack();
        }
    }

    private synchronized void take(WebSocket link, String frame) {
        if (socket == link) {
            take(frame);
        }
    }

    private void take(String frame) {
        if (frame.startsWith("{\"type\":\"message\"")) {
            message(Frames.text(frame, "position"));
        } else if (frame.startsWith("{\"type\":\"subscribed\"")) {
            attempts = 0;
            if (cursor == null) {
                cursor = Frames.text(frame, "cursor");
                caughtUp();
            }
        } else if (frame.startsWith("{\"type\":\"caught_up\"")) {
            caughtUp();
        } else if (frame.startsWith("{\"type\":\"lost\"") || frame.startsWith("{\"type\":\"skipped\"")) {
            message(Frames.text(frame, "to"));
        } else if (frame.startsWith("{\"type\":\"problem\"")) {
            requireNonNull(socket).close();
        }
    }

    private void message(String position) {
        long step = Frames.offset(position) - (cursor == null ? 0 : Frames.offset(cursor));
        missing += Math.max(0, step - 1);
        repeats += step < 1 ? 1 : 0;
        deliveries++;
        cursor = position;
    }

    private void caughtUp() {
        if (!caughtUp) {
            caughtUp = true;
            caughtUpAt = System.nanoTime();
        }
    }

    String channel() {
        return channel;
    }

    synchronized boolean isCaughtUp() {
        return caughtUp;
    }

    /** When it last caught up, by {@link System#nanoTime()}. */
    synchronized long caughtUpAt() {
        return caughtUpAt;
    }

    /** Offset of the last message that it has. */
    synchronized long offset() {
        return cursor == null ? 0 : Frames.offset(cursor);
    }

    synchronized long deliveries() {
        return deliveries;
    }

    /** Positions that were left out: not delivered though a later one was. */
    synchronized long missing() {
        return missing;
    }

    synchronized long repeats() {
        return repeats;
    }
}
