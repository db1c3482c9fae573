package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retained messages by filter in one partition (MQT-32). */
class RetainedReadTest {
    private final TestOwner owner = new TestOwner();

    private void retain(String channel) {
        owner.publish(owner.message(new ChannelName(channel)).retain(true));
    }

    private Reply.RetainedPage page(String filter, String after, int items) {
        return (Reply.RetainedPage) owner.read(
                new Read.RetainedMatching(new ChannelFilter(filter), after, new Read.Credit(items, 200_000)));
    }

    private List<String> all(String filter, int items) {
        List<String> names = new ArrayList<>();
        String after = "";
        while (after != null) {
            Reply.RetainedPage page = page(filter, after, items);
            names.addAll(names(page));
            after = page.next();
        }
        return names;
    }

    private static List<String> names(Reply.RetainedPage page) {
        return page.messages().stream()
                .map(RealtimeMessage::channel)
                .map(ChannelName::value)
                .toList();
    }

    @Test
    void a_page_has_what_the_filter_selects_and_says_where_to_go_on() {
        for (String channel : List.of("farm/1/pump", "farm/1/door", "farm", "farms/1", "other")) {
            retain(channel);
        }
        owner.publish(owner.message(new ChannelName("farm/2/pump")));
        assertThat(all("farm/#", 10)).containsExactly("farm", "farm/1/door", "farm/1/pump");
        assertThat(all("farm/+/pump", 10)).containsExactly("farm/1/pump");
        assertThat(all("+", 10)).containsExactly("farm", "other");
        Reply.RetainedPage first = page("farm/#", "", 2);
        assertThat(names(first)).containsExactly("farm", "farm/1/door");
        assertThat(first.next()).isEqualTo("farm/1/door");
        assertThat(page("farm/#", "farm/1/door", 2).next()).isNull();
    }

    @Test
    void what_was_removed_or_is_past_its_life_is_not_there() {
        retain("a/1");
        retain("a/2");
        owner.publish(owner.message(new ChannelName("a/1")).retain(true).data(Payload.EMPTY));
        owner.publish(owner.message(new ChannelName("a/3"))
                .retain(true)
                .offline(new OfflinePolicy(OfflinePolicy.Mode.QUEUE, Duration.ofSeconds(1), null)));
        assertThat(all("a/+", 10)).containsExactly("a/2", "a/3");
        owner.later(Duration.ofSeconds(2));
        assertThat(all("a/+", 10)).containsExactly("a/2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pages_of_any_size_give_what_matching_all_names_would(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String[] segments = {"a", "b", "", "ab"};
        var names = new TreeSet<String>();
        for (int i = 0; i < 40; i++) {
            String name = "x" + segments[random.nextInt(segments.length)] + "/"
                    + segments[random.nextInt(segments.length)] + "/" + segments[random.nextInt(segments.length)];
            names.add(name);
            retain(name);
        }
        for (String text : List.of("#", "+/#", "xa/#", "xa/+/b", "+/a/+", "x/+/#", "xb//a")) {
            ChannelFilter filter = new ChannelFilter(text);
            List<String> expected = names.stream()
                    .filter(name -> filter.matches(new ChannelName(name)))
                    .toList();
            assertThat(all(text, 1 + random.nextInt(7)))
                    .as("seed %d, %s", seed, text)
                    .isEqualTo(expected);
        }
    }
}
