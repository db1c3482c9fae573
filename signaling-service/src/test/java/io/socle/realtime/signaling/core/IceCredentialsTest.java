package io.socle.realtime.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.IceServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IceCredentialsTest {
    private static final Bounds.Ice ICE = new Bounds.Ice(
            List.of("stun:s.example.org"),
            List.of("turn:t.example.org"),
            name -> "signed " + name,
            Duration.ofMinutes(5));
    private static final ChannelName ROOM = new ChannelName("calls/1");

    @Test
    void a_credential_is_for_one_subject_and_room_and_five_minutes() { // SIG-30, SIG-31
        IceServers servers = IceCredentials.of(ICE, "alice", ROOM, 1_700_000_000_900L);
        assertThat(servers.expires()).isEqualTo(Instant.ofEpochSecond(1_700_000_300));
        assertThat(servers.servers().getFirst()).isEqualTo(new IceServers.Server(List.of("stun:s.example.org"), null));
        assertThat(servers.servers().getLast())
                .isEqualTo(new IceServers.Server(
                        List.of("turn:t.example.org"),
                        new IceServers.Credential("1700000300:alice@calls/1", "signed 1700000300:alice@calls/1")));
    }

    @Test
    void names_are_ascii_and_not_too_long_for_stun() { // SIG-31
        var credential = IceCredentials.of(ICE, "jörg x:y", new ChannelName("c/" + "z".repeat(900)), 0)
                .servers()
                .getLast()
                .credential();
        assertThat(Objects.requireNonNull(credential).username())
                .startsWith("300:j%C3%B6rg%20x%3Ay@c/zzz")
                .hasSize(404);
    }

    @Test
    void letters_digits_and_few_others_are_as_they_are() { // SIG-31
        assertThat(username("azAZ09-._~/@")).isEqualTo("300:azAZ09-._~/@@calls/1");
        assertThat(username("`{[:")).isEqualTo("300:%60%7B%5B%3A@calls/1");
    }

    private static String username(String subject) {
        var credential =
                IceCredentials.of(ICE, subject, ROOM, 0).servers().getLast().credential();
        return Objects.requireNonNull(credential).username();
    }

    @Test
    void nothing_that_is_secret_is_told_as_text() { // SIG-33, SIG-42
        assertThat(IceCredentials.of(ICE, "alice", ROOM, 0).toString()).doesNotContain("300:alice");
        assertThat(IceCredentials.of(Bounds.Ice.NONE, "alice", ROOM, 0)).isEqualTo(new IceServers(List.of(), null));
    }
}
