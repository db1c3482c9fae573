package io.socle.realtime.shell.owner;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    private final AtomicLong nanoTime = new AtomicLong();
    private final AtomicInteger givenUp = new AtomicInteger();
    private final ThreadFailures failures = new ThreadFailures(2, nanoTime::get, givenUp::incrementAndGet);

    @Test
    void a_thread_is_replaced_so_many_times_in_ten_minutes_and_then_the_process_ends() {
        assertThat(failures.handle(new IllegalStateException("1"))).isEqualTo(REPLACE_THREAD);
        assertThat(failures.handle(new IllegalStateException("2"))).isEqualTo(REPLACE_THREAD);
        nanoTime.addAndGet(Duration.ofMinutes(11).toNanos());
        assertThat(failures.handle(new IllegalStateException("3"))).isEqualTo(REPLACE_THREAD);
        assertThat(failures.handle(new IllegalStateException("4"))).isEqualTo(REPLACE_THREAD);
        assertThat(givenUp).hasValue(0);
        assertThat(failures.handle(new IllegalStateException("5"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(givenUp).hasValue(1);
    }
}
