package io.socle.realtime.launcher.client;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of a subscriber, from {@code connect} to its end (docs/protocol/websocket.md). */
final class Conversation {
    private static final Duration LOOK_AROUND = Duration.ofSeconds(1);
    private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);
    private static final long CONNECT_ID = 0;

    private final WebSocketLink link;
    private final List<Wanted> wanted;
    private final @Nullable String token;
    private final Delivery delivery;
    private final PrintStream notes;
    private final Deadline deadline;
    private Duration heartbeat = DEFAULT_HEARTBEAT;

    /** Takes a message frame; returns whether more is wanted. */
    @FunctionalInterface
    interface Delivery {
        boolean deliver(String frameText, RawObject frame) throws IOException;
    }

    /** How the connection ended. */
    sealed interface End {
        /** Nothing more is wanted. */
        record Finished() implements End {}

        /** It broke; come back, not before the advised wait. */
        record Broken(String reason, @Nullable Duration advised) implements End {}
    }

    Conversation(
            WebSocketLink link,
            List<Wanted> wanted,
            @Nullable String token,
            Delivery delivery,
            PrintStream notes,
            Deadline deadline) {
        this.link = link;
        this.wanted = wanted;
        this.token = token;
        this.delivery = delivery;
        this.notes = notes;
        this.deadline = deadline;
    }

    /** Throws Refusal where coming back unchanged would not help, IOException where the connection breaks. */
    End run(Jitter jitter) throws IOException, InterruptedException {
        link.send("{\"type\":\"connect\",\"id\":" + CONNECT_ID
                + (token == null ? "" : ",\"token\":" + JsonText.quote(token)) + "}");
        while (!deadline.isOver()) {
            Received received = link.poll(deadline.atMost(LOOK_AROUND));
            End end = switch (received) {
                case null -> silent();
                case Received.Closed closed ->
                    new End.Broken(("closed with " + closed.code() + " " + closed.reason()).strip(), null);
                case Received.Text text -> frame(text.text(), jitter);
            };
            if (end != null) {
                return end;
            }
        }
        return new End.Broken("time is over", null);
    }

    /** A half-open link is found by its silence (clause WS-6). */
    private @Nullable End silent() {
        return link.silence().compareTo(heartbeat.multipliedBy(2)) > 0
                ? new End.Broken("nothing received for two heartbeats", null)
                : null;
    }

    private @Nullable End frame(String text, Jitter jitter) throws IOException {
        RawObject frame = RawObject.parse(text);
        String type = frame.text("type", "");
        switch (type) {
            case "connected" -> connected(frame);
            case "ping" -> link.send("{\"type\":\"pong\"}");
            case "message" -> {
                remember(frame);
                return delivery.deliver(text, frame) ? null : new End.Finished();
            }
            case "subscribed" -> {
                // Not at "connected": a subscription that is refused again and again must not be retried fast.
                jitter.reset();
                remember(frame);
            }
            case "caught_up", "skipped" -> remember(frame);
            case "lost" -> {
                remember(frame);
                note("lost", frame, "channel", "from", "to", "cursor");
            }
            case "slow" -> note("slow", frame, "policy", "dropped");
            case "problem" -> {
                return problem(frame);
            }
            case "unsubscribed" -> throw ended(frame);
            case "disconnect" -> {
                return disconnected(frame);
            }
            default -> {
                // Additive evolution: a newer server may push what this client does not know.
            }
        }
        return null;
    }

    private void connected(RawObject frame) throws IOException {
        heartbeat = Duration.ofMillis(
                Long.parseLong(frame.text("heartbeatMs", Long.toString(DEFAULT_HEARTBEAT.toMillis()))));
        long id = CONNECT_ID;
        for (Wanted one : wanted) {
            link.send(one.subscribeFrame(++id));
        }
    }

    private void remember(RawObject frame) throws IOException {
        String name = frame.text("subscription", "");
        for (Wanted one : wanted) {
            if (one.name().equals(name)) {
                one.remember(frame);
            }
        }
    }

    private void note(String what, RawObject frame, String... fields) throws IOException {
        var line = new StringBuilder("realtime: ").append(what);
        for (String field : fields) {
            String value = frame.text(field);
            if (value != null) {
                line.append(' ').append(field).append('=').append(value);
            }
        }
        notes.println(line);
    }

    private static End problem(RawObject frame) throws IOException {
        String sentence = frame.text("code", "problem") + ": " + frame.text("detail", "");
        if (!frame.isTrue("retryable")) {
            throw new Refusal(sentence);
        }
        return new End.Broken(sentence, null);
    }

    private static Refusal ended(RawObject frame) throws IOException {
        String problem = frame.raw("problem");
        if (problem == null) {
            return new Refusal("The subscription ended.");
        }
        var inner = RawObject.parse(problem);
        return new Refusal(inner.text("code", "problem") + ": " + inner.text("detail", ""));
    }

    private static End disconnected(RawObject frame) throws IOException {
        String sentence = frame.text("code", "disconnect") + ": " + frame.text("reason", "");
        String after = frame.text("reconnectAfterMs");
        if (after == null) {
            throw new Refusal(sentence);
        }
        return new End.Broken(sentence, Duration.ofMillis(Long.parseLong(after)));
    }
}
