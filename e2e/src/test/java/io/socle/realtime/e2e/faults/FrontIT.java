package io.socle.realtime.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that know one address only, that of a plain front before two gateways. */
class FrontIT {
    private static final Duration LENGTH = Duration.ofSeconds(5);
    private static final long SEED = 1;
    private static final int STEP = 10;
    private static final int CLIENTS = 60;
    private static final int PER_SECOND = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Suite suite;
    private static HaProxy front;

    @BeforeAll
    static void start() {
        var configuration = new HashMap<>(Stage.CONFIGURATION);
        configuration.put("realtime.gateway.drain.per-second", Integer.toString(PER_SECOND));
        suite = Suite.start("front", configuration, "--gateways", "2");
        int gateway = suite.gatewayPort();
        int health = suite.managementPort();
        front = new HaProxy(List.of(gateway, gateway + STEP), List.of(health, health + STEP));
    }

    @AfterAll
    static void stop() {
        suite.close();
        front.close();
    }

    private static void holds(Fault fault) throws InterruptedException {
        var report = FaultRun.of(suite, front, fault, SEED, LENGTH);
        System.out.println(RunReport.head() + "\n" + report.row());
        report.keep(Commands.TARGET.resolve("histories"));
        assertThat(report.verdict()).as(report.details() + suite.logTail()).isEqualTo("ok");
        assertThat(report.counts().acks()).as("acknowledgements").isGreaterThan(100);
    }

    @Test
    void clients_of_a_killed_gateway_go_on_through_the_front_without_loss() throws Exception { // SUB-2, SUB-7, PUB-1
        holds(new KillOne("front-kill", Faults.GATEWAY, Limits.NONE));
    }

    @Test
    void a_rolling_restart_of_gateways_behind_the_front_loses_nothing() throws Exception { // SUB-2, SUB-7, PUB-1
        holds(new Restart("front-restart", List.of(Faults.GATEWAY), Limits.NONE));
    }

    @Test
    void a_gateway_that_is_stopped_sends_its_clients_away_no_faster_than_is_allowed() {
        var told = new ConcurrentLinkedQueue<Long>();
        var gateway = suite.through(suite.gatewayPort() + STEP);
        String token = suite.tokens().everything("drained");
        var clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> WsClient.connect(gateway, token, frame -> {
                    if (frame instanceof ServerFrame.DisconnectFrame) {
                        told.add(System.nanoTime());
                    }
                }))
                .toList();
        suite.change("restart", "gateway-1");
        Awaitility.await("all to be told").atMost(LIMIT).until(() -> told.size() == CLIENTS);
        clients.forEach(WsClient::close);
        var took = Duration.ofNanos(Collections.max(told) - Collections.min(told));
        System.out.printf("%d clients were sent away in %d ms%n", CLIENTS, took.toMillis());
        assertThat(took).isGreaterThan(Duration.ofSeconds(CLIENTS / PER_SECOND).minus(Duration.ofSeconds(1)));
    }
}
