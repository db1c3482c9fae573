package io.socle.realtime.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberTest {
    private static MemberProfile profile(int stateBytes, int skills) {
        return new MemberProfile(
                MemberKind.HUMAN,
                Payload.utf8("1".repeat(stateBytes)),
                Collections.nCopies(skills, new Skill("draw", null)));
    }

    @Test
    void prs_2_a_state_has_4096_bytes_and_a_member_32_skills_at_most() {
        assertThat(profile(4096, 32).skills()).hasSize(32);
        assertThatThrownBy(() -> profile(4097, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> profile(0, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> profile(1, 33)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void prs_1_an_entry_has_128_characters_at_most() {
        var channel = new ChannelName("a");
        assertThat(new MemberKey(channel, "s", "e".repeat(128)).entry()).hasSize(128);
        assertThatThrownBy(() -> new MemberKey(channel, "s", "e".repeat(129)))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new MemberKey(channel, "s", "")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void a_place_comes_back_from_its_cursor_and_other_texts_are_none() {
        var place = new MemberPlace("ana/é", "phone 1");
        assertThat(MemberPlace.parse(place.cursor())).isEqualTo(place);
        for (String text : List.of("", "x", "###", "YQ", "AGE")) {
            assertThatThrownBy(() -> MemberPlace.parse(text)).as(text).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void prs_3_presence_of_a_channel_is_told_on_another_if_its_name_is_not_too_long() {
        var channel = new ChannelName("chat/1");
        assertThat(PresenceChannels.of(channel)).isEqualTo(new ChannelName("$presence/chat/1"));
        assertThat(PresenceChannels.watchedBy(PresenceChannels.of(channel))).contains(channel);
        assertThat(PresenceChannels.watchedBy(channel)).isEmpty();
        assertThat(PresenceChannels.watchedBy(new ChannelName("$presence/$x"))).isEmpty();
        assertThat(PresenceChannels.watchedBy(new ChannelFilter("$presence/+/#")))
                .contains(new ChannelFilter("+/#"));
        var longest = new ChannelName("a".repeat(Limits.CHANNEL_NAME_BYTES - "$presence/".length()));
        assertThat(PresenceChannels.of(longest).value()).hasSize(Limits.CHANNEL_NAME_BYTES);
        assertThatThrownBy(() -> PresenceChannels.of(new ChannelName(longest.value() + "a")))
                .isInstanceOf(InvalidValueException.class);
    }
}
