package io.socle.realtime.launcher.client;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket as a queue of whole messages; the sender is held back when the reader does not keep up. */
final class WebSocketLink implements AutoCloseable {
    static final String SUBPROTOCOL = "realtime.v1.json";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int ABNORMAL_CLOSURE = 1006;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final WebSocket socket;
    private final Inbox inbox;

    private WebSocketLink(WebSocket socket, Inbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /** Throws IOException where nothing answers, Refusal where the handshake is refused for good. */
    static WebSocketLink open(HttpClient http, URI url) throws IOException {
        var inbox = new Inbox();
        try {
            WebSocket socket = http.newWebSocketBuilder()
                    .connectTimeout(CONNECT_LIMIT)
                    .subprotocols(SUBPROTOCOL)
                    .buildAsync(url, inbox)
                    .join();
            return new WebSocketLink(socket, inbox);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw refusal(url, refused);
            }
            throw new IOException("cannot connect to " + url, e.getCause());
        }
    }

    private static IOException refusal(URI url, WebSocketHandshakeException refused) {
        int status = refused.getResponse().statusCode();
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new Refusal("The handshake at " + url + " was refused with HTTP " + status + ".");
        }
        return new IOException(url + " answers HTTP " + status + " to the handshake", refused);
    }

    /** Throws IOException where the connection is over. */
    void send(String text) throws IOException {
        try {
            socket.sendText(text, true).join();
        } catch (CompletionException e) {
            throw new IOException("cannot send", e.getCause());
        }
    }

    /** What came next, or null if nothing did in time. */
    @Nullable
    Received poll(Duration limit) throws InterruptedException {
        Received received = inbox.queue.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (received instanceof Received.Text) {
            socket.request(1);
        }
        return received;
    }

    /** How long nothing at all came, control frames included. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - inbox.lastReceived);
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            // Best effort: the peer may be gone, and the abort below ends it in any case.
            var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(1, TimeUnit.SECONDS)
                    .exceptionally(gone -> socket)
                    .join();
        }
        socket.abort();
    }

    private static final class Inbox implements WebSocket.Listener {
        // One message is asked for at a time; the second place is for the end.
        private final BlockingQueue<Received> queue = new ArrayBlockingQueue<>(2);
        private final StringBuilder partial = new StringBuilder();
        private volatile long lastReceived = System.nanoTime();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            lastReceived = System.nanoTime();
            partial.append(data);
            if (last) {
                put(new Received.Text(partial.toString()));
                partial.setLength(0);
            } else {
                socket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            lastReceived = System.nanoTime();
            return WebSocket.Listener.super.onPing(socket, message);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            put(new Received.Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            put(new Received.Closed(ABNORMAL_CLOSURE, String.valueOf(error.getMessage())));
        }

        private void put(Received received) {
            if (!queue.offer(received)) {
                throw new IllegalStateException("more came than was asked for");
            }
        }
    }
}
