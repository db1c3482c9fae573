package io.socle.realtime.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Qos;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connection may do with durable subscriptions, and when. */
class DurableSessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionLimits LIMITS =
            new SessionLimits(1000, 100, 2, 2, 2, 3, Duration.ofSeconds(10), Duration.ofSeconds(15));

    private final Session session = new Session("c", LIMITS, null, NOW);

    private static Principal alice(boolean history) {
        List<ChannelFilter> filters = List.of(new ChannelFilter("chat/#"));
        return new Principal(
                "alice",
                new Capabilities(filters, filters, history ? filters : List.of(), List.of()),
                NOW.plusSeconds(60));
    }

    private void open(boolean history) {
        receive(new ClientFrame.Connect(1, "token"));
        session.verified(1, alice(history), NOW);
    }

    private List<Effect> receive(ClientFrame frame) {
        return session.receive(frame, "fresh", NOW);
    }

    private static ClientFrame.Subscribe durable(String name) {
        var channel = new Selection.OneChannel(new ChannelName("chat/1"));
        return new ClientFrame.Subscribe(7, name, channel, null, Qos.AT_LEAST_ONCE, Overflow.RECOVER, null, "billing");
    }

    private static ServerFrame sent(List<Effect> effects) {
        return ((Effect.Send) effects.getLast()).frame();
    }

    private static FailureCode code(List<Effect> effects) {
        return ((ServerFrame.ProblemFrame) sent(effects)).problem().code();
    }

    @Test
    void a_durable_subscription_reads_the_past_and_so_needs_the_capability_WS_18() {
        open(false);
        assertThat(code(receive(durable("s")))).isEqualTo(FailureCode.FORBIDDEN);
        Session other = new Session("d", LIMITS, alice(true), NOW);
        other.receive(new ClientFrame.Connect(1, null), "fresh", NOW);
        assertThat(other.receive(durable("s"), "fresh", NOW).getFirst()).isInstanceOf(Effect.OpenSubscription.class);
    }

    @Test
    void the_answer_says_whether_it_existed_DUR_2() {
        open(true);
        receive(durable("s"));
        assertThat(sent(session.subscribed("s", "1:2", true)))
                .isEqualTo(new ServerFrame.Subscribed(7, "s", "1:2", true));
    }

    @Test
    void deleting_is_answered_after_the_owner_s_decision_and_counts_as_undecided_DUR_8() {
        open(true);
        receive(durable("s"));
        session.subscribed("s", "1:2", false);
        assertThat(receive(new ClientFrame.Unsubscribe(8, "s", true)))
                .containsExactly(new Effect.DeleteSubscription(8, "s"));
        assertThat(code(receive(new ClientFrame.Unsubscribe(9, "s", true))))
                .isEqualTo(FailureCode.SUBSCRIPTION_UNKNOWN);
        receive(durable("t"));
        assertThat(receive(new ClientFrame.Unsubscribe(10, "t", true))).hasSize(1);
        receive(durable("u"));
        assertThat(code(receive(new ClientFrame.Unsubscribe(11, "u", true)))).isEqualTo(FailureCode.TOO_MANY_IN_FLIGHT);
        ServerFrame answer = new ServerFrame.Unsubscribed(8L, "s", null);
        assertThat(sent(session.decided(answer))).isEqualTo(answer);
    }

    @Test
    void only_durable_subscriptions_can_be_deleted_and_others_go_on() {
        open(true);
        var channel = new Selection.OneChannel(new ChannelName("chat/1"));
        receive(new ClientFrame.Subscribe(7, "s", channel, null, Qos.AT_LEAST_ONCE, Overflow.RECOVER, null));
        assertThat(code(receive(new ClientFrame.Unsubscribe(8, "s", true)))).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(receive(new ClientFrame.Unsubscribe(9, "s"))).hasSize(2);
    }

    @Test
    void a_refreshed_token_that_may_not_read_the_past_ends_it_WS_19() {
        open(true);
        receive(durable("s"));
        session.subscribed("s", "1:2", true);
        List<Effect> effects = session.verified(2, alice(false), NOW);
        assertThat(effects).contains(new Effect.CloseSubscription("s"));
        assertThat(sent(effects)).isEqualTo(new ServerFrame.Unsubscribed(null, "s", Problem.of(FailureCode.FORBIDDEN)));
    }
}
