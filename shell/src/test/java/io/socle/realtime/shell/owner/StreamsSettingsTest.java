package io.socle.realtime.shell.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static int transactionTimeout(Duration commitInterval, Duration sessionTimeout) {
        var settings = new StreamsSettings(
                "localhost:1", "app", "one", Path.of("state"), 1, 0, commitInterval, sessionTimeout, 0, 8 << 20);
        return (int) Objects.requireNonNull(settings.properties().get("producer.transaction.timeout.ms"));
    }

    @Test
    void transactions_of_an_owner_that_is_gone_last_no_longer_than_its_session() {
        assertThat(transactionTimeout(Duration.ofSeconds(1), Duration.ofSeconds(6)))
                .isEqualTo(6_000);
        assertThat(transactionTimeout(Duration.ofMillis(50), Duration.ofSeconds(30)))
                .isEqualTo(30_000);
    }

    @Test
    void a_slow_commit_has_room_in_its_transaction() {
        assertThat(transactionTimeout(Duration.ofSeconds(5), Duration.ofSeconds(6)))
                .isEqualTo(10_000);
    }
}
