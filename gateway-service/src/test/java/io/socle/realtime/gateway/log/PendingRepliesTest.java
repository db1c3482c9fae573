package io.socle.realtime.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.gateway.pressure.Pressure;
import io.socle.realtime.gateway.pressure.PressureLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {
    private long nanos;
    private final Pressure pressure =
            new Pressure(new PressureLimits(Duration.ofSeconds(2), Duration.ofMillis(500)), () -> nanos, () -> 0);
    private final PendingReplies pending = new PendingReplies(2, Duration.ofNanos(100), () -> nanos, pressure);
    private final List<FailureCode> refusals = new ArrayList<>();
    private final ReplyHandler handler = (partition, logPosition, reply) ->
            refusals.add(((Reply.Refused) reply).problem().code());

    private long add() {
        return Objects.requireNonNull(pending.addCommand(0, Runnable::run, handler));
    }

    @Test
    void requests_up_to_the_limit_are_taken_and_the_next_is_not() {
        add();
        long second = add();
        assertThat(pending.addCommand(0, Runnable::run, handler)).isNull();
        pending.take(second, 7);
        assertThat(pending.addCommand(0, Runnable::run, handler)).isNotNull();
    }

    @Test
    void publishes_leave_one_place_in_eight_to_commands_and_reads() { // FLO-5
        var eight = new PendingReplies(8, Duration.ofNanos(100), () -> nanos, pressure);
        for (int i = 0; i < 7; i++) {
            assertThat(eight.addPublish(0, Runnable::run, handler)).isNotNull();
        }
        assertThat(eight.addPublish(0, Runnable::run, handler)).isNull();
        assertThat(eight.addRead(Runnable::run, handler)).isNotNull();
        assertThat(eight.addRead(Runnable::run, handler)).isNull();
    }

    @Test
    void a_command_counts_as_undecided_until_it_is_answered_or_given_up_and_a_read_never() {
        long first = add();
        long second = add();
        assertThat(pressure.undecided()).isEqualTo(2);
        pending.take(first, 7);
        assertThat(pressure.undecided()).isEqualTo(1);
        pending.refuse(second, FailureCode.TIMEOUT);
        assertThat(pressure.undecided()).isZero();
        pending.addRead(Runnable::run, handler);
        assertThat(pressure.undecided()).isZero();
    }

    @Test
    void a_reply_is_taken_once() {
        long request = add();
        assertThat(pending.take(request, 7)).isNotNull();
        assertThat(pending.take(request, 7)).isNull();
    }

    @Test
    void what_waits_longer_than_the_limit_is_refused_as_timeout_and_not_before() {
        add();
        nanos = 100;
        pending.expire();
        assertThat(refusals).isEmpty();
        nanos = 101;
        pending.expire();
        assertThat(refusals).containsExactly(FailureCode.TIMEOUT);
        assertThat(pending.size()).isZero();
    }
}
