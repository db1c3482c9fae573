package io.socle.realtime.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The faults that matter most, each for a short while; {@code e2e/faults} runs all of them, by many seeds. */
class FaultsIT {
    private static final Duration LENGTH = Duration.ofSeconds(6);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final long SEED = 1;

    @Test
    void what_is_promised_holds_through_faults_of_the_only_one_of_each() throws InterruptedException {
        // PUB-1, PUB-2, PUB-4, PUB-12, ORD-1, ORD-2, ORD-3, SUB-2, SUB-4, SUB-7, WS-20, WS-22, DUR-3, DUR-4, DUR-5
        hold(
                Stage.ONE_OF_EACH,
                LENGTH,
                List.of("kill-gateway", "kill-channel", "freeze-channel-12s", "half-open-links", "kill-broker"));
    }

    @Test
    void what_is_promised_holds_through_faults_of_one_of_several() throws InterruptedException {
        // The same, and besides the times in which others must have taken over
        hold(Stage.CLUSTER, SHORT, List.of("kill-one-gateway", "freeze-one-owner", "rebalance-storm"));
    }

    private static void hold(Stage stage, Duration length, List<String> labels) throws InterruptedException {
        try (Suite suite = stage.start()) {
            System.out.println(RunReport.head());
            for (String label : labels) {
                hold(suite, Faults.byLabel(label), length);
            }
        }
    }

    private static void hold(Suite suite, Fault fault, Duration length) throws InterruptedException {
        assertThat(fault.missing())
                .as("what this machine has not and %s needs", fault.label())
                .isEmpty();
        var report = FaultRun.of(suite, fault, SEED, length);
        System.out.println(report.row());
        report.keep(Commands.TARGET.resolve("histories"));
        assertThat(report.verdict())
                .as(fault.label() + "\n" + report.details() + suite.logTail())
                .isEqualTo("ok");
        assertThat(report.counts().acks()).as("acknowledgements").isGreaterThan(100);
        assertThat(report.strikes()).as("strikes").isPositive();
    }
}
