package io.socle.realtime.gateway.transport.mqtt.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OverlapsTest {
    private static final ChannelName CHANNEL = new ChannelName("a/b");

    private final Subscriptions subscriptions = new Subscriptions();
    private final Overlaps overlaps = new Overlaps(100);

    private void subscribe(String filter) {
        subscriptions.put(
                new Subscriptions.Entry(new ChannelFilter(filter), new Packet.Request(filter, 1, false, false, 0), 0));
    }

    private boolean brings(String filter, long offset) {
        return overlaps.isFirst(filter, CHANNEL, new Position(1, offset), subscriptions.matching(CHANNEL, false));
    }

    @Test
    void the_first_that_brings_a_message_is_its_copy() { // MQT-21
        subscribe("a/+");
        subscribe("a/b");
        assertThat(brings("a/+", 5)).isTrue();
        assertThat(brings("a/b", 5)).isFalse();
        assertThat(brings("a/b", 6)).isTrue();
        assertThat(brings("a/+", 6)).isFalse();
    }

    @Test
    void what_a_subscription_brought_before_it_was_ended_is_not_what_its_successor_brings() {
        subscribe("a/+");
        subscribe("a/b");
        brings("a/+", 5);
        overlaps.forget("a/+");
        brings("a/+", 9);
        assertThat(brings("a/b", 7)).as("nobody has brought 7").isTrue();
    }

    @Test
    void another_life_of_the_channel_begins_anew() {
        subscribe("a/+");
        subscribe("a/b");
        brings("a/+", 5);
        assertThat(overlaps.isFirst("a/b", CHANNEL, new Position(2, 5), subscriptions.matching(CHANNEL, false)))
                .isTrue();
    }

    static long[] seeds() {
        long[] seeds = new long[60];
        for (int i = 0; i < seeds.length; i++) {
            seeds[i] = 7_000 + i;
        }
        return seeds;
    }

    /** Each subscription begins somewhere and brings everything from there in order; they overtake each other at random. */
    @ParameterizedTest
    @MethodSource("seeds")
    void every_message_is_sent_exactly_once_however_subscriptions_overtake_each_other(long seed) { // MQT-21
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> filters = List.of("a/b", "a/+", "#", "+/b");
        long[] next = new long[filters.size()];
        for (int i = 0; i < next.length; i++) {
            subscribe(filters.get(i));
            next[i] = random.nextLong(1, 60);
        }
        long from = java.util.Arrays.stream(next).min().orElseThrow();
        List<Long> sent = new ArrayList<>();
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < next.length; i++) {
            turns.addAll(Collections.nCopies((int) (100 - next[i]), i));
        }
        Collections.shuffle(turns, new java.util.Random(seed));
        for (int turn : turns) {
            if (brings(filters.get(turn), next[turn])) {
                sent.add(next[turn]);
            }
            next[turn]++;
        }
        Collections.sort(sent);
        List<Long> all = new ArrayList<>();
        for (long offset = from; offset < 100; offset++) {
            all.add(offset);
        }
        assertThat(sent).as("seed %d", seed).isEqualTo(all);
    }
}
