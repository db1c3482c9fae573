package io.socle.realtime.e2e.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrame.BackpressureState;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Publishers are told of lag, refused early with advice, and taken again (FLO-6 to FLO-10). */
class BackpressureIT {
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration LAG = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(60);
    /** Ports of the second gateway are this much higher. */
    private static final int STEP = 10;

    private static final int RATE = 20;
    private static final int FLOODS = 24;
    /** Below what one connection may have undecided, so that only the wait refuses. */
    private static final int IN_FLIGHT = 240;

    private static final int TO_DECIDE = 10_000;
    /** What may wait, in what an owner at its fastest decides within the limit: two gateways see each other's part late. */
    private static final int QUEUE_LIMITS = 3;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private static Suite suite;
    /** The same suite through its second gateway. */
    private static Suite other;

    private static String token;

    @BeforeAll
    static void start() {
        suite = Suite.start(
                "pressure",
                Map.of(
                        "realtime.limits.publish-wait", WAIT.toMillis() + "MS",
                        "realtime.limits.publish-lag", LAG.toMillis() + "MS",
                        "realtime.namespaces.capped.channel-rate", Integer.toString(RATE)),
                "--gateways",
                "2");
        other = suite.through(suite.gatewayPort() + STEP);
        token = suite.tokens().everything("flood");
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(AGAIN).pollInterval(Duration.ofMillis(20));
    }

    private static void signal(String name, long pid) throws Exception {
        int exit = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    private static void awaitCalm(Flood flood) {
        await("what is published to be decided at once").until(() -> {
            flood.publish();
            await("a decision").until(() -> flood.undecided() == 0);
            List<Flood.Accepted> all = flood.accepted();
            return !all.isEmpty() && all.getLast().nanos() < LAG.toNanos() / 2;
        });
    }

    @Test
    void an_owner_that_halts_is_sent_no_more_for_long_and_publishing_goes_on_when_it_does()
            throws Exception { // FLO-6, FLO-7, FLO-8, FLO-9
        HttpApi http = new HttpApi(suite, token);
        long owner = suite.pid("channel").orElseThrow();
        try (var flood = new Flood(suite, token, "halted/1");
                var subscriber = WsClient.connect(suite, token)) {
            awaitCalm(flood);
            signal("STOP", owner);
            try {
                flood.publish(20);
                await("an early refusal").until(() -> {
                    flood.publish();
                    return flood.refused("overloaded").findAny().isPresent();
                });
                Flood.Refused refusal = flood.refused("overloaded").findFirst().orElseThrow();
                assertThat(refusal.problem().retryable()).isTrue();
                assertThat(refusal.problem().retryAfter()).isGreaterThanOrEqualTo(WAIT.dividedBy(2));
                assertThat(Duration.ofNanos(refusal.nanos())).isLessThan(Duration.ofSeconds(2));
                await("word of lag").until(() -> flood.wasTold(BackpressureState.ON));
                assertThat(flood.told().getLast().lagMs()).isGreaterThanOrEqualTo(LAG.toMillis());
                refusedOverHttp(http.post(HttpApi.messages("halted/1"), "application/json", "{}"));
                subscriber.send("{\"type\":\"subscribe\",\"id\":7,\"subscription\":\"s\",\"channel\":\"halted/1\"}");
            } finally {
                signal("CONT", owner);
            }
            // No publish comes between: a subscribe is decided like what was accepted before it.
            subscriber.next(ServerFrame.Subscribed.class);
            await("every accepted message to be decided").until(() -> flood.undecided() == 0);
            assertThat(flood.accepted()).anyMatch(done -> lagOf(done) >= LAG.toMillis());
            await("publishing to go on")
                    .until(() -> http.post(HttpApi.messages("halted/1"), "application/json", "{}")
                                    .statusCode()
                            == 200);
            await("word that the lag is over")
                    .until(() -> flood.told().getLast().state() == BackpressureState.OFF);
            acknowledgedIsThere(http, "halted/1", flood.accepted());
        }
        await("the log to have both").until(() -> suite.log().contains("backpressure state=off"));
        assertThat(suite.log()).contains("backpressure state=on");
    }

    private static long lagOf(Flood.Accepted done) {
        Long lag = done.frame().lagMs();
        return lag == null ? 0 : lag;
    }

    private static void refusedOverHttp(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(HttpApi.field(answer.body(), "code")).isEqualTo("overloaded");
        long advised = HttpApi.json(answer.body()).get("retryAfterMs").asLong();
        assertThat(advised).isGreaterThanOrEqualTo(WAIT.toMillis() / 2);
        assertThat(answer.headers().firstValue("Retry-After").orElseThrow())
                .isEqualTo(Long.toString(Math.ceilDiv(advised, 1_000L)));
    }

    /** Every acknowledged number is at its position; what was refused is nowhere. */
    private static void acknowledgedIsThere(HttpApi http, String channel, List<Flood.Accepted> accepted) {
        Map<String, Long> there = new TreeMap<>();
        String next = "?last=1000000&limit=512";
        while (next != null) {
            var page = HttpApi.json(http.get(HttpApi.messages(channel) + next).body());
            page.get("items").forEach(item -> {
                var message = item.get("message");
                there.put(
                        message.get("position").asString(),
                        message.get("data").isIntegralNumber()
                                ? message.get("data").asLong()
                                : -1);
            });
            next = page.has("next") ? "?before=" + page.get("next").asString() + "&limit=512" : null;
        }
        for (Flood.Accepted done : accepted) {
            assertThat(there).containsEntry(done.position().toString(), done.id());
        }
    }

    @Test
    void a_flood_through_two_gateways_is_refused_early_and_what_is_accepted_waits_a_bounded_time() { // FLO-6, FLO-7
        List<Flood> floods = IntStream.range(0, FLOODS)
                .mapToObj(i -> new Flood(i % 2 == 0 ? suite : other, token, "flooded/1"))
                .toList();
        try {
            await("enough to be decided").pollInterval(Duration.ofMillis(100)).until(() -> {
                floods.forEach(flood -> flood.fill(IN_FLIGHT));
                return floods.stream()
                                .mapToInt(flood -> flood.accepted().size())
                                .sum()
                        >= TO_DECIDE;
            });
            await("the rest").until(() -> floods.stream().allMatch(flood -> flood.undecided() == 0));
            report(floods);
            List<Flood.Refused> refused =
                    floods.stream().flatMap(flood -> flood.refused().stream()).toList();
            assertThat(refused).isNotEmpty().allSatisfy(one -> {
                assertThat(one.problem().code().code()).isEqualTo("overloaded");
                assertThat(one.problem().retryAfter()).isNotNull();
            });
            // Counted in messages, since a queue takes longer where the machine becomes slower, which nobody can know
            // before.
            assertThat(percentile(queues(floods), 99))
                    .isLessThan(QUEUE_LIMITS * WAIT.toMillis() * fastest(floods) / 1_000);
            assertThat(floods).allMatch(flood -> !flood.accepted().isEmpty());
            assertThat(floods).allMatch(flood -> flood.wasTold(BackpressureState.ON));
            awaitCalm(floods.getFirst());
            await("word that the lag is over")
                    .until(() -> floods.stream()
                            .allMatch(flood -> flood.told().getLast().state() == BackpressureState.OFF));
        } finally {
            floods.forEach(Flood::close);
        }
    }

    private static List<Long> lags(List<Flood> floods) {
        return floods.stream()
                .flatMap(flood -> flood.accepted().stream())
                .map(BackpressureIT::lagOf)
                .toList();
    }

    private static List<Long> waits(List<Flood> floods) {
        return floods.stream()
                .flatMap(flood -> flood.accepted().stream())
                .map(done -> done.nanos() / 1_000_000)
                .toList();
    }

    /** How many others were acknowledged while each message waited: the queue that it found. */
    private static List<Long> queues(List<Flood> floods) {
        long[] times = times(floods);
        return floods.stream()
                .flatMap(flood -> flood.accepted().stream())
                .map(done -> upTo(times, done.at()) - upTo(times, done.at() - done.nanos()))
                .toList();
    }

    /** The most that were acknowledged within one second. */
    private static long fastest(List<Flood> floods) {
        long[] times = times(floods);
        return Arrays.stream(times)
                .map(end -> upTo(times, end) - upTo(times, end - SECOND_NANOS))
                .max()
                .orElseThrow();
    }

    private static long[] times(List<Flood> floods) {
        return floods.stream()
                .flatMap(flood -> flood.accepted().stream())
                .mapToLong(Flood.Accepted::at)
                .sorted()
                .toArray();
    }

    private static long upTo(long[] times, long at) {
        int found = Arrays.binarySearch(times, at);
        return found >= 0 ? found : -found - 1;
    }

    private static long percentile(List<Long> values, int percent) {
        return values.stream().sorted().toList().get((values.size() - 1) * percent / 100);
    }

    private static void report(List<Flood> floods) {
        System.out.printf(
                "flood: %d accepted, %d refused, wait at the gateway p50 %d ms, p99 %d ms, at the client p50 %d ms, p99 %d"
                        + " ms, limit %d ms, queue p99 %d, fastest %d/s%n",
                floods.stream().mapToInt(flood -> flood.accepted().size()).sum(),
                floods.stream().mapToInt(flood -> flood.refused().size()).sum(),
                percentile(lags(floods), 50),
                percentile(lags(floods), 99),
                percentile(waits(floods), 50),
                percentile(waits(floods), 99),
                WAIT.toMillis(),
                percentile(queues(floods), 99),
                fastest(floods));
    }

    @Test
    void a_channel_is_taken_at_its_ceiling_and_refused_beyond_it_with_advice() { // FLO-10
        HttpApi http = new HttpApi(suite, token);
        try (var flood = new Flood(suite, token, "capped/1")) {
            flood.publish(3 * RATE);
            await("all answers").until(() -> flood.undecided() == 0);
            assertThat(flood.accepted()).hasSizeBetween(RATE, 2 * RATE);
            assertThat(flood.refused("rate_limited").map(Flood.Refused::problem))
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.retryAfter()).isPositive());
            assertThat(flood.refused("rate_limited")).hasSize(flood.refused().size());
        }
        HttpResponse<String> refused = await("a refusal over HTTP")
                .pollInterval(Duration.ofMillis(1))
                .until(
                        () -> http.post(HttpApi.messages("capped/1"), "application/json", "{}"),
                        answer -> answer.statusCode() != 200);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        http.publish("capped/2", "{}");
        http.publishMany("uncapped/1", 0, 3 * RATE);
        await("the ceiling to have room again")
                .pollInterval(Duration.ofMillis(1_000 / RATE))
                .until(() -> http.post(HttpApi.messages("capped/1"), "application/json", "{}")
                                .statusCode()
                        == 200);
    }
}
