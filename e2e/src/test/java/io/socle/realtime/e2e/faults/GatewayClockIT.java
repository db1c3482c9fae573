package io.socle.realtime.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gateway judges tokens by its own clock, also where that is wrong. */
class GatewayClockIT {
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Suite suite;
    private static Arena arena;

    @BeforeAll
    static void start() {
        assertThat(FakeTime.library()).as("libfaketime").isPresent();
        suite = Suite.start("clocks", Stage.CONFIGURATION);
        var processes = new SuiteProcesses(suite);
        arena = new Arena(suite, processes, new Doors(processes), new Random(1));
    }

    @AfterAll
    static void stop() {
        arena.doors().close();
        suite.close();
    }

    private static String token(Duration life) {
        return suite.tokens().sign(Tokens.claims("clock").publish("#").expiresIn(life));
    }

    /** How the gateway on a port answers a publish. */
    private static int answer(int port, String token) {
        return new HttpApi(suite.through(port), token)
                .post(HttpApi.messages("clock/1"), "application/json", "{}")
                .statusCode();
    }

    private static ExtraProcess gateway(String by) {
        Path clock = suite.data().resolve("clock" + by);
        FakeTime.set(clock, by);
        var gateway = ExtraProcess.start(arena, Faults.GATEWAY, FakeTime.environment(clock));
        gateway.awaitReady();
        return gateway;
    }

    @Test
    void one_that_is_ahead_refuses_tokens_that_end_within_as_much() throws InterruptedException { // SEC-4
        try (var gateway = gateway("+1h")) {
            assertThat(answer(gateway.port(), token(Duration.ofMinutes(50)))).isEqualTo(401);
            assertThat(answer(gateway.port(), token(Duration.ofMinutes(70)))).isEqualTo(200);
        }
    }

    @Test
    void one_that_is_behind_takes_tokens_for_as_much_longer() throws InterruptedException { // SEC-4
        try (var gateway = gateway("-10m")) {
            String token = token(SHORT);
            Awaitility.await("the gateway with the right clock to refuse it")
                    .atMost(LIMIT)
                    .until(() -> answer(suite.gatewayPort(), token) == 401);
            assertThat(answer(gateway.port(), token)).isEqualTo(200);
        }
    }
}
