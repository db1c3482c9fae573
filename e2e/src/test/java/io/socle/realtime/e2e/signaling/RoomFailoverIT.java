package io.socle.realtime.e2e.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of rooms, or the log, is killed while 100 pairs negotiate and 100 others have done so. */
class RoomFailoverIT {
    private static final int PAIRS = 100;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static Suite suite;

    @BeforeAll
    static void start() {
        suite = Suite.start("room-failover", Map.of());
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private static List<CallingPair> pairs(String name) {
        String token = suite.tokens().sign(Tokens.claims("peer").signal("#"));
        List<CallingPair> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            pairs.add(new CallingPair(suite, token, name + "/" + i));
        }
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(strings = {"signaling", "kafka"})
    void established_pairs_notice_nothing_and_negotiating_ones_complete(String part) { // SIG-14, SIG-24
        suite.awaitReady(LIMIT);
        long process = suite.pid(part).orElseThrow();
        List<CallingPair> established = pairs(part + "/established");
        List<CallingPair> negotiating = pairs(part + "/negotiating");
        try {
            established.forEach(CallingPair::begin);
            await("established", established);
            List<Long> told = established.stream().map(CallingPair::told).toList();
            negotiating.forEach(CallingPair::begin);
            Awaitility.await("some to be done, and not all")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> negotiating.stream().anyMatch(CallingPair::hasBegun));
            long begun = System.nanoTime();
            suite.kill(process);
            long open = negotiating.stream().filter(pair -> !pair.isSettled()).count();
            await("negotiating", negotiating);
            double seconds = (System.nanoTime() - begun) / 1e9;
            assertThat(established.stream().map(CallingPair::told).toList()).isEqualTo(told);
            List<String> problems = Stream.concat(established.stream(), negotiating.stream())
                    .flatMap(pair -> pair.problems().stream())
                    .toList();
            System.out.printf(
                    "%s killed: %d pairs established and untouched, %d of %d open then, all settled after %.1f s: ok%n",
                    part, PAIRS, open, PAIRS, seconds);
            assertThat(problems).isEmpty();
            assertThat(open).as("pairs that were open when it was killed").isPositive();
        } finally {
            established.forEach(CallingPair::close);
            negotiating.forEach(CallingPair::close);
        }
    }

    private static void await(String name, List<CallingPair> pairs) {
        Awaitility.await(name + " pairs to settle")
                .atMost(LIMIT)
                .until(() -> pairs.stream().allMatch(CallingPair::isSettled));
    }
}
