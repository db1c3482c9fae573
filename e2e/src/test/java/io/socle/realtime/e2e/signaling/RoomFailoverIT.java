package io.socle.realtime.e2e.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes are killed or restarted while 100 pairs negotiate and 100 others have done so; there are two gateways and two owners. */
class RoomFailoverIT {
    private static final int PAIRS = 100;
    private static final int STEP = 10;
    private static final int BETWEEN_PAIRS_MS = 200;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static Suite suite;
    private static List<Suite> gateways;

    private final List<CallingPair> established = new ArrayList<>();
    private final List<CallingPair> negotiating = new ArrayList<>();

    @BeforeAll
    static void start() {
        suite = Suite.start("room-failover", Map.of(), "--gateways", "2", "--signalings", "2");
        gateways = List.of(suite, suite.through(suite.gatewayPort() + STEP));
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private List<Long> establish(String what) {
        suite.awaitReady(LIMIT);
        String token = suite.tokens().sign(Tokens.claims("peer").signal("#"));
        for (int i = 0; i < PAIRS; i++) {
            established.add(new CallingPair(gateways, token, what + "/established/" + i, i));
            negotiating.add(new CallingPair(gateways, token, what + "/negotiating/" + i, i));
        }
        established.forEach(CallingPair::begin);
        await("established", established);
        return established.stream().map(CallingPair::told).toList();
    }

    @AfterEach
    void hangUp() {
        Stream.concat(established.stream(), negotiating.stream()).forEach(CallingPair::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signaling-0", "kafka", "gateway-1"})
    void established_pairs_notice_nothing_and_negotiating_ones_complete_when_one_is_killed(
            String part) { // SIG-10, SIG-11, SIG-14, SIG-24
        List<Long> told = establish("killed/" + part);
        long process = suite.pid(part).orElseThrow();
        negotiating.forEach(CallingPair::begin);
        Awaitility.await("some to be done, and not all")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> negotiating.stream().anyMatch(CallingPair::hasBegun));
        long begun = System.nanoTime();
        suite.kill(process);
        long open = negotiating.stream().filter(pair -> !pair.isSettled()).count();
        assertThat(open).as("pairs that were open when it was killed").isPositive();
        awaitAllWell(told, part + " killed, " + open + " open then", begun);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signaling", "gateway"})
    void established_pairs_notice_nothing_and_negotiating_ones_complete_while_each_is_restarted(String service)
            throws Exception { // SIG-10, SIG-11, SIG-14
        List<Long> told = establish("restarted/" + service);
        long begun = System.nanoTime();
        Future<?> restart;
        try (var pacer = Executors.newScheduledThreadPool(2)) {
            restart = pacer.submit(() -> suite.change("restart", service));
            for (int i = 0; i < PAIRS; i++) {
                pacer.schedule(negotiating.get(i)::begin, (long) i * BETWEEN_PAIRS_MS, TimeUnit.MILLISECONDS);
            }
        }
        restart.get();
        awaitAllWell(told, service + " restarted, one pair begun each " + BETWEEN_PAIRS_MS + " ms", begun);
    }

    private void awaitAllWell(List<Long> told, String what, long begun) {
        await("negotiating", negotiating);
        double seconds = (System.nanoTime() - begun) / 1e9;
        await("established", established);
        List<CallingPair> all =
                Stream.concat(established.stream(), negotiating.stream()).toList();
        assertThat(all.stream().flatMap(pair -> pair.problems().stream())).isEmpty();
        assertThat(established.stream().map(CallingPair::told).toList()).isEqualTo(told);
        System.out.printf(
                "%s: %d pairs untouched, peers came back %d times after at most %.1f s, all settled after %.1f s: ok%n",
                what,
                PAIRS,
                all.stream().mapToInt(CallingPair::returns).sum(),
                all.stream().mapToLong(CallingPair::longestAway).max().orElse(0) / 1e9,
                seconds);
    }

    private static void await(String name, List<CallingPair> pairs) {
        Awaitility.await(name + " pairs to settle")
                .atMost(LIMIT)
                .until(() -> pairs.stream()
                        .allMatch(pair -> pair.isSettled() || !pair.problems().isEmpty()));
        assertThat(pairs.stream().flatMap(pair -> pair.problems().stream())).isEmpty();
    }
}
