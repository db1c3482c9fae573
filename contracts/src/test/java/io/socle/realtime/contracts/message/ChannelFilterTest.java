package io.socle.realtime.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.random.RandomValues;
import io.socle.realtime.contracts.random.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 5 section 4.7 is the measure. */
class ChannelFilterTest {
    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/ranking, true",
        "sport/tennis/player1/#, sport/tennis/player1/score/wimbledon, true",
        "sport/#, sport, true",
        "#, sport/x, true",
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "#, $SYS/a, false",
        "+/monitor, $SYS/monitor, false",
        "$SYS/#, $SYS/a, true",
        "$SYS/monitor/+, $SYS/monitor/c, true",
        "a/+, a/$b, true",
    })
    void the_examples_of_mqtt_hold(String filter, String channel, boolean matches) {
        assertThat(new ChannelFilter(filter).matches(new ChannelName(channel))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a+", "+a", "a/b+", "#/a", "a#", "a/#/b", "##", "++", "\u0000", "\ud800"})
    void a_wildcard_fills_its_segment_and_a_number_sign_is_last(String filter) {
        assertThatThrownBy(() -> new ChannelFilter(filter)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void matching_agrees_with_a_naive_model() {
        Seeds.check(20_000, values -> {
            ChannelFilter filter = filter(values);
            ChannelName channel = channel(values);
            assertThat(filter.matches(channel))
                    .as("%s matches %s", filter, channel)
                    .isEqualTo(naive(filter.segments(), segments(channel.value()), true));
        });
    }

    /** As the standard words it: segment by segment. */
    private static boolean naive(List<String> filter, List<String> channel, boolean first) {
        if (filter.equals(List.of("#"))) {
            return !first || !channel.getFirst().startsWith("$");
        }
        if (filter.isEmpty() || channel.isEmpty()) {
            return filter.isEmpty() && channel.isEmpty();
        }
        boolean wild =
                filter.getFirst().equals("+") && !(first && channel.getFirst().startsWith("$"));
        return (wild || filter.getFirst().equals(channel.getFirst())) && naive(rest(filter), rest(channel), false);
    }

    private static List<String> rest(List<String> list) {
        return list.subList(1, list.size());
    }

    private static List<String> segments(String value) {
        return Arrays.asList(value.split("/", -1));
    }

    @Test
    void a_filter_covers_another_exactly_where_it_matches_all_that_the_other_matches() {
        List<ChannelName> universe = universe();
        Seeds.check(3_000, values -> {
            ChannelFilter filter = filter(values);
            ChannelFilter other = filter(values);
            boolean allMatched = universe.stream().filter(other::matches).allMatch(filter::matches);
            assertThat(filter.covers(other)).as("%s covers %s", filter, other).isEqualTo(allMatched);
        });
    }

    /** Every name of up to 4 segments; filters of up to 3 cannot tell deeper names or other words apart. */
    private static List<ChannelName> universe() {
        List<String> names = new ArrayList<>(List.of("a", "b", "x", "$s", "$t", ""));
        List<String> longest = List.copyOf(names);
        for (int depth = 2; depth <= 4; depth++) {
            List<String> longer = new ArrayList<>();
            longest.forEach(name -> List.of("a", "b", "x", "$s", "").forEach(end -> longer.add(name + "/" + end)));
            names.addAll(longer);
            longest = longer;
        }
        return names.stream()
                .filter(name -> !name.isEmpty())
                .map(ChannelName::new)
                .toList();
    }

    private static ChannelFilter filter(RandomValues values) {
        List<String> segments = new ArrayList<>();
        for (int i = values.upTo(2); i >= 0; i--) {
            segments.add(values.of("a", "b", "$s", "+", ""));
        }
        if (values.upTo(2) == 0) {
            segments.set(segments.size() - 1, "#");
        }
        String joined = String.join("/", segments);
        // "/#" selects its parent too, whose name is empty: no channel has it, so a universe of channels cannot tell.
        return new ChannelFilter(joined.isEmpty() || joined.equals("/#") ? "#" : joined);
    }

    private static ChannelName channel(RandomValues values) {
        List<String> segments = new ArrayList<>();
        for (int i = values.upTo(3); i >= 0; i--) {
            segments.add(values.of("a", "b", "$s", ""));
        }
        String joined = String.join("/", segments);
        return new ChannelName(joined.isEmpty() ? "/" : joined);
    }
}
