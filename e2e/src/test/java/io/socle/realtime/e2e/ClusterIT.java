package io.socle.realtime.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two of each service that carries messages: clients may be anywhere, and each process may go. */
class ClusterIT {
    private static final int CHANNELS = 20;
    private static final Duration AGAIN = Duration.ofSeconds(60);
    /** Ports of the second gateway are this much higher. */
    private static final int STEP = 10;

    private static Suite first;
    private static Suite second;
    private static String token;

    @BeforeAll
    static void start() {
        // A frozen gateway is given up after 4 s and notices after 6 s, so that the test of it is short.
        var configuration = Map.of("realtime.nodes.lease", "4S", "realtime.gateway.lease", "6S");
        first = Suite.start("cluster", configuration, "--gateways", "2", "--channels", "2", "--presences", "2");
        second = first.through(first.gatewayPort() + STEP);
        token = first.tokens().everything("roamer");
    }

    @AfterAll
    static void stop() {
        first.close();
    }

    private static List<String> data(Subscriber subscriber, int count) {
        List<String> data = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            data.add(subscriber.next(ServerFrame.Message.class).message().data().utf8());
        }
        return data;
    }

    private static List<String> numbers(int from, int to) {
        List<String> numbers = new ArrayList<>();
        for (int n = from; n < to; n++) {
            numbers.add("{\"n\":" + n + "}");
        }
        return numbers;
    }

    @Test
    void what_is_published_at_one_gateway_reaches_subscribers_of_the_other_in_order() { // ORD-1
        for (int i = 0; i < CHANNELS; i++) {
            String name = "across/" + i;
            try (var subscriber = WsSubscriber.open(second, token, Selections.channel(name), null)) {
                new HttpApi(first, token).publishMany(name, 0, 10);
                assertThat(data(subscriber, 10)).isEqualTo(numbers(0, 10));
            }
        }
    }

    @Test
    void a_subscriber_goes_on_at_another_gateway_and_on_another_protocol() { // SUB-7
        HttpApi http = new HttpApi(first, token);
        String cursor;
        try (var before = WsSubscriber.open(first, token, Selections.channel("roam/1"), null)) {
            http.publishMany("roam/1", 0, 5);
            assertThat(data(before, 5)).isEqualTo(numbers(0, 5));
            cursor = before.cursor();
        }
        http.publishMany("roam/1", 5, 200);
        try (var after = SseClient.open(second, token, Selections.channel("roam/1"), new Since.AtCursor(cursor))) {
            assertThat(data(after, 195)).isEqualTo(numbers(5, 200));
            after.next(ServerFrame.CaughtUp.class);
        }
    }

    @Test
    void a_filter_goes_on_at_another_gateway_with_its_cursor() { // SUB-6, SUB-7
        HttpApi http = new HttpApi(second, token);
        String cursor;
        try (var before = WsSubscriber.open(second, token, Selections.filter("wander/+"), null)) {
            http.publishMany("wander/1", 0, 5);
            data(before, 5);
            cursor = before.cursor();
        }
        http.publishMany("wander/1", 5, 50);
        http.publishMany("wander/2", 0, 50);
        try (var after = WsSubscriber.open(first, token, Selections.filter("wander/+"), new Since.AtCursor(cursor))) {
            List<String> expected = new ArrayList<>(numbers(5, 50));
            expected.addAll(numbers(0, 50));
            assertThat(data(after, 95)).containsExactlyInAnyOrderElementsOf(expected);
            after.next(ServerFrame.CaughtUp.class);
        }
    }

    @Test
    void a_gateway_that_was_frozen_beyond_its_lease_sends_its_clients_away_and_comes_back() throws Exception {
        try (var subscriber = WsSubscriber.open(second, token, Selections.channel("frozen/1"), null);
                var filtered = WsSubscriber.open(second, token, Selections.filter("frozen/#"), null)) {
            long pid = first.pid("gateway-1").orElseThrow();
            signal("STOP", pid);
            try {
                Awaitility.await("presence-service to give the node up")
                        .atMost(AGAIN)
                        .until(() -> first.log().contains("slot 1 fell silent"));
                // Now the others go on without it, and what is published meanwhile it must not claim to have.
                new HttpApi(first, token).publish("frozen/1", "{\"n\":0}");
            } finally {
                signal("CONT", pid);
            }
            var disconnect = awaitDisconnect(subscriber);
            assertThat(disconnect.disconnect().code()).isEqualTo(FailureCode.NODE_FENCED);
            assertThat(disconnect.disconnect().reconnectAfter()).isNotNull();
            assertThat(awaitDisconnect(filtered).disconnect().code()).isEqualTo(FailureCode.NODE_FENCED);
        }
        first.awaitReady(AGAIN);
        assertThat(first.log()).doesNotContain("IllegalStateException", "raised an exception", "Unable to close");
        try (var again = WsSubscriber.open(second, token, Selections.channel("frozen/1"), new Since.Last(10))) {
            assertThat(data(again, 1)).isEqualTo(numbers(0, 1));
            new HttpApi(first, token).publish("frozen/1", "{\"n\":1}");
            again.next(ServerFrame.CaughtUp.class);
            assertThat(data(again, 1)).isEqualTo(numbers(1, 2));
        }
    }

    @Test
    void a_gateway_that_is_stopped_tells_its_clients_to_come_back() throws Exception {
        try (var subscriber = WsSubscriber.open(second, token, Selections.channel("stopped/1"), null)) {
            signal("TERM", first.pid("gateway-1").orElseThrow());
            var disconnect = awaitDisconnect(subscriber);
            assertThat(disconnect.disconnect().code()).isEqualTo(FailureCode.SHUTTING_DOWN);
            assertThat(disconnect.disconnect().reconnectAfter()).isNotNull();
        }
        first.awaitReady(AGAIN);
    }

    private static ServerFrame.DisconnectFrame awaitDisconnect(Subscriber subscriber) {
        while (true) {
            if (subscriber.next(AGAIN) instanceof ServerFrame.DisconnectFrame disconnect) {
                return disconnect;
            }
        }
    }

    private static void signal(String name, long pid) throws Exception {
        int exit = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    @Test
    void when_an_owner_is_killed_its_channels_answer_again_and_nothing_acknowledged_is_gone() {
        HttpApi http = new HttpApi(second, token);
        List<Position> before = publishToAll(http, "killed", 1);
        long begun = System.nanoTime();
        first.kill("channel-0");
        List<Position> after = publishToAll(http, "killed", 2);
        System.out.printf("pause after the kill of one of two owners: %.1f s%n", (System.nanoTime() - begun) / 1e9);
        for (int i = 0; i < CHANNELS; i++) {
            assertThat(after.get(i)).isEqualTo(before.get(i).plus(1));
        }
        first.awaitReady(AGAIN);
    }

    @Test
    void whoever_reads_while_owners_are_away_gets_all_that_was_acknowledged() { // PUB-1, SUB-5
        HttpApi http = new HttpApi(second, token);
        List<Position> acknowledged = publishToAll(http, "reread", 1);
        first.kill("channel-0");
        first.kill("channel-1");
        // They wait in the log beside what the owners have to do again, because it was not committed yet.
        List<CompletableFuture<String>> reads = IntStream.range(0, CHANNELS)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> answered(http, HttpApi.messages("reread/" + i) + "?last=1"), Thread::startVirtualThread))
                .toList();
        for (int i = 0; i < CHANNELS; i++) {
            var newest = HttpApi.json(reads.get(i).join()).get("items").get(0).get("message");
            assertThat(newest.get("position").asString())
                    .isEqualTo(acknowledged.get(i).toString());
        }
        first.awaitReady(AGAIN);
    }

    private static String answered(HttpApi http, String path) {
        return Awaitility.await("an answer")
                .atMost(AGAIN)
                .until(() -> http.get(path), answer -> answer.statusCode() == 200)
                .body();
    }

    /** Publishes to each channel, with retries by the same id until it is decided. */
    private static List<Position> publishToAll(HttpApi http, String namespace, int round) {
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            String path = HttpApi.messages(namespace + "/" + i);
            String id = namespace + "-" + round + "-" + i;
            var answer = Awaitility.await("a decision")
                    .atMost(AGAIN)
                    .until(
                            () -> http.post(path, "application/json", "{}", "Idempotency-Key", id),
                            got -> got.statusCode() == 200);
            positions.add(Position.parse(HttpApi.field(answer.body(), "position")));
        }
        return positions;
    }
}
