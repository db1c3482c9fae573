package io.socle.realtime.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotLeaseTest {
    private long nanos;
    private final SlotLease lease = new SlotLease(Duration.ofNanos(100), () -> nanos);

    @Test
    void a_claim_holds_for_the_lease_and_no_longer() {
        nanos = 100;
        assertThat(lease.isOver()).isFalse();
        nanos = 101;
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void a_heartbeat_that_was_read_back_prolongs_from_when_it_was_sent() {
        nanos = 50;
        long number = lease.next();
        nanos = 90;
        lease.readBack(number);
        nanos = 150;
        assertThat(lease.isOver()).isFalse();
        nanos = 151;
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void what_was_sent_and_not_read_back_proves_nothing() {
        nanos = 90;
        lease.next();
        nanos = 101;
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void a_heartbeat_of_before_a_long_stop_that_is_read_after_it_proves_nothing() {
        nanos = 10;
        long number = lease.next();
        nanos = 1_000;
        lease.readBack(number);
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void a_later_heartbeat_stands_for_the_earlier_ones() {
        lease.next();
        nanos = 60;
        long second = lease.next();
        lease.readBack(second);
        nanos = 160;
        assertThat(lease.isOver()).isFalse();
    }
}
