package io.socle.realtime.e2e.client;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API with one token. Safe for use by several threads. */
public final class HttpApi {
    static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Suite suite;
    private final @Nullable String token;

    /** With a null token no Authorization is sent. */
    public HttpApi(Suite suite, @Nullable String token) {
        this.suite = suite;
        this.token = token;
    }

    public HttpRequest.Builder request(String path) {
        var builder = HttpRequest.newBuilder(suite.http(path)).timeout(LIMIT);
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE().build());
    }

    /** Posts a body; headers are name, value, name, value... */
    public HttpResponse<String> post(String path, String contentType, String body, String... headers) {
        var builder = request(path).POST(BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            builder.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return send(builder.build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Publishes JSON and returns its position; fails the test where it is not accepted. */
    public Position publish(String channel, String json, String... headers) {
        var answer = post(messages(channel), "application/json", json, headers);
        if (answer.statusCode() != 200) {
            throw new AssertionError("publish answered " + answer.statusCode() + " " + answer.body());
        }
        return Position.parse(field(answer.body(), "position"));
    }

    /** Publishes {@code {"n":from}} to {@code {"n":to-1}} in batches, and returns the positions. */
    public List<Position> publishMany(String channel, int from, int to) {
        return publishMany(channel, n -> "{\"n\":" + n + "}", from, to, 100);
    }

    /** Publishes the same JSON so many times in batches, and returns the positions. */
    public List<Position> publishMany(String channel, String json, int count) {
        return publishMany(channel, n -> json, 0, count, Math.clamp(1_000_000 / json.length(), 1, 100));
    }

    private List<Position> publishMany(String channel, IntFunction<String> data, int from, int to, int batch) {
        var positions = new ArrayList<Position>();
        for (int at = from; at < to; at += batch) {
            String messages = IntStream.range(at, Math.min(to, at + batch))
                    .mapToObj(n -> "{\"channel\":\"" + channel + "\",\"data\":" + data.apply(n) + "}")
                    .collect(Collectors.joining(","));
            var answer = post("/v1/messages", "application/json", "{\"messages\":[" + messages + "]}");
            if (answer.statusCode() != 200) {
                throw new AssertionError("batch answered " + answer.statusCode() + " " + answer.body());
            }
            json(answer.body())
                    .get("results")
                    .forEach(result ->
                            positions.add(Position.parse(result.get("position").asString())));
        }
        return positions;
    }

    /** The path of a channel's messages; the name is percent-encoded but for its slashes. */
    public static String messages(String channel) {
        return "/v1/channels/" + encode(channel).replace("%2F", "/") + "/messages";
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static JsonNode json(String body) {
        return JSON.readTree(body);
    }

    /** A text field of a flat JSON body, or a sentence that says that it is missing. */
    public static String field(String body, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(body);
        return matcher.find() ? matcher.group(1) : "no field " + name + " in: " + body;
    }

    /** The gateway's address for a path, for requests with no helper here. */
    public URI uri(String path) {
        return suite.http(path);
    }
}
