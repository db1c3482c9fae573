package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FilterIndexTest {
    private static final List<String> SEGMENTS = List.of("a", "b", "", "$x");

    @Test
    void it_finds_what_asking_each_filter_finds() {
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FilterIndex<ChannelFilter> index = new FilterIndex<>();
            Set<ChannelFilter> filters = new HashSet<>();
            for (int i = 0; i < 12; i++) {
                ChannelFilter filter = filter(random);
                if (random.nextInt(4) == 0) {
                    index.remove(filter);
                    filters.remove(filter);
                } else {
                    index.put(filter, filter);
                    filters.add(filter);
                }
            }
            ChannelName channel = channel(random);
            List<ChannelFilter> found = new ArrayList<>();
            index.forEachMatch(channel, found::add);
            assertThat(found)
                    .as("seed %d, channel %s", seed, channel)
                    .containsExactlyInAnyOrderElementsOf(filters.stream()
                            .filter(filter -> filter.matches(channel))
                            .collect(Collectors.toList()));
        }
    }

    @Test
    void nothing_is_left_when_all_filters_are_removed() {
        FilterIndex<String> index = new FilterIndex<>();
        index.put(new ChannelFilter("a/+/#"), "one");
        index.put(new ChannelFilter("a"), "two");
        index.remove(new ChannelFilter("a/+/#"));
        assertThat(index.isEmpty()).isFalse();
        index.remove(new ChannelFilter("a"));
        assertThat(index.isEmpty()).isTrue();
    }

    private static ChannelFilter filter(SplittableRandom random) {
        List<String> segments = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            segments.add(random.nextInt(3) == 0 ? "+" : SEGMENTS.get(random.nextInt(SEGMENTS.size())));
        }
        if (random.nextInt(3) == 0) {
            segments.add("#");
        }
        String text = String.join("/", segments);
        return new ChannelFilter(text.isEmpty() ? "a" : text);
    }

    private static ChannelName channel(SplittableRandom random) {
        List<String> segments = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            segments.add(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
        }
        String text = String.join("/", segments);
        return new ChannelName(text.isEmpty() ? "a" : text);
    }
}
