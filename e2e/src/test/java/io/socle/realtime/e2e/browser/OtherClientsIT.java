package io.socle.realtime.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** curl and npm's ws understand what the gateway says. */
@ExtendWith(SharedSuite.class)
class OtherClientsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(2);

    private final Suite suite;
    private final String token;
    private final String channel = "others/" + UUID.randomUUID();

    OtherClientsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("others");
    }

    private String curl(String path, String... more) {
        List<String> command = new ArrayList<>(List.of("curl", "-sN", "-H", "Authorization: Bearer " + token));
        command.addAll(List.of(more));
        command.add(suite.http(path).toString());
        return Commands.run(LIMIT, command).out();
    }

    @Test
    void curl_publishes_plain_json_and_both_forms_of_cloudevents_and_reads_all_back() { // HTTP-1, HTTP-2, CE-2, CE-4
        String path = HttpApi.messages(channel);
        String plain = curl(path, "-H", "Content-Type: application/json", "-d", "{\"n\":1}");
        assertThat(HttpApi.json(plain).get("position").asString()).endsWith(":1");
        curl(
                path,
                "-H",
                "Content-Type: application/cloudevents+json",
                "-d",
                "{\"specversion\":\"1.0\",\"id\":\"e2\",\"source\":\"/s\",\"type\":\"com.example.t\",\"data\":{\"n\":2}}");
        String[] binary = {
            "-H",
            "ce-specversion: 1.0",
            "-H",
            "ce-id: e3",
            "-H",
            "ce-source: /s",
            "-H",
            "ce-type: com.example.t",
            "-H",
            "Content-Type: application/json",
            "-d",
            "{\"n\":3}"
        };
        assertThat(HttpApi.json(curl(path, binary)).get("id").asString()).isEqualTo("e3");
        var items = HttpApi.json(curl(path + "?last=3")).get("items");
        for (int i = 0; i < 3; i++) {
            var message = items.get(i).get("message");
            assertThat(message.get("data").get("n").asInt()).isEqualTo(3 - i);
            assertThat(message.path("messageType").asString("none")).isEqualTo(i == 2 ? "none" : "com.example.t");
        }
    }

    @Test
    void curl_reads_an_event_stream_with_ids_and_comments() { // SSE-2 to SSE-4
        var position = new HttpApi(suite, token).publish(channel, "{\"n\":1}");
        String stream = curl("/v1/sse?last=5&channel=" + channel, "-m", "11");
        assertThat(stream).startsWith("retry: 2000\n\n");
        assertThat(stream).contains("\nid: " + position + "\ndata: {\"channel\":\"" + channel + "\"");
        assertThat(stream).contains("event: caught_up\nid: " + position + "\n");
        assertThat(stream).as("a heartbeat").contains("\n:\n\n");
    }

    @Test
    void ws_of_npm_subscribes() { // WS-1, WS-2
        Path folder = install();
        new HttpApi(suite, token).publishMany(channel, 0, 5);
        var result = Commands.run(
                LIMIT,
                List.of(
                        "node",
                        folder.resolve("subscriber.cjs").toString(),
                        suite.webSocket().toString(),
                        token,
                        channel,
                        "5"));
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.lines()).containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}");
    }

    private static Path install() {
        Path folder = Commands.TARGET.resolve("node");
        try (var script = OtherClientsIT.class.getResourceAsStream("/subscriber.cjs")) {
            Files.createDirectories(folder);
            Files.copy(
                    Objects.requireNonNull(script),
                    folder.resolve("subscriber.cjs"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(folder.resolve("node_modules").resolve("ws"))) {
            var installed = Commands.run(
                    INSTALL_LIMIT,
                    List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", folder.toString(), "ws@8.18.3"),
                    Map.of(),
                    "");
            assertThat(installed.exitCode()).as(installed.toString()).isZero();
        }
        return folder;
    }
}
