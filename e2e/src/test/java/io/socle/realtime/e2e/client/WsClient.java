package io.socle.realtime.e2e.client;

import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.ClientFrameWriter;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrameParser;
import io.socle.realtime.e2e.suite.Suite;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A raw client of {@code realtime.v1.json}; frames are sent as text, right or wrong. Safe for use by several threads. */
public final class WsClient implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FrameQueue queue = new FrameQueue();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final AtomicLong ids = new AtomicLong(100);
    private final Incoming incoming;
    private final WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    /** How the server closed, or 1006 where the link broke. */
    public record Closed(int code, String reason) {}

    private WsClient(Suite suite, @Nullable Consumer<ServerFrame> sink, String... subprotocols) {
        this.incoming = new Incoming(sink == null ? frame -> queue.add(frame, "") : sink);
        var builder = HttpApi.CLIENT.newWebSocketBuilder().connectTimeout(LIMIT);
        if (subprotocols.length > 0) {
            String[] more = Arrays.copyOfRange(subprotocols, 1, subprotocols.length);
            builder.subprotocols(subprotocols[0], more);
        }
        closed.thenAccept(how -> queue.end(how.toString()));
        this.socket = builder.buildAsync(suite.webSocket(), incoming).join();
    }

    /** Opens without a connect frame. */
    public static WsClient open(Suite suite, String... subprotocols) {
        return new WsClient(suite, null, subprotocols);
    }

    /** Opens and connects with a token. */
    public static WsClient connect(Suite suite, String token) {
        var client = open(suite, "realtime.v1.json");
        client.send(new ClientFrame.Connect(1, token));
        client.next(ServerFrame.Connected.class);
        return client;
    }

    /** Opens and sends connect; all frames, also the answer, go to the sink on a thread of the client. */
    public static WsClient connect(Suite suite, String token, Consumer<ServerFrame> sink) {
        var client = new WsClient(suite, sink, "realtime.v1.json");
        client.send(new ClientFrame.Connect(1, token));
        return client;
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** A number for a command. */
    public long nextId() {
        return ids.incrementAndGet();
    }

    public void send(ClientFrame frame) {
        send(new String(ClientFrameWriter.write(frame), StandardCharsets.UTF_8));
    }

    /** Sends one text message; sends are queued, for the JDK's client allows one at a time. */
    public synchronized void send(String text) {
        sent = sent.handle((done, failure) -> socket.sendText(text, true)).thenCompose(future -> future);
    }

    /** Sends one message in two fragments. */
    public synchronized void sendInTwo(String first, String second) {
        sent = sent.handle((done, failure) -> socket.sendText(first, false))
                .thenCompose(future -> future)
                .thenCompose(done -> socket.sendText(second, true));
    }

    public synchronized void sendBinary(byte[] bytes) {
        sent = sent.handle((done, failure) -> socket.sendBinary(ByteBuffer.wrap(bytes), true))
                .thenCompose(future -> future);
    }

    /** The next frame but heartbeats. */
    public ServerFrame next() {
        return next(LIMIT);
    }

    public ServerFrame next(Duration limit) {
        return queue.next(limit).frame();
    }

    /** The next frame but heartbeats, which must be of the type. */
    public <T extends ServerFrame> T next(Class<T> type) {
        ServerFrame frame = next();
        if (!type.isInstance(frame)) {
            throw new AssertionError("expected " + type.getSimpleName() + " but got " + frame);
        }
        return type.cast(frame);
    }

    /** Sends a frame and returns what comes next, which must be of the type. */
    public <T extends ServerFrame> T ask(Class<T> type, String json) {
        send(json);
        return next(type);
    }

    /** The code of the problem that answers the frame. */
    public String problem(String json) {
        return ask(ServerFrame.ProblemFrame.class, json).problem().code().code();
    }

    public void pause() {
        incoming.pause();
    }

    public void resume() {
        incoming.resume(socket);
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** Runs when the link has ended, however. */
    public void onClosed(Runnable action) {
        closed.thenRun(action);
    }

    public Closed awaitClosed() {
        try {
            return closed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError("the server did not close within " + LIMIT, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        closed.complete(new Closed(1006, "closed by the test"));
    }

    private final class Incoming implements WebSocket.Listener {
        private final Consumer<ServerFrame> sink;
        private final StringBuilder text = new StringBuilder();
        private boolean paused;
        private boolean owed;

        Incoming(Consumer<ServerFrame> sink) {
            this.sink = sink;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String json = text.toString();
                text.setLength(0);
                SeenFrames.add(json);
                sink.accept(ServerFrameParser.parse(json.getBytes(StandardCharsets.UTF_8)));
            }
            more(from);
            return null;
        }

        private synchronized void more(WebSocket from) {
            if (paused) {
                owed = true;
            } else {
                from.request(1);
            }
        }

        synchronized void pause() {
            paused = true;
        }

        synchronized void resume(WebSocket from) {
            paused = false;
            if (owed) {
                owed = false;
                from.request(1);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.complete(new Closed(1006, String.valueOf(failure.getMessage())));
        }
    }
}
