package io.socle.realtime.e2e.faults;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.e2e.history.Event;
import io.socle.realtime.e2e.history.History;
import java.util.ArrayList;
import java.util.List;

/** Writes down what comes over one link until the client gives the link up: what comes later was never seen. */
final class Inlet {
    private final History history;
    private final String client;
    private final List<Checkpoint> begun = new ArrayList<>();
    private boolean closed;
    private volatile boolean broken;

    Inlet(History history, String client) {
        this.history = history;
        this.client = client;
    }

    /** The client is about to ask for it. */
    synchronized void begin(Checkpoint checkpoint) {
        if (closed) {
            return;
        }
        begun.add(checkpoint);
        checkpoint.begins();
        history.add(client, beginning(checkpoint));
    }

    private static Event beginning(Checkpoint checkpoint) {
        String name = checkpoint.subscription();
        String cursor = checkpoint.cursor();
        if (checkpoint.isDurable()) {
            return new Event.Attach(name, checkpoint.channels().iterator().next());
        }
        return cursor.isEmpty() ? new Event.Subscribe(name, checkpoint.channels()) : new Event.Resume(name, cursor);
    }

    synchronized void stands(Checkpoint checkpoint, String cursor) {
        if (!closed) {
            checkpoint.stands(true);
            String name = checkpoint.subscription();
            write(
                    checkpoint,
                    checkpoint.isDurable()
                            ? new Event.Attached(name, Position.parse(cursor))
                            : new Event.Subscribed(name, cursor),
                    cursor);
        }
    }

    /** The client is about to acknowledge everything up to the position; answers false where it is gone. */
    synchronized boolean acknowledges(Checkpoint checkpoint, Position position) {
        if (!closed) {
            history.add(client, new Event.Acknowledge(checkpoint.subscription(), position));
        }
        return !closed;
    }

    /** The server ended it for the sake of another link: this one is of no more use. */
    void tookOver() {
        broken = true;
    }

    private void write(Checkpoint checkpoint, Event event, String cursor) {
        history.add(client, event);
        checkpoint.moveTo(cursor);
    }

    /** A message, or what takes the place of messages; the cursor is empty where the frame moves none. */
    synchronized void take(Checkpoint checkpoint, ServerFrame frame, String cursor) {
        if (closed) {
            return;
        }
        String name = checkpoint.subscription();
        switch (frame) {
            case ServerFrame.Message message -> deliver(checkpoint, message.message(), cursor);
            case ServerFrame.Skipped(var _, var channel, var from, var to) -> {
                checkpoint.got(channel.value(), to.offset());
                write(checkpoint, new Event.Skipped(name, channel.value(), from, to, cursor), cursor);
            }
            case ServerFrame.Lost(var _, var channel, var from, var to) -> {
                checkpoint.got(channel.value(), to.offset());
                write(checkpoint, new Event.Lost(name, channel.value(), from, to, cursor), cursor);
            }
            case ServerFrame.LostUntil _ -> write(checkpoint, new Event.LostUntil(name, cursor), cursor);
            case ServerFrame.CaughtUp _ -> {
                checkpoint.caughtUp();
                write(checkpoint, new Event.CaughtUp(name, cursor), cursor);
            }
            default -> {}
        }
    }

    private void deliver(Checkpoint checkpoint, RealtimeMessage message, String cursor) {
        Position position = message.position();
        if (position == null) {
            throw new AssertionError("a message without position: " + message);
        }
        String channel = message.channel().value();
        long payload = Payload.hash(message.data().utf8());
        checkpoint.got(channel, position.offset());
        write(
                checkpoint,
                new Event.Deliver(checkpoint.subscription(), channel, position, message.id(), payload, cursor),
                cursor);
    }

    /** The cursor moved without a message. */
    synchronized void place(Checkpoint checkpoint, String cursor) {
        if (!closed && !cursor.equals(checkpoint.cursor())) {
            write(checkpoint, new Event.Place(checkpoint.subscription(), cursor), cursor);
        }
    }

    /** The server refused to begin or to go on; for good, the client begins anew. */
    synchronized void refused(Checkpoint checkpoint, String code, boolean retryable) {
        broken = true;
        if (!closed && !retryable) {
            history.add(client, new Event.ResumeRefused(checkpoint.subscription(), checkpoint.cursor(), code));
            checkpoint.forget();
        }
    }

    /** Whether the link is of no more use although it is open. */
    boolean isBroken() {
        return broken;
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            for (Checkpoint checkpoint : begun) {
                checkpoint.stands(false);
                history.add(client, new Event.Disconnect(checkpoint.subscription()));
            }
        }
    }
}
