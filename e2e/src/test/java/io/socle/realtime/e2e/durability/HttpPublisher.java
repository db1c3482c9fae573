package io.socle.realtime.e2e.durability;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Suite;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Publishes by POST with an Idempotency-Key (HTTP-3). */
public final class HttpPublisher implements Publisher {
    private static final Set<Integer> RETRYABLE = Set.of(429, 500, 502, 503, 504);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpApi api;

    public HttpPublisher(Suite suite, String token) {
        this.api = new HttpApi(suite, token);
    }

    @Override
    public CompletableFuture<Decided> publish(String channel, String id, String json) {
        var request = api.request(HttpApi.messages(channel))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", id)
                .POST(BodyPublishers.ofString(json))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).handle((answer, failure) -> {
            if (failure != null) {
                throw new CompletionException(new RetryException("", "no answer: " + failure.getMessage()));
            }
            return decided(answer);
        });
    }

    private static Decided decided(HttpResponse<String> answer) {
        if (answer.statusCode() == 200) {
            return new Decided(
                    Position.parse(HttpApi.field(answer.body(), "position")),
                    answer.body().contains("\"repeat\":true"));
        }
        String text = answer.statusCode() + " " + answer.body();
        throw new CompletionException(
                RETRYABLE.contains(answer.statusCode())
                        ? new RetryException(code(answer.body()), text)
                        : new AssertionError(text));
    }

    /** What a front answers by itself has no code: whether a gateway has taken the message is not known. */
    private static String code(String body) {
        return body.contains("\"code\"") ? HttpApi.field(body, "code") : "";
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
