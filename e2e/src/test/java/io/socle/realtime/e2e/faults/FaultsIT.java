package io.socle.realtime.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults that matter most, each for a short while; {@code e2e/faults} runs all of them, by many seeds. */
class FaultsIT {
    private static final Duration LENGTH = Duration.ofSeconds(12);
    private static final long SEED = 1;

    private static Suite suite;

    @BeforeAll
    static void start() {
        suite = Stage.ONE_OF_EACH.start();
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill-gateway", "kill-channel", "freeze-channel-12s", "half-open-links", "kill-broker"})
    void what_is_promised_holds_through(String fault) throws InterruptedException {
        // PUB-1, PUB-2, PUB-4, PUB-12, ORD-1, ORD-2, ORD-3, SUB-2, SUB-4, SUB-7, WS-20, WS-22
        var report = FaultRun.of(suite, Faults.byLabel(fault), SEED, LENGTH);
        System.out.println(RunReport.head() + "\n" + report.row());
        if (!report.isClean()) {
            report.keep(Commands.TARGET.resolve("histories"));
        }
        assertThat(report.violations()).as(suite.logTail()).isEmpty();
        assertThat(report.counts().acks()).as("acknowledgements").isGreaterThan(100);
        assertThat(report.strikes()).as("strikes").isPositive();
    }
}
