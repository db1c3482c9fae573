package io.socle.realtime.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that know one address only, that of a plain front before two gateways. */
class FrontIT {
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final long SEED = 1;
    private static final int STEP = 10;

    private static Suite suite;
    private static HaProxy front;

    @BeforeAll
    static void start() {
        suite = Suite.start("front", Stage.CONFIGURATION, "--gateways", "2");
        int gateway = suite.gatewayPort();
        int health = suite.managementPort();
        front = new HaProxy(List.of(gateway, gateway + STEP), List.of(health, health + STEP));
    }

    @AfterAll
    static void stop() {
        front.close();
        suite.close();
    }

    private static RunReport holds(Fault fault) throws InterruptedException {
        var report = FaultRun.of(suite, front, fault, SEED, LENGTH);
        System.out.println(RunReport.head() + "\n" + report.row());
        report.keep(Commands.TARGET.resolve("histories"));
        assertThat(report.verdict()).as(report.details() + suite.logTail()).isEqualTo("ok");
        assertThat(report.counts().acks()).as("acknowledgements").isGreaterThan(100);
        return report;
    }

    @Test
    void clients_of_a_killed_gateway_go_on_through_the_front_without_loss() throws Exception { // SUB-2, SUB-7, PUB-1
        holds(new KillOne("front-kill", Faults.GATEWAY, Limits.OTHERS_LIVE));
    }

    @Test
    void a_rolling_restart_of_gateways_behind_the_front_loses_nothing() throws Exception { // SUB-2, SUB-7, PUB-1
        holds(new Restart("front-restart", List.of(Faults.GATEWAY), Limits.OTHERS_LIVE));
    }
}
