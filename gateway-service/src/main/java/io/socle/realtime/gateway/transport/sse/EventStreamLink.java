package io.socle.realtime.gateway.transport.sse;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrameWriter;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** One event stream; it only sends, so a write that reached the socket is its sign of life. Confined to its event loop. */
final class EventStreamLink implements Link {
    /** How long a browser waits before it comes back, in milliseconds. */
    private static final int RETRY_MS = 2_000;

    private final HttpServerResponse response;
    private final EventStreamRequest request;
    private final StreamCursor cursor;
    private @Nullable LinkEvents events;
    private Buffer unflushed = Buffer.buffer();
    private int begun;
    private boolean closed;

    EventStreamLink(HttpServerResponse response, EventStreamRequest request, int writeBufferBytes) {
        this.response = response;
        this.request = request;
        this.cursor = StreamCursor.beginning(request.since());
        response.setWriteQueueMaxSize(writeBufferBytes);
    }

    void begin(LinkEvents to) {
        events = to;
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        response.drainHandler(any -> to.writable());
        response.closeHandler(any -> gone());
        response.exceptionHandler(any -> gone());
        unflushed.appendString("retry: " + RETRY_MS + "\n\n");
        to.received(new ClientFrame.Connect(0, null));
        for (int i = 0; i < request.names().size() && !closed; i++) {
            to.received(request.subscribe(i));
        }
        flush();
    }

    private void gone() {
        if (!closed) {
            closed = true;
        }
        LinkEvents to = events;
        events = null;
        if (to != null) {
            to.closed();
        }
    }

    @Override
    public boolean writable() {
        return closed || !response.writeQueueFull();
    }

    @Override
    public void message(String subscription, @Nullable String filterCursor, SharedMessage message) {
        var position = message.message().position();
        if (filterCursor != null) {
            move(subscription, filterCursor);
        } else if (position != null) {
            move(subscription, position.toString());
        }
        byte[] body = message.frame("sse", shared -> MessageJson.oneLine(shared.body(MessageJson::write)));
        event(null, Buffer.buffer(body));
    }

    @Override
    public void push(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Connected connected -> {}
            case ServerFrame.Ping ping -> unflushed.appendString(":\n\n");
            case ServerFrame.Subscribed subscribed -> subscribed(subscribed);
            case ServerFrame.CaughtUp caughtUp -> {
                move(caughtUp.subscription(), caughtUp.cursor());
                event("caught_up", Buffer.buffer(ServerFrameWriter.write(caughtUp)));
            }
            case ServerFrame.Skipped skipped -> {
                move(skipped.subscription(), skipped.to().toString());
                event("skipped", Buffer.buffer(ServerFrameWriter.write(skipped)));
            }
            case ServerFrame.Lost lost -> {
                moveChannel(lost);
                event("lost", Buffer.buffer(ServerFrameWriter.write(lost)));
            }
            case ServerFrame.LostUntil lost -> {
                move(lost.subscription(), lost.cursor());
                event("lost", Buffer.buffer(ServerFrameWriter.write(lost)));
            }
            case ServerFrame.Slow slow -> event("slow", Buffer.buffer(ServerFrameWriter.write(slow)));
            case ServerFrame.ProblemFrame problem -> refuse(problem);
            case ServerFrame.Unsubscribed ended -> event("unsubscribed", Buffer.buffer(ServerFrameWriter.write(ended)));
            default -> throw new IllegalArgumentException("not a push of an event stream: " + frame.getClass());
        }
    }

    /** The stream answers 200 when all its subscriptions stand, so that a refusal can still be an HTTP error. */
    private void subscribed(ServerFrame.Subscribed subscribed) {
        if (subscribed.cursor() != null) {
            move(subscribed.subscription(), subscribed.cursor());
        }
        begun++;
        unflushed.appendString("id: " + cursor.text() + "\n: subscribed\n\n");
    }

    private void refuse(ServerFrame.ProblemFrame problem) {
        if (!response.headWritten()) {
            closed = true;
            EventStreamRoute.refuse(response, problem.problem());
            // The request may share a connection that stays open, so its end is told here.
            gone();
        }
    }

    /** For a filter, lost messages are told one by one and move no cursor by themselves. */
    private void moveChannel(ServerFrame.Lost lost) {
        if (lost.channel().value().equals(lost.subscription())) {
            move(lost.subscription(), lost.to().toString());
        }
    }

    private void move(String subscription, String to) {
        cursor.move(request.names().indexOf(subscription), to);
    }

    private void event(@Nullable String name, Buffer data) {
        if (name != null) {
            unflushed.appendString("event: ").appendString(name).appendByte((byte) '\n');
        }
        unflushed.appendString("id: ").appendString(cursor.text()).appendString("\ndata: ");
        unflushed.appendBuffer(data).appendString("\n\n");
    }

    @Override
    public void flush() {
        if (closed || begun < request.names().size() || unflushed.length() == 0) {
            return;
        }
        Buffer written = unflushed;
        unflushed = Buffer.buffer();
        response.write(written).onSuccess(any -> {
            LinkEvents to = events;
            if (to != null) {
                to.heard();
            }
        });
    }

    @Override
    public void close(Disconnect disconnect) {
        if (closed) {
            return;
        }
        long retry = disconnect.reconnectAfter() == null
                ? RETRY_MS
                : disconnect.reconnectAfter().toMillis();
        unflushed.appendString("retry: " + retry + "\nevent: disconnect\ndata: ");
        unflushed.appendBytes(ServerFrameWriter.write(new ServerFrame.DisconnectFrame(disconnect)));
        unflushed.appendString("\n\n");
        begun = request.names().size();
        flush();
        closed = true;
        response.end();
    }
}
