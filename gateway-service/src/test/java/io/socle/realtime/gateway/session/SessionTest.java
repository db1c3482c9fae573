package io.socle.realtime.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.HistoryRange;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionLimits LIMITS =
            new SessionLimits(1000, 100, 2, 2, 2, 3, Duration.ofSeconds(10), Duration.ofSeconds(15));
    private static final Principal ALICE = principal("alice", "chat/#", NOW.plusSeconds(3600));

    private final Session session = new Session("connection-1", LIMITS, null, NOW);

    private static Principal principal(String subject, String filter, Instant expires) {
        List<ChannelFilter> filters = List.of(new ChannelFilter(filter));
        return new Principal(subject, new Capabilities(filters, filters, List.of(), List.of()), expires);
    }

    private List<Effect> receive(ClientFrame frame) {
        return session.receive(frame, "fresh", NOW);
    }

    private void open() {
        receive(new ClientFrame.Connect(1, "token"));
        session.verified(1, ALICE, NOW);
    }

    private static ClientFrame.Publish publish(long id, String channel, String json) {
        var message = RealtimeMessage.builder("m", new ChannelName(channel))
                .json(json)
                .build();
        return new ClientFrame.Publish(id, MessageDraft.withoutId(message), null);
    }

    private static ClientFrame.Subscribe subscribe(String name, String filter, @Nullable Since since) {
        return new ClientFrame.Subscribe(
                1,
                name,
                new Selection.Matching(new ChannelFilter(filter)),
                since,
                Qos.AT_LEAST_ONCE,
                Overflow.RECOVER,
                null);
    }

    private static FailureCode code(List<Effect> effects) {
        assertThat(effects).hasSize(1);
        return switch (effects.getFirst()) {
            case Effect.Send(ServerFrame.ProblemFrame problem) ->
                problem.problem().code();
            case Effect.Close close -> close.disconnect().code();
            default -> throw new AssertionError("no failure: " + effects);
        };
    }

    @Test
    void frames_before_connect_are_ignored_and_answered_by_connect_first_WS_3() {
        assertThat(code(receive(publish(1, "chat/1", "1")))).isEqualTo(FailureCode.CONNECT_FIRST);
        open();
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void a_second_connect_is_refused_and_the_first_stands_WS_3() {
        open();
        assertThat(code(receive(new ClientFrame.Connect(2, "other")))).isEqualTo(FailureCode.ALREADY_CONNECTED);
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void without_connect_the_connection_ends_at_the_limit_and_not_before_WS_3() {
        assertThat(session.tick(NOW.plusMillis(9_999))).isEmpty();
        assertThat(code(session.tick(NOW.plusSeconds(10)))).isEqualTo(FailureCode.CONNECT_TIMEOUT);
    }

    @Test
    void no_token_and_a_bad_token_end_the_connection() {
        assertThat(code(receive(new ClientFrame.Connect(1, null)))).isEqualTo(FailureCode.UNAUTHORIZED);
        Session other = new Session("c", LIMITS, null, NOW);
        other.receive(new ClientFrame.Connect(1, "bad"), "fresh", NOW);
        assertThat(code(other.rejected(1, "the token is expired"))).isEqualTo(FailureCode.UNAUTHORIZED);
    }

    @Test
    void everything_that_the_token_does_not_grant_is_forbidden_WS_18() {
        open();
        assertThat(code(receive(publish(1, "news/1", "1")))).isEqualTo(FailureCode.FORBIDDEN);
        assertThat(code(receive(subscribe("s", "#", null)))).isEqualTo(FailureCode.FORBIDDEN);
        assertThat(code(receive(subscribe("s", "chat/1", new Since.Last(1))))).isEqualTo(FailureCode.FORBIDDEN);
        assertThat(receive(subscribe("s", "chat/+", null)).getFirst()).isInstanceOf(Effect.OpenSubscription.class);
    }

    @Test
    void names_that_begin_with_a_dollar_are_the_systems() {
        Session open = new Session("c", LIMITS, Principal.ANONYMOUS, NOW);
        open.receive(new ClientFrame.Connect(1, null), "fresh", NOW);
        assertThat(code(open.receive(publish(1, "$presence/x", "1"), "fresh", NOW)))
                .isEqualTo(FailureCode.RESERVED_CHANNEL);
        assertThat(code(open.receive(subscribe("s", "$SYS/#", null), "fresh", NOW)))
                .isEqualTo(FailureCode.RESERVED_CHANNEL);
    }

    @Test
    void a_message_without_id_and_source_gets_a_fresh_id_and_the_subject() {
        open();
        var effect = (Effect.Publish) receive(publish(7, "chat/1", "1")).getFirst();
        assertThat(effect.message().id()).isEqualTo("fresh");
        assertThat(effect.message().source()).isEqualTo("alice");
    }

    @Test
    void data_at_the_limit_passes_and_one_byte_more_is_too_large() {
        open();
        assertThat(receive(publish(1, "chat/1", "1".repeat(100))).getFirst()).isInstanceOf(Effect.Publish.class);
        assertThat(code(receive(publish(1, "chat/1", "1".repeat(101))))).isEqualTo(FailureCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void commands_beyond_the_limit_in_flight_are_refused_until_one_is_decided_WS_12() {
        open();
        receive(publish(1, "chat/1", "1"));
        receive(publish(2, "chat/1", "1"));
        assertThat(code(receive(publish(3, "chat/1", "1")))).isEqualTo(FailureCode.TOO_MANY_IN_FLIGHT);
        session.decided(null);
        assertThat(receive(publish(4, "chat/1", "1")).getFirst()).isInstanceOf(Effect.Publish.class);
    }

    @Test
    void subscription_names_are_unique_and_their_number_is_bounded() {
        open();
        receive(subscribe("a", "chat/a", null));
        assertThat(code(receive(subscribe("a", "chat/b", null)))).isEqualTo(FailureCode.SUBSCRIPTION_EXISTS);
        receive(subscribe("b", "chat/b", null));
        assertThat(code(receive(subscribe("c", "chat/c", null)))).isEqualTo(FailureCode.TOO_MANY_SUBSCRIPTIONS);
        receive(new ClientFrame.Unsubscribe(5, "a"));
        assertThat(receive(subscribe("c", "chat/c", null)).getFirst()).isInstanceOf(Effect.OpenSubscription.class);
    }

    @Test
    void the_token_ends_the_connection_when_it_expires_unless_it_was_refreshed_WS_19() {
        open();
        Instant end = NOW.plusSeconds(3600);
        session.heard(end);
        session.verified(2, principal("alice", "chat/#", end.plusSeconds(60)), end.minusSeconds(1));
        assertThat(session.tick(end)).noneMatch(Effect.Close.class::isInstance);
        session.heard(end.plusSeconds(60));
        assertThat(code(session.tick(end.plusSeconds(60)))).isEqualTo(FailureCode.TOKEN_EXPIRED);
    }

    @Test
    void a_refresh_of_another_subject_is_refused_and_one_that_grants_less_ends_subscriptions_WS_19() {
        open();
        receive(subscribe("s", "chat/a", null));
        assertThat(code(session.verified(2, principal("bob", "chat/#", NOW.plusSeconds(60)), NOW)))
                .isEqualTo(FailureCode.FORBIDDEN);
        List<Effect> effects = session.verified(3, principal("alice", "news/#", NOW.plusSeconds(60)), NOW);
        assertThat(effects).contains(new Effect.CloseSubscription("s"));
        assertThat(effects.getLast())
                .isEqualTo(new Effect.Send(new ServerFrame.Unsubscribed(null, "s", Problem.of(FailureCode.FORBIDDEN))));
    }

    @Test
    void silence_for_two_heartbeats_ends_the_connection_and_the_server_pings_each_one_WS_6() {
        open();
        assertThat(session.tick(NOW.plusSeconds(15))).containsExactly(new Effect.Send(new ServerFrame.Ping(null)));
        assertThat(session.tick(NOW.plusMillis(29_999))).isEmpty();
        assertThat(code(session.tick(NOW.plusSeconds(30)))).isEqualTo(FailureCode.HEARTBEAT_TIMEOUT);
        assertThat(session.tick(NOW.plusSeconds(31))).isEmpty();
    }

    @Test
    void a_clock_that_is_set_forward_ends_no_connection() {
        open();
        Instant later = NOW.plusSeconds(1_800);
        assertThat(session.tick(later)).isEmpty();
        assertThat(session.tick(later.plusSeconds(15))).containsExactly(new Effect.Send(new ServerFrame.Ping(null)));
        assertThat(code(session.tick(later.plusSeconds(30)))).isEqualTo(FailureCode.HEARTBEAT_TIMEOUT);
    }

    @Test
    void a_clock_that_is_set_back_stops_no_heartbeats() {
        open();
        Instant earlier = NOW.minusSeconds(3_600);
        assertThat(session.tick(earlier)).isEmpty();
        assertThat(session.tick(earlier.plusSeconds(15))).containsExactly(new Effect.Send(new ServerFrame.Ping(null)));
        assertThat(code(session.tick(earlier.plusSeconds(30)))).isEqualTo(FailureCode.HEARTBEAT_TIMEOUT);
    }

    @Test
    void after_the_end_nothing_is_answered_and_nothing_carried_out() {
        open();
        assertThat(code(session.disconnect(Disconnect.of(FailureCode.SHUTTING_DOWN))))
                .isEqualTo(FailureCode.SHUTTING_DOWN);
        assertThat(session.isOpen()).isFalse();
        assertThat(session.disconnect(Disconnect.of(FailureCode.SHUTTING_DOWN))).isEmpty();
        assertThat(receive(publish(1, "chat/1", "1"))).isEmpty();
        assertThat(session.unreadable(1L, Problem.of(FailureCode.MALFORMED_FRAME), NOW))
                .isEmpty();
        assertThat(session.decided(new ServerFrame.Deleted(1))).isEmpty();
        assertThat(session.verified(2, ALICE, NOW)).isEmpty();
        assertThat(session.rejected(2, "late")).isEmpty();
        assertThat(session.tick(NOW.plusSeconds(3600))).isEmpty();
    }

    @Test
    void while_a_token_is_verified_the_connection_is_not_open() {
        assertThat(session.isVerifying()).isFalse();
        assertThat(receive(new ClientFrame.Connect(1, "token"))).containsExactly(new Effect.Verify(1, "token"));
        assertThat(session.isVerifying()).isTrue();
        assertThat(session.isOpen()).isFalse();
        assertThat(session.verified(1, ALICE, NOW).getFirst())
                .isInstanceOfSatisfying(
                        Effect.Send.class, sent -> assertThat(sent.frame()).isInstanceOf(ServerFrame.Connected.class));
        assertThat(session.isVerifying()).isFalse();
    }

    @Test
    void who_the_handshake_has_named_needs_no_token_but_one_that_is_not_over() {
        Session named = new Session("c", LIMITS, ALICE, NOW);
        named.receive(new ClientFrame.Connect(1, null), "fresh", NOW);
        assertThat(named.isOpen()).isTrue();
        Session late = new Session("c", LIMITS, ALICE, NOW);
        assertThat(code(late.receive(new ClientFrame.Connect(1, null), "fresh", NOW.plusSeconds(3600))))
                .isEqualTo(FailureCode.TOKEN_EXPIRED);
        open();
        assertThat(code(session.receive(publish(1, "chat/1", "1"), "fresh", NOW.plusSeconds(3600))))
                .as("also between two ticks")
                .isEqualTo(FailureCode.TOKEN_EXPIRED);
    }

    @Test
    void a_bad_token_of_a_refresh_is_refused_and_the_connection_goes_on() {
        open();
        assertThat(code(session.rejected(2, "bad"))).isEqualTo(FailureCode.UNAUTHORIZED);
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void only_subscriptions_that_are_there_can_be_acknowledged() {
        open();
        assertThat(code(receive(new ClientFrame.Ack("s", "1:2")))).isEqualTo(FailureCode.SUBSCRIPTION_UNKNOWN);
        receive(subscribe("s", "chat/1", null));
        assertThat(receive(new ClientFrame.Ack("s", "1:2"))).containsExactly(new Effect.Acknowledge("s", "1:2"));
    }

    @Test
    void a_window_is_for_channels_only() {
        open();
        var many = new Selection.Matching(new ChannelFilter("chat/+"));
        assertThat(code(receive(
                        new ClientFrame.Subscribe(1, "s", many, null, Qos.AT_LEAST_ONCE, Overflow.RECOVER, 10))))
                .isEqualTo(FailureCode.INVALID_VALUE);
        var one = new Selection.OneChannel(new ChannelName("chat/1"));
        assertThat(receive(new ClientFrame.Subscribe(1, "s", one, null, Qos.AT_LEAST_ONCE, Overflow.RECOVER, 10)))
                .first()
                .isInstanceOf(Effect.OpenSubscription.class);
    }

    @Test
    void a_subscription_that_the_server_keeps_goes_on_without_the_capability_for_history_MQT_88() {
        ClientFrame.Subscribe frame = subscribe("s", "chat/+", new Since.AtCursor("f"));
        assertThat(session.resume(frame, NOW)).isEmpty();
        open();
        assertThat(code(receive(frame))).isEqualTo(FailureCode.FORBIDDEN);
        assertThat(session.resume(frame, NOW)).containsExactly(new Effect.OpenSubscription(frame, "alice"));
        ClientFrame.Subscribe uncovered = subscribe("t", "news/+", new Since.AtCursor("f"));
        assertThat(code(session.resume(uncovered, NOW))).isEqualTo(FailureCode.FORBIDDEN);
        assertThat(code(session.resume(uncovered, NOW.plusSeconds(3600)))).isEqualTo(FailureCode.TOKEN_EXPIRED);
    }

    @Test
    void history_needs_its_own_capability_and_counts_as_undecided() {
        open();
        assertThat(code(receive(history()))).isEqualTo(FailureCode.FORBIDDEN);
        List<ChannelFilter> filters = List.of(new ChannelFilter("chat/#"));
        var reader =
                new Principal("alice", new Capabilities(List.of(), List.of(), filters, List.of()), NOW.plusSeconds(60));
        session.verified(2, reader, NOW);
        assertThat(receive(history())).first().isInstanceOf(Effect.ReadHistory.class);
        receive(history());
        assertThat(code(receive(history()))).isEqualTo(FailureCode.TOO_MANY_IN_FLIGHT);
    }

    private static ClientFrame.History history() {
        return new ClientFrame.History(9, new ChannelName("chat/1"), new HistoryRange.Newest(10), 10);
    }
}
