package io.socle.realtime.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.random.Seeds;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** A channel's owner is the same whoever computes it: any Kafka client that keys by the channel's name agrees. */
class PartitionsTest {
    @Test
    void a_channels_partition_is_the_one_of_kafkas_default_partitioner() {
        Seeds.check(20_000, values -> {
            ChannelName channel = values.channel();
            int count = 1 + values.upTo(100);
            byte[] key = channel.value().getBytes(StandardCharsets.UTF_8);
            assertThat(Partitions.of(channel, count)).isEqualTo(BuiltInPartitioner.partitionForKey(key, count));
        });
    }

    @Test
    void the_hash_is_kafkas_murmur2_for_any_bytes() {
        Seeds.check(20_000, values -> {
            byte[] bytes = values.bytes(40);
            assertThat(Partitions.murmur2(bytes)).isEqualTo(Utils.murmur2(bytes));
        });
    }

    @Test
    void a_sessions_partition_depends_on_subject_and_client_identifier() {
        assertThat(Partitions.of(new SessionKey("alice", "pump"), 1_000_003))
                .isEqualTo(Partitions.of(new SessionKey("alice", "pump"), 1_000_003))
                .isNotEqualTo(Partitions.of(new SessionKey("alicep", "ump"), 1_000_003));
    }
}
