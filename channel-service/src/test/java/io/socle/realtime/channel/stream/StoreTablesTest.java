package io.socle.realtime.channel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.channel.core.RandomLife;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** Keys sort and values come back in stores of bytes as they do in maps of objects. */
class StoreTablesTest {
    private static final int SEEDS = 20;
    private static final int STEPS = 300;

    @Test
    void a_partition_lives_the_same_over_stores_of_bytes_as_over_maps() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RandomLife maps = new RandomLife(seed, RandomLife.memory());
            RandomLife stores = new RandomLife(
                    seed, StoreTables.of(store("channels"), store("history"), store("index"), new MessageEncoding()));
            for (int step = 0; step < STEPS; step++) {
                assertThat(stores.step()).as("seed %d step %d", seed, step).isEqualTo(maps.step());
            }
        }
    }

    private static KeyValueStore<Bytes, byte[]> store(String name) {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }
}
