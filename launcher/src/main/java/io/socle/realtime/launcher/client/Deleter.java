package io.socle.realtime.launcher.client;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Deletes over WebSocket (WS-25), which can name every channel; a path of HTTP cannot. */
public final class Deleter {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(45);

    private final URI url;
    private final @Nullable String token;

    /** Deletes at the WebSocket endpoint of this address; without a token only an open suite accepts. */
    public Deleter(URI url, @Nullable String token) {
        this.url = url;
        this.token = token;
    }

    /** Blocks until the decision on a message or, without position, a channel; throws Refusal where it is not carried out. */
    public void delete(String channel, @Nullable String position) throws InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            try (var link = WebSocketLink.open(http, url)) {
                link.send("{\"type\":\"connect\",\"id\":0" + field("token", token) + "}");
                link.send("{\"type\":\"delete\",\"id\":1" + field("channel", channel) + field("position", position)
                        + "}");
                awaitAnswer(link);
            } finally {
                http.shutdownNow();
            }
        } catch (IOException e) {
            throw new Refusal(ExitCode.NOT_REACHED, "Cannot delete: " + e.getMessage() + "; is the suite up?");
        }
    }

    private static String field(String name, @Nullable String value) {
        return value == null ? "" : ",\"" + name + "\":" + JsonText.quote(value);
    }

    private static void awaitAnswer(WebSocketLink link) throws IOException, InterruptedException {
        var deadline = new Deadline(ANSWER_LIMIT);
        while (!deadline.isOver()) {
            switch (link.poll(deadline.atMost(ANSWER_LIMIT))) {
                case null -> {}
                case Received.Closed closed -> throw new IOException("the connection was closed with " + closed.code());
                case Received.Text(String text) -> {
                    if (isDeleted(RawObject.parse(text))) {
                        return;
                    }
                }
            }
        }
        throw new Refusal("timeout: no decision within " + ANSWER_LIMIT.toSeconds() + " s; it may be deleted or not.");
    }

    private static boolean isDeleted(RawObject frame) throws IOException {
        return switch (frame.text("type", "")) {
            case "deleted" -> true;
            case "problem" -> throw new Refusal(frame.text("code", "problem") + ": " + frame.text("detail", ""));
            case "disconnect" -> throw new Refusal(frame.text("code", "disconnect") + ": " + frame.text("reason", ""));
            default -> false;
        };
    }
}
