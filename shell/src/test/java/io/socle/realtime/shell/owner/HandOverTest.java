package io.socle.realtime.shell.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Test;

class HandOverTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final HandOver handOver = new HandOver(() -> {});
    private final AtomicInteger polls = new AtomicInteger();

    private void poll() {
        handOver.poll(() -> {
            polls.incrementAndGet();
            return ConsumerRecords.empty();
        });
    }

    /** As a processing thread does: it polls until it is told to end, and has something to commit at first. */
    private CompletableFuture<Integer> process(CountDownLatch polled, CountDownLatch commit) {
        var result = new CompletableFuture<Integer>();
        Thread.ofPlatform().daemon().start(() -> {
            handOver.begun();
            poll();
            polled.countDown();
            while (!handOver.isAsked() || commit.getCount() > 0) {
                poll();
            }
            int before = polls.get();
            handOver.ended();
            poll();
            result.complete(polls.get() - before);
        });
        return result;
    }

    @Test
    void threads_rest_when_they_have_committed_and_read_nothing_more() throws Exception {
        var polled = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        var reads = process(polled, commit);
        assertThat(polled.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(handOver.rest(Duration.ofMillis(20))).isFalse();
        commit.countDown();
        assertThat(handOver.rest(LIMIT)).isTrue();
        assertThat(reads).isNotDone();
        handOver.release();
        assertThat(reads.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isZero();
    }

    @Test
    void where_nothing_processes_there_is_nothing_to_wait_for() throws Exception {
        assertThat(handOver.rest(LIMIT)).isTrue();
    }
}
