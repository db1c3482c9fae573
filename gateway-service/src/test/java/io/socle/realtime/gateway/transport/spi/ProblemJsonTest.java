package io.socle.realtime.gateway.transport.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemJsonTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1000, 1", "1001, 2", "10000, 10"})
    void advice_is_rounded_up_to_whole_seconds(long millis, long seconds) { // HTTP-20
        var problem = Problem.later(FailureCode.OVERLOADED, Duration.ofMillis(millis));
        assertThat(ProblemJson.retryAfterSeconds(problem)).isEqualTo(seconds);
        assertThat(new String(ProblemJson.write(problem), StandardCharsets.UTF_8))
                .contains("\"retryAfterMs\":" + millis + "}");
    }

    @Test
    void only_what_may_succeed_later_says_when_to_come_back() { // HTTP-20
        assertThat(ProblemJson.mayRetry(Problem.of(FailureCode.UNAVAILABLE))).isTrue();
        assertThat(ProblemJson.retryAfterSeconds(Problem.of(FailureCode.UNAVAILABLE)))
                .isEqualTo(1);
        assertThat(ProblemJson.mayRetry(Problem.of(FailureCode.FORBIDDEN))).isFalse();
        assertThat(new String(ProblemJson.write(Problem.of(FailureCode.FORBIDDEN)), StandardCharsets.UTF_8))
                .doesNotContain("retryAfterMs");
    }
}
