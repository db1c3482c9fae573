package io.socle.realtime.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.log.NodeRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class NodeReaderTest {
    private static final NodeClaim CLAIM = new NodeClaim(2, 40, "here");

    private long nanos;
    private final SlotLease lease = new SlotLease(Duration.ofNanos(100), () -> nanos);
    private final List<String> replacedBy = new ArrayList<>();
    private final NodeReader reader = new NodeReader(CLAIM, lease, replacedBy::add);

    private void read(long offset, byte[] value) {
        reader.read(new ConsumerRecord<>("rt.nodes", 0, offset, new byte[0], value));
    }

    @Test
    void its_own_heartbeat_prolongs_the_lease() {
        nanos = 80;
        read(41, NodeRecords.heartbeat(2, "here", 40, lease.next()));
        nanos = 150;
        assertThat(lease.isOver()).isFalse();
    }

    @Test
    void heartbeats_of_other_slots_and_incarnations_prove_nothing() {
        nanos = 80;
        long number = lease.next();
        read(41, NodeRecords.heartbeat(3, "there", 40, number));
        read(42, NodeRecords.heartbeat(2, "here", 39, number));
        nanos = 150;
        assertThat(lease.isOver()).isTrue();
    }

    @Test
    void only_a_later_claim_of_the_same_slot_replaces_it() {
        read(39, NodeRecords.claim(2, "before"));
        read(40, NodeRecords.claim(2, "here"));
        read(41, NodeRecords.claim(1, "elsewhere"));
        read(42, NodeRecords.tick());
        assertThat(replacedBy).isEmpty();
        read(43, NodeRecords.claim(2, "another"));
        assertThat(replacedBy).containsExactly("another");
    }

    @Test
    void a_record_that_cannot_be_read_is_passed_over() {
        read(41, "nonsense".getBytes(StandardCharsets.UTF_8));
        assertThat(replacedBy).isEmpty();
    }
}
