package io.socle.realtime.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MQTT 5 section 4.8.2: what a shared subscription may be called (MQT-101). */
class SharedNameTest {
    @Test
    void group_and_filter_are_read_and_written() {
        SharedName name = SharedName.parse("$share/g/a/+/b");
        assertThat(name).isEqualTo(new SharedName("g", new ChannelFilter("a/+/b")));
        assertThat(name.toString()).isEqualTo("$share/g/a/+/b");
        assertThat(SharedName.parse("$share/g//a").filter().value()).isEqualTo("/a");
    }

    @Test
    void what_has_no_group_or_no_filter_or_a_wildcard_in_the_group_is_refused() {
        for (String bad : List.of(
                "$share",
                "$share/",
                "$share//",
                "$share//a",
                "$share/g",
                "$share/g/",
                "$share/g+/a",
                "$share/#/a",
                "$share/g/a#",
                "share/g/a",
                "$share/g\u0007/a")) {
            assertThatThrownBy(() -> SharedName.parse(bad)).as(bad).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void a_group_may_have_as_many_characters_as_an_identifier_and_no_more() {
        String longest = "g".repeat(Limits.IDENTIFIER_CHARACTERS);
        assertThat(SharedName.parse("$share/" + longest + "/a").group()).isEqualTo(longest);
        assertThatThrownBy(() -> SharedName.parse("$share/" + longest + "g/a"))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void members_of_different_subjects_are_apart_whatever_they_are_called() {
        assertThat(new SharedMember("ab", "c").value()).isNotEqualTo(new SharedMember("a", "bc").value());
    }
}
