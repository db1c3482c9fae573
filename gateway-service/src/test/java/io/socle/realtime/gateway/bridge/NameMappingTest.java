package io.socle.realtime.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Names of one side as names of the other. */
class NameMappingTest {
    private static final List<String> SEGMENTS = List.of("a", "b", "", "$s");

    @Test
    void a_beginning_is_taken_away_and_another_put_before_MQT_122() {
        NameMapping names = new NameMapping("site/", "factory/");
        assertThat(names.apply("site/pump/1")).isEqualTo("factory/pump/1");
        assertThat(names.apply("other/1")).isEqualTo("factory/other/1");
        assertThat(NameMapping.SAME.apply("site/pump/1")).isEqualTo("site/pump/1");
    }

    @Test
    void there_and_back_is_the_same_name_MQT_122() {
        NameMapping in = new NameMapping("site/", "factory/");
        NameMapping out = new NameMapping("factory/", "site/");
        assertThat(out.apply(in.apply("site//pump/"))).isEqualTo("site//pump/");
    }

    @Test
    void a_filter_becomes_the_filter_of_all_that_it_makes_MQT_122() {
        NameMapping names = new NameMapping("site/", "factory/");
        assertThat(names.apply(new ChannelFilter("site/+/#"))).isEqualTo(new ChannelFilter("factory/+/#"));
        assertThatThrownBy(() -> names.apply(new ChannelFilter("+/pump"))).isInstanceOf(InvalidValueException.class);
        NameMapping glued = new NameMapping("", "factory");
        assertThatThrownBy(() -> glued.apply(new ChannelFilter("#"))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void no_filter_selects_what_is_no_name() {
        assertThat(NameMapping.selects(new ChannelFilter("#"), "")).isFalse();
        assertThat(NameMapping.selects(new ChannelFilter("#"), "a\0")).isFalse();
        assertThat(NameMapping.selects(new ChannelFilter("#"), "a")).isTrue();
    }

    @Test
    void filters_overlap_exactly_where_some_name_is_selected_by_both() {
        List<ChannelName> names = names();
        for (long seed = 0; seed < 3_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ChannelFilter one = filter(random);
            ChannelFilter other = filter(random);
            boolean found = names.stream().anyMatch(name -> one.matches(name) && other.matches(name));
            assertThat(NameMapping.overlap(one, other))
                    .as("seed %d: %s and %s", seed, one, other)
                    .isEqualTo(found);
        }
    }

    /** All names of up to four segments. */
    private static List<ChannelName> names() {
        List<String> names = new ArrayList<>(SEGMENTS);
        List<String> last = SEGMENTS;
        for (int length = 2; length <= 4; length++) {
            last = last.stream()
                    .flatMap(name -> SEGMENTS.stream().map(segment -> name + '/' + segment))
                    .toList();
            names.addAll(last);
        }
        return names.stream()
                .filter(name -> !name.isEmpty())
                .map(ChannelName::new)
                .toList();
    }

    private static ChannelFilter filter(SplittableRandom random) {
        int length = 1 + random.nextInt(3);
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            boolean last = i == length - 1;
            segments.add(
                    switch (random.nextInt(last ? 6 : 5)) {
                        case 0 -> "+";
                        case 5 -> "#";
                        default -> SEGMENTS.get(random.nextInt(SEGMENTS.size()));
                    });
        }
        String value = String.join("/", segments);
        return new ChannelFilter(value.isEmpty() ? "a" : value);
    }
}
