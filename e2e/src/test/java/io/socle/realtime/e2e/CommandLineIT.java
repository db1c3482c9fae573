package io.socle.realtime.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.Commands.Result;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The command line as a person uses it, on an open suite of its own that a person started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Suite suite = Suite.start("open", Map.of(), "--open");

    @AfterAll
    void down() {
        var down = realtime("", "down");
        assertThat(down.exitCode()).as(down.toString()).isZero();
        assertThat(realtime("", "status").exitCode())
                .as("nothing is left running")
                .isEqualTo(3);
    }

    private Result realtime(String input, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(suite.selection());
        all.addAll(List.of(arguments));
        return Commands.run(LIMIT, Commands.script(all.toArray(String[]::new)), Map.of("NO_COLOR", "1"), input);
    }

    @Test
    void status_shows_every_process_ready_and_its_memory() {
        var status = realtime("", "status");
        assertThat(status.exitCode()).isZero();
        for (String part : List.of("kafka", "channel", "presence", "signaling", "gateway")) {
            assertThat(status.lines()).anySatisfy(line -> assertThat(line).contains(part, "ready"));
        }
    }

    @Test
    void pub_prints_the_position_and_a_repeat_has_the_same() { // PUB-4
        var first = realtime("", "pub", "--id", "one", "cli/pub", "{\"a\":1}");
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.out().trim()).matches("[0-9a-f]+:1");
        assertThat(realtime("", "pub", "--id", "one", "cli/pub", "{\"a\":1}").out())
                .isEqualTo(first.out());
    }

    @Test
    void sub_prints_what_pub_sends_line_by_line_and_stops_after_n() {
        var waiting =
                CompletableFuture.supplyAsync(() -> realtime("", "sub", "cli/lines", "--since", "last=10", "-n", "3"));
        var published = realtime("{\"n\":1}\n{\"n\":2}\n\"three\"\n", "pub", "cli/lines");
        assertThat(published.lines()).hasSize(3);
        var received = waiting.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(received.exitCode()).isZero();
        assertThat(received.lines()).containsExactly("{\"n\":1}", "{\"n\":2}", "\"three\"");
    }

    @Test
    void sub_of_a_filter_as_json_gives_whole_messages() {
        realtime("", "pub", "cli/json/1", "{\"n\":1}");
        var received = realtime("", "sub", "cli/json/#", "--since", "10m", "-n", "1", "--output", "json");
        var message = HttpApi.json(received.out());
        assertThat(message.get("channel").asString()).isEqualTo("cli/json/1");
        assertThat(message.get("data").get("n").asInt()).isEqualTo(1);
        assertThat(message.get("position").asString()).endsWith(":1");
    }

    @Test
    void sub_says_by_its_exit_code_that_the_time_ran_out() {
        var timedOut = realtime("", "sub", "cli/silent", "-n", "1", "--timeout", "1s");
        assertThat(timedOut.exitCode()).isEqualTo(4);
    }

    @Test
    void a_token_allows_what_it_says_and_no_more() { // SEC-1
        String token = realtime("", "token", "--sub", "alice", "--publish", "cli/mine", "--ttl", "5m")
                .out()
                .trim();
        var http = new HttpApi(suite, token);
        assertThat(http.publish("cli/mine", "1").offset()).isEqualTo(1);
        assertThat(http.post(HttpApi.messages("cli/other"), "application/json", "1")
                        .statusCode())
                .isEqualTo(403);
        var refused = realtime("", "pub", "--token", token, "cli/other", "1");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("forbidden").doesNotContain("\tat ");
    }

    @Test
    void an_open_suite_lets_anonymous_clients_do_everything() { // SEC-7
        var http = new HttpApi(suite, null);
        assertThat(http.publish("cli/open", "1").offset()).isEqualTo(1);
        assertThat(http.get(HttpApi.messages("cli/open")).statusCode()).isEqualTo(200);
    }

    @Test
    void open_is_refused_beyond_loopback_by_launcher_and_gateway() { // SEC-7
        var launcher = Commands.run(
                LIMIT,
                Commands.launcher("up", "--open", "--host", "0.0.0.0", "--data", Commands.TARGET.resolve("none") + ""));
        assertThat(launcher.exitCode()).isEqualTo(1);
        assertThat(launcher.err().lines()).singleElement().asString().contains("--open");
        var gateway = Commands.run(
                LIMIT,
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-jar",
                        Commands.ROOT.resolve("gateway-service/target/quarkus-app/quarkus-run.jar") + ""),
                Map.of(
                        "REALTIME_OPEN", "true",
                        "QUARKUS_HTTP_HOST", "0.0.0.0",
                        "QUARKUS_HTTP_PORT", "0",
                        "QUARKUS_MANAGEMENT_PORT", "0"),
                "");
        assertThat(gateway.exitCode()).isNotZero();
        assertThat(gateway.out() + gateway.err()).containsIgnoringCase("loopback");
    }

    @Test
    void a_second_start_on_taken_ports_or_data_is_refused_by_one_sentence() {
        var arguments = new ArrayList<>(List.of("up", "-d"));
        arguments.addAll(suite.selection());
        var second = Commands.run(LIMIT, Commands.launcher(arguments.toArray(String[]::new)));
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err().lines()).hasSize(1);
        Awaitility.await("the first to be unharmed").until(() -> suite.status().exitCode() == 0);
    }

    @Test
    void wrong_usage_is_exit_code_2_and_nothing_there_is_3() {
        assertThat(realtime("", "sub").exitCode()).isEqualTo(2);
        assertThat(realtime("", "pub", "cli/x", "{nonsense").exitCode()).isEqualTo(2);
        assertThat(realtime("", "pub", "--url", "http://127.0.0.1:9", "cli/x", "1")
                        .exitCode())
                .isEqualTo(3);
    }
}
