package io.socle.realtime.launcher.client;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Publishes by HTTP-1, one message after the other; a message whose outcome is unknown is retried with its id. */
public final class HttpPublisher implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_ADVISED = Duration.ofSeconds(30);

    private final URI base;
    private final @Nullable String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    /** Publishes to the gateway at this address; without a token only an open suite accepts. */
    public HttpPublisher(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /** Blocks until the decision; throws Refusal with the problem, or where nothing answers. */
    public Publishing.Published publish(Publishing publishing) throws InterruptedException {
        var jitter = new Jitter(RandomGenerator.getDefault());
        for (int attempt = 1; ; attempt++) {
            var outcome = attempt(publishing);
            if (outcome instanceof Outcome.Done done) {
                return done.published();
            }
            var failed = (Outcome.Failed) outcome;
            if (!failed.retryable() || attempt == ATTEMPTS) {
                throw failed.refusal();
            }
            Thread.sleep(failed.advised() == null ? jitter.next() : failed.advised());
        }
    }

    private sealed interface Outcome {
        record Done(Publishing.Published published) implements Outcome {}

        record Failed(
                Refusal refusal,
                boolean retryable,
                @Nullable Duration advised) implements Outcome {}
    }

    private Outcome attempt(Publishing publishing) throws InterruptedException {
        try {
            var response = http.send(request(publishing), HttpResponse.BodyHandlers.ofString());
            boolean taken = response.statusCode() == 200 || response.statusCode() == 202;
            return taken ? done(response) : failed(response);
        } catch (ConnectException | HttpConnectTimeoutException | UnresolvedAddressException e) {
            return new Outcome.Failed(
                    new Refusal(ExitCode.NOT_REACHED, "Cannot connect to " + base + "; is the suite up?"), false, null);
        } catch (IOException e) {
            var lost = new Refusal(ExitCode.NOT_REACHED, "The connection to " + base + " broke: " + e.getMessage());
            return new Outcome.Failed(lost, true, null);
        }
    }

    private HttpRequest request(Publishing publishing) {
        var request = HttpRequest.newBuilder(uri(base, publishing.channel()))
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", publishing.contentType())
                .header("Idempotency-Key", publishing.id())
                .POST(HttpRequest.BodyPublishers.ofString(publishing.body()));
        if (publishing.retain()) {
            request.header("rt-retain", "true");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    static URI uri(URI base, String channel) {
        String path = PercentEncoding.path(channel);
        return URI.create(base.toString().replaceAll("/+$", "") + "/v1/channels/" + path + "/messages");
    }

    private static Outcome done(HttpResponse<String> response) throws IOException {
        var body = RawObject.parse(response.body());
        return new Outcome.Done(new Publishing.Published(body.text("position"), body.isTrue("repeat")));
    }

    private static Outcome failed(HttpResponse<String> response) {
        String code = "http_" + response.statusCode();
        String detail = "the answer is no problem document";
        boolean retryable = response.statusCode() >= 500;
        try {
            var problem = RawObject.parse(response.body());
            code = problem.text("code", code);
            detail = problem.text("detail", problem.text("title", detail));
            retryable = problem.raw("retryable") == null ? retryable : problem.isTrue("retryable");
        } catch (IOException e) {
            // A proxy's page, not the suite's: what is known of it is said all the same.
            detail = detail + " (" + e.getMessage() + ")";
        }
        return new Outcome.Failed(new Refusal(code + ": " + detail), retryable, advised(response));
    }

    private static @Nullable Duration advised(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(LONGEST_ADVISED) > 0 ? LONGEST_ADVISED : wait)
                .orElse(null);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
