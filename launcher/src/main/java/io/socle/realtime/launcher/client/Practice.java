package io.socle.realtime.launcher.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.UUID;

/**
 * A short, quick conversation with a suite, so that its JVMs learn what they will do most: what they learn goes into their
 * caches. Says nothing about whether the suite is right; tests do.
 */
public final class Practice {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int BY_WEB_SOCKET = 10_000;
    private static final int BY_HTTP = 500;
    /** Below the gateway's limit of undecided commands per connection. */
    private static final int AHEAD = 100;

    private final URI http;
    private final String token;

    public Practice(URI http, String token) {
        this.http = http;
        this.token = token;
    }

    /** Publishes and receives some thousand messages; throws IOException where the suite does not take part. */
    public void run() throws IOException, InterruptedException {
        URI webSocket = URI.create(http.toString().replaceFirst("^http", "ws") + "/ws");
        try (HttpClient client = HttpClient.newHttpClient();
                var link = WebSocketLink.open(client, webSocket)) {
            link.send("{\"type\":\"connect\",\"id\":1,\"token\":\"" + token + "\"}");
            await(link, "connected");
            link.send("{\"type\":\"subscribe\",\"id\":2,\"subscription\":\"p\",\"filter\":\"practice/+\"}");
            await(link, "subscribed");
            for (int n = 0; n < BY_WEB_SOCKET; n++) {
                link.send("{\"type\":\"publish\",\"message\":{\"channel\":\"practice/" + n % 10
                        + "\",\"data\":{\"text\":\"" + UUID.randomUUID() + "\"}}}");
                if (n >= AHEAD) {
                    await(link, "message");
                }
            }
        }
        try (var publisher = new HttpPublisher(http, token)) {
            for (int n = 0; n < BY_HTTP; n++) {
                String id = UUID.randomUUID().toString();
                publisher.publish(new Publishing("practice/http", "{}", "application/json", id, false));
            }
        }
    }

    private static void await(WebSocketLink link, String type) throws IOException, InterruptedException {
        while (true) {
            Received received = link.poll(LIMIT);
            if (!(received instanceof Received.Text(String text))) {
                throw new IOException("wanted " + type + " and got " + received);
            }
            if (text.startsWith("{\"type\":\"" + type + "\"")) {
                return;
            }
        }
    }
}
