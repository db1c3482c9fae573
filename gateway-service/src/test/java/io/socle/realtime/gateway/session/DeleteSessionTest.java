package io.socle.realtime.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may delete what (DEL-1, WS-25). */
class DeleteSessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionLimits LIMITS =
            new SessionLimits(1000, 100, 2, 2, 2, 3, Duration.ofSeconds(10), Duration.ofSeconds(15));
    private static final List<ChannelFilter> ALL = List.of(new ChannelFilter("#"));

    private static Session open(Capabilities capabilities) {
        Session session = new Session("c", LIMITS, new Principal("alice", capabilities, NOW.plusSeconds(60)), NOW);
        session.receive(new ClientFrame.Connect(1, null), "fresh", NOW);
        return session;
    }

    private static Capabilities mayDelete(String... filters) {
        return new Capabilities(
                List.of(),
                List.of(),
                List.of(),
                List.of(filters).stream().map(ChannelFilter::new).toList());
    }

    private static List<Effect> delete(Session session, String channel) {
        return session.receive(new ClientFrame.Delete(7, new ChannelName(channel), new Position(1, 1)), "fresh", NOW);
    }

    private static FailureCode code(List<Effect> effects) {
        return ((ServerFrame.ProblemFrame) ((Effect.Send) effects.getFirst()).frame())
                .problem()
                .code();
    }

    @Test
    void every_other_capability_together_does_not_let_anybody_delete() {
        Session session = open(new Capabilities(ALL, ALL, ALL, List.of()));
        assertThat(code(delete(session, "chat/1"))).isEqualTo(FailureCode.FORBIDDEN);
    }

    @Test
    void the_capability_holds_for_the_channels_that_its_filters_match_and_no_others() {
        Session session = open(mayDelete("chat/+", "news"));
        assertThat(delete(session, "chat/1").getFirst()).isInstanceOf(Effect.Delete.class);
        assertThat(delete(session, "news").getFirst()).isInstanceOf(Effect.Delete.class);
        Session other = open(mayDelete("chat/+", "news"));
        for (String channel : List.of("chat", "chat/1/2", "new", "news/1", "/chat/1")) {
            assertThat(code(delete(other, channel))).as(channel).isEqualTo(FailureCode.FORBIDDEN);
        }
    }

    @Test
    void nobody_deletes_what_begins_with_a_dollar_and_in_open_mode_everybody_the_rest() {
        Session session = open(Capabilities.ALL);
        assertThat(code(delete(session, "$presence/x"))).isEqualTo(FailureCode.RESERVED_CHANNEL);
        assertThat(delete(session, "any/thing").getFirst()).isInstanceOf(Effect.Delete.class);
        assertThat(code(delete(open(mayDelete("$presence/#")), "$presence/x"))).isEqualTo(FailureCode.RESERVED_CHANNEL);
    }

    @Test
    void a_deletion_is_undecided_until_the_owner_has_answered_WS_12() {
        Session session = open(Capabilities.ALL);
        delete(session, "a");
        delete(session, "a");
        assertThat(code(delete(session, "a"))).isEqualTo(FailureCode.TOO_MANY_IN_FLIGHT);
        assertThat(session.decided(new ServerFrame.Deleted(7)))
                .containsExactly(new Effect.Send(new ServerFrame.Deleted(7)));
        assertThat(delete(session, "a").getFirst()).isInstanceOf(Effect.Delete.class);
    }

    @Test
    void before_connect_and_after_the_token_s_end_nothing_is_deleted() {
        Session session = new Session("c", LIMITS, null, NOW);
        assertThat(code(delete(session, "a"))).isEqualTo(FailureCode.CONNECT_FIRST);
        Session expired = open(Capabilities.ALL);
        var frame = new ClientFrame.Delete(7, new ChannelName("a"), null);
        assertThat(expired.receive(frame, "fresh", NOW.plusSeconds(60)).getFirst())
                .isInstanceOf(Effect.Close.class);
    }
}
