package io.socle.realtime.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenModeTest {
    private static final List<ChannelFilter> DENIED =
            List.of(new ChannelFilter("test/nosubscribe"), new ChannelFilter("vault/#"));

    @Test
    void closed_nobody_comes_without_a_token_and_nothing_is_denied() { // SEC-7
        var closed = new OpenMode(false, DENIED);
        assertThat(closed.anonymous()).isNull();
        var alice = new Principal("alice", Capabilities.ALL, Instant.MAX);
        assertThat(closed.limit(alice)).isEqualTo(alice);
    }

    @Test
    void open_the_anonymous_may_everything_but_what_is_denied() { // SEC-7
        Principal anonymous = Objects.requireNonNull(new OpenMode(true, DENIED).anonymous());
        assertThat(anonymous.isAnonymous()).isTrue();
        Capabilities may = anonymous.capabilities();
        for (String name : List.of("test/nosubscribe", "vault", "vault/a/b")) {
            assertThat(may.mayPublish(new ChannelName(name))).as(name).isFalse();
            assertThat(may.mayDelete(new ChannelName(name))).as(name).isFalse();
            assertThat(may.maySubscribe(new ChannelFilter(name))).as(name).isFalse();
            assertThat(may.mayReadHistory(new ChannelFilter(name))).as(name).isFalse();
        }
        for (String name : List.of("test/nosubscribe/x", "test", "nosubscribe", "vaults")) {
            assertThat(may.mayPublish(new ChannelName(name))).as(name).isTrue();
            assertThat(may.maySubscribe(new ChannelFilter(name))).as(name).isTrue();
        }
        assertThat(may.maySubscribe(new ChannelFilter("vault/+"))).isFalse();
        assertThat(may.maySubscribe(new ChannelFilter("#")))
                .as("selects other things too")
                .isTrue();
    }

    @Test
    void a_token_is_denied_the_same_and_keeps_what_else_it_says() { // SEC-7
        var alice = new Principal("alice", Capabilities.ALL, Instant.MAX);
        Principal limited = new OpenMode(true, DENIED).limit(alice);
        assertThat(limited.subject()).isEqualTo("alice");
        assertThat(limited.expires()).isEqualTo(Instant.MAX);
        assertThat(limited.isAnonymous()).isFalse();
        assertThat(limited.capabilities().mayPublish(new ChannelName("vault/a")))
                .isFalse();
        assertThat(limited.capabilities().mayPublish(new ChannelName("garden/a")))
                .isTrue();
    }
}
