package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
    @Test
    void it_says_what_a_plain_map_says() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RecentIds ids = new RecentIds();
            Map<Long, Long> plain = new HashMap<>();
            for (int i = 0; i < 2000; i++) {
                // Few distinct low bits, so that places collide, also over the end of the table.
                long hash = (long) random.nextInt(1, 60) << 32 | random.nextInt(3) * 7 + 9;
                if (random.nextBoolean()) {
                    ids.put(hash, i);
                    plain.put(hash, (long) i);
                } else {
                    long position = plain.getOrDefault(hash, 0L) - random.nextInt(5) / 4;
                    ids.remove(hash, position);
                    plain.remove(hash, position);
                }
                assertThat(ids.get(hash)).as("seed %d", seed).isEqualTo(plain.getOrDefault(hash, RecentIds.NONE));
            }
            plain.forEach((hash, position) -> assertThat(ids.get(hash)).isEqualTo(position));
        }
    }

    @Test
    void channel_and_id_do_not_run_into_each_other() {
        assertThat(RecentIds.hash("a", "bc")).isNotEqualTo(RecentIds.hash("ab", "c"));
    }
}
