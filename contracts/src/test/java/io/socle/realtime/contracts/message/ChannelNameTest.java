package io.socle.realtime.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "/", "/a", "a/", "a//b", "chat/room-42", "$presence/a", "é/😀", " ", "a b", "\u00a0"})
    void whatever_is_a_legal_mqtt_topic_name_is_a_channel(String name) {
        assertThat(new ChannelName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "#",
                "a/+",
                "a/#",
                "a+b",
                "\u0000",
                "a\u0000b",
                "\n",
                "\u007f",
                "\u009f",
                "\ud800",
                "\udc00",
                "\ud800a",
                "\udc00\ud800"
            })
    void wildcards_control_characters_and_unpaired_surrogates_are_refused(String name) {
        refused(name);
    }

    @Test
    void a_name_has_at_most_1024_bytes_of_utf_8() {
        assertThat(new ChannelName("a".repeat(1024)).value()).hasSize(1024);
        assertThat(new ChannelName("😀".repeat(256)).value()).hasSize(512);
        refused("a".repeat(1025));
        refused("😀".repeat(256) + "a");
        refused("a".repeat(10 * 1024));
    }

    @Test
    void a_name_has_at_most_64_segments() {
        assertThat(new ChannelName("/".repeat(63)).value()).hasSize(63);
        refused("/".repeat(64));
    }

    @Test
    void the_first_segment_is_the_namespace_and_a_dollar_there_the_systems() {
        assertThat(new ChannelName("chat/1").namespace()).isEqualTo("chat");
        assertThat(new ChannelName("chat").namespace()).isEqualTo("chat");
        assertThat(new ChannelName("/a").namespace()).isEmpty();
        assertThat(new ChannelName("$presence/chat").isSystem()).isTrue();
        assertThat(new ChannelName("a/$presence").isSystem()).isFalse();
    }

    private static void refused(String name) {
        assertThatThrownBy(() -> new ChannelName(name))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("channel"));
    }
}
