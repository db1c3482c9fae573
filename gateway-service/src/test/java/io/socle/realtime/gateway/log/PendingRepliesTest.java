package io.socle.realtime.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {
    private long nanos;
    private final PendingReplies pending = new PendingReplies(2, Duration.ofNanos(100), () -> nanos);
    private final List<FailureCode> refusals = new ArrayList<>();
    private final ReplyHandler handler = (partition, logPosition, reply) ->
            refusals.add(((Reply.Refused) reply).problem().code());

    private long add() {
        return Objects.requireNonNull(pending.add(Runnable::run, handler));
    }

    @Test
    void requests_up_to_the_limit_are_taken_and_the_next_is_not() {
        add();
        long second = add();
        assertThat(pending.add(Runnable::run, handler)).isNull();
        pending.take(second);
        assertThat(pending.add(Runnable::run, handler)).isNotNull();
    }

    @Test
    void a_reply_is_taken_once() {
        long request = add();
        assertThat(pending.take(request)).isNotNull();
        assertThat(pending.take(request)).isNull();
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
