package io.socle.realtime.e2e.client;

import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrameParser;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.e2e.suite.Suite;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event stream, read by the rules of WHATWG HTML section 9.2; a message event becomes a message frame. */
public final class SseClient implements Subscriber {
    /** One event as it stood on the wire; name {@code message} where it had none. */
    public record Event(String name, String id, String data) {}

    private final FrameQueue queue = new FrameQueue();
    private final Semaphore mayRead = new Semaphore(1);
    private final AtomicBoolean paused = new AtomicBoolean();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final HttpResponse<Stream<String>> response;
    private final Consumer<ServerFrame> sink;
    private final Consumer<Event> events;
    private final Consumer<String> places;
    private volatile String lastId = "";
    private volatile long heardNanos = System.nanoTime();
    private String cursor = "";

    private SseClient(
            HttpResponse<Stream<String>> response,
            @Nullable Consumer<ServerFrame> sink,
            Consumer<Event> events,
            Consumer<String> places) {
        this.response = response;
        this.sink = sink == null ? frame -> queue.add(frame, lastId) : sink;
        this.events = events;
        this.places = places;
    }

    /** Opens a stream by its query string; throws RefusedException where the answer is not 200. */
    public static SseClient open(Suite suite, String token, String query, @Nullable String lastEventId) {
        return open(suite, token, query, lastEventId, null, event -> {});
    }

    /** As above; frames go to the sink, if there is one, and raw events to their consumer. */
    public static SseClient open(
            Suite suite,
            String token,
            String query,
            @Nullable String lastEventId,
            @Nullable Consumer<ServerFrame> sink,
            Consumer<Event> events) {
        return open(suite, token, query, lastEventId, sink, events, id -> {});
    }

    /** As above; ids that come without an event, as at the beginning, go to their own consumer. */
    public static SseClient open(
            Suite suite,
            String token,
            String query,
            @Nullable String lastEventId,
            @Nullable Consumer<ServerFrame> sink,
            Consumer<Event> events,
            Consumer<String> places) {
        var request = HttpRequest.newBuilder(suite.http("/v1/sse?" + query))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<Stream<String>> response = HttpApi.CLIENT
                .sendAsync(request.build(), HttpResponse.BodyHandlers.ofLines())
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (response.statusCode() != 200) {
            throw new RefusedException(HttpApi.field(response.body().collect(Collectors.joining()), "code"));
        }
        var client = new SseClient(response, sink, events, places);
        Thread.ofVirtual().name("sse").start(client::read);
        return client;
    }

    /** One subscription, by the same words as over WebSocket. */
    public static SseClient open(Suite suite, String token, Selection selection, @Nullable Since since) {
        String query = switch (selection) {
            case Selection.OneChannel one ->
                "channel=" + HttpApi.encode(one.channel().value());
            case Selection.Matching many ->
                "filter=" + HttpApi.encode(many.filter().toString());
        };
        return switch (since) {
            case null -> open(suite, token, query, (String) null);
            case Since.AtPosition at -> open(suite, token, query, at.position().toString());
            case Since.AtCursor at -> open(suite, token, query, at.cursor());
            case Since.Last last -> open(suite, token, query + "&last=" + last.messages(), (String) null);
            case Since.AtTime at -> open(suite, token, query + "&since=" + at.time(), (String) null);
        };
    }

    private void read() {
        var event = new EventLines();
        try (var lines = response.body()) {
            lines.forEach(line -> {
                mayRead.acquireUninterruptibly();
                mayRead.release();
                heardNanos = System.nanoTime();
                if (event.line(line)) {
                    dispatch(event);
                }
            });
        } catch (UncheckedIOException | IllegalStateException e) {
            // The link broke, or the test closed it, maybe before the first line; whoever waits sees the end.
            event.clear();
        } finally {
            queue.end("the stream is over");
            ended.complete(true);
        }
    }

    private void dispatch(EventLines lines) {
        String name = lines.name.isEmpty() ? "message" : lines.name;
        String data = lines.data.toString();
        String id = lines.id;
        if (id != null) {
            lastId = id;
        }
        lines.clear();
        if (data.isEmpty()) {
            if (id != null) {
                places.accept(id);
            }
            return;
        }
        events.accept(new Event(name, lastId, data));
        byte[] json = data.getBytes(StandardCharsets.UTF_8);
        sink.accept(
                name.equals("message")
                        ? new ServerFrame.Message("sse", lastId, MessageJson.read(json))
                        : ServerFrameParser.parse(json));
    }

    private static final class EventLines {
        String name = "";

        @Nullable
        String id;

        final StringBuilder data = new StringBuilder();

        /** Returns whether an event has ended. */
        boolean line(String line) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> {}
            }
            return line.isEmpty();
        }

        void clear() {
            name = "";
            id = null;
            data.setLength(0);
        }
    }

    /** The id of the last event that came. */
    public String lastId() {
        return lastId;
    }

    /** How long nothing has come, not even a comment. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    public HttpResponse<?> response() {
        return response;
    }

    @Override
    public ServerFrame next(Duration limit) {
        var item = queue.next(limit);
        cursor = item.id();
        return item.frame();
    }

    @Override
    public String cursor() {
        return cursor.isEmpty() ? lastId : cursor;
    }

    @Override
    public void pause() {
        if (paused.compareAndSet(false, true)) {
            mayRead.acquireUninterruptibly();
        }
    }

    @Override
    public void resume() {
        if (paused.compareAndSet(true, false)) {
            mayRead.release();
        }
    }

    public void onEnded(Runnable action) {
        ended.thenRun(action);
    }

    /** Returns when the server has ended the stream. */
    public void awaitEnded() {
        ended.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        resume();
        response.body().close();
    }
}
