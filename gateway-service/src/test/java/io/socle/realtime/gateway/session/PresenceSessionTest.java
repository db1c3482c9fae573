package io.socle.realtime.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may enter, watch and ask where. */
class PresenceSessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SessionLimits LIMITS =
            new SessionLimits(1000, 100, 2, 200, 2, 20, Duration.ofSeconds(10), Duration.ofSeconds(15));
    private static final MemberProfile PROFILE = new MemberProfile(MemberKind.HUMAN, MemberProfile.NO_STATE, List.of());
    private static final ChannelName CHAT = new ChannelName("chat/1");

    private static List<ChannelFilter> filters(String... filters) {
        return List.of(filters).stream().map(ChannelFilter::new).toList();
    }

    private static Principal alice(List<ChannelFilter> subscribe, List<ChannelFilter> presence) {
        var capabilities =
                new Capabilities(filters("#"), subscribe, List.of(), List.of(), presence, List.of(), List.of());
        return new Principal("alice", capabilities, NOW.plusSeconds(60));
    }

    private static Session open(Principal who) {
        Session session = new Session("c-1", LIMITS, who, NOW);
        session.receive(new ClientFrame.Connect(1, null), "fresh", NOW);
        return session;
    }

    private static List<Effect> ask(Session session, PresenceAsk ask) {
        return session.receive(new ClientFrame.OfPresence(ask), "fresh", NOW);
    }

    private static List<Effect> enter(Session session, String channel, String entry) {
        return ask(session, new PresenceAsk.Enter(7, new ChannelName(channel), entry, PROFILE));
    }

    private static FailureCode code(List<Effect> effects) {
        return ((ServerFrame.ProblemFrame) ((Effect.Send) effects.getFirst()).frame())
                .problem()
                .code();
    }

    private static PresenceEffect wanted(List<Effect> effects) {
        return ((Effect.OfPresence) effects.getFirst()).effect();
    }

    @Test
    void prs_3_to_enter_needs_the_capability_presence_and_no_other_helps() {
        Session session = open(alice(filters("#"), filters("chat/+")));
        assertThat(wanted(enter(session, "chat/1", "e")))
                .isEqualTo(new PresenceEffect.Enter(7, new MemberKey(CHAT, "alice", "e"), PROFILE, 1));
        for (String channel : List.of("chat", "chat/1/2", "other")) {
            assertThat(code(enter(session, channel, "e"))).as(channel).isEqualTo(FailureCode.FORBIDDEN);
        }
    }

    @Test
    void prs_3_system_channels_and_those_with_too_long_names_have_no_members() {
        Session session = open(alice(filters("#"), filters("#")));
        assertThat(code(enter(session, "$presence/chat/1", "e"))).isEqualTo(FailureCode.RESERVED_CHANNEL);
        int most = Limits.CHANNEL_NAME_BYTES - "$presence/".length();
        assertThat(wanted(enter(session, "a".repeat(most), "e"))).isInstanceOf(PresenceEffect.Enter.class);
        assertThat(code(enter(session, "a".repeat(most + 1), "e"))).isEqualTo(FailureCode.INVALID_CHANNEL);
    }

    @Test
    void prs_40_without_an_entry_it_is_the_connections() {
        Session session = open(alice(List.of(), filters("#")));
        var enter = (PresenceEffect.Enter) wanted(ask(session, new PresenceAsk.Enter(7, CHAT, null, PROFILE)));
        assertThat(enter.key().entry()).isEqualTo("c-1");
    }

    @Test
    void prs_4_a_connection_has_so_many_entries_and_room_again_when_one_left() {
        Session session = open(alice(List.of(), filters("#")));
        for (int i = 0; i < Presences.ENTRIES; i++) {
            assertThat(wanted(enter(session, "chat/" + i, "e"))).isInstanceOf(PresenceEffect.Enter.class);
        }
        assertThat(code(enter(session, "chat/more", "e"))).isEqualTo(FailureCode.TOO_MANY_ENTRIES);
        assertThat(wanted(enter(session, "chat/3", "e"))).isInstanceOf(PresenceEffect.Enter.class);
        ask(session, new PresenceAsk.Leave(8, new ChannelName("chat/3"), "e"));
        assertThat(wanted(enter(session, "chat/more", "e"))).isInstanceOf(PresenceEffect.Enter.class);
        session.presences().left(new MemberKey(new ChannelName("chat/3"), "alice", "e"));
        assertThat(session.presences().takeAll()).hasSize(Presences.ENTRIES).doesNotHaveDuplicates();
        assertThat(session.presences().takeAll()).isEmpty();
    }

    @Test
    void what_was_refused_for_good_has_nothing_to_leave() {
        Session session = open(alice(List.of(), filters("#")));
        enter(session, "chat/1", "e");
        session.presences().notEntered(new MemberKey(CHAT, "alice", "e"), 1);
        assertThat(session.presences().takeAll()).isEmpty();
    }

    @Test
    void prs_10_what_a_new_token_does_not_cover_leaves() {
        Session session = open(alice(filters("#"), filters("#")));
        enter(session, "chat/1", "e");
        enter(session, "news/1", "e");
        List<Effect> effects = session.verified(9, alice(filters("#"), filters("news/#")), NOW);
        assertThat(effects)
                .contains(new Effect.OfPresence(
                        new PresenceEffect.Leave(null, new MemberKey(CHAT, "alice", "e"), LeaveReason.FORBIDDEN)));
        assertThat(session.presences().takeAll())
                .containsExactly(new MemberKey(new ChannelName("news/1"), "alice", "e"));
    }

    @Test
    void prs_32_watch_subscribes_and_asks_when_the_subscription_stands() {
        Session session = open(alice(filters("chat/#"), List.of()));
        var open = (Effect.OpenSubscription)
                ask(session, new PresenceAsk.Watch(7, "people", CHAT)).getFirst();
        assertThat(open.frame().selection().asFilter()).isEqualTo(new ChannelFilter("$presence/chat/1"));
        List<Effect> stands = session.subscribed("people", "1:1", null);
        assertThat(stands)
                .containsExactly(
                        new Effect.Send(new ServerFrame.Subscribed(7, "people", "1:1")),
                        new Effect.OfPresence(new PresenceEffect.Read(
                                new PresenceAsk.Members(7, CHAT, null, PresenceAsk.DEFAULT_MEMBERS, null, null),
                                "people")));
    }

    @Test
    void a_watch_that_is_refused_asks_nothing_later() {
        Session session = open(alice(filters("chat/#"), List.of()));
        ask(session, new PresenceAsk.Watch(7, "people", CHAT));
        session.subscriptionFailed("people", Problem.of(FailureCode.UNAVAILABLE));
        ask(session, new PresenceAsk.Watch(8, "people", CHAT));
        assertThat(code(ask(session, new PresenceAsk.Watch(9, "people", CHAT))))
                .isEqualTo(FailureCode.SUBSCRIPTION_EXISTS);
        assertThat(session.subscribed("people", "1:1", null)).hasSize(2);
        assertThat(code(ask(session, new PresenceAsk.Watch(9, "s", new ChannelName("other")))))
                .isEqualTo(FailureCode.FORBIDDEN);
    }

    @Test
    void prs_23_presence_is_told_to_whoever_may_subscribe_to_the_channel() {
        Principal who = alice(filters("chat/#"), List.of());
        assertThat(Permissions.subscribe(who, new ChannelFilter("$presence/chat/+"), false))
                .isNull();
        for (String filter : List.of("$presence/#", "$presence/other", "$presence/+/1")) {
            assertThat(Permissions.subscribe(who, new ChannelFilter(filter), false))
                    .as(filter)
                    .isEqualTo(Problem.of(FailureCode.FORBIDDEN));
        }
        for (String filter : List.of("$presence", "$presence/$x", "$presences/chat/1", "$other/chat/1")) {
            assertThat(Permissions.subscribe(who, new ChannelFilter(filter), false))
                    .as(filter)
                    .isEqualTo(Problem.of(FailureCode.RESERVED_CHANNEL));
        }
        assertThat(Permissions.history(who, new ChannelName("$presence/chat/1")))
                .isEqualTo(Problem.of(FailureCode.FORBIDDEN));
        assertThat(Permissions.delete(who, new ChannelName("$presence/chat/1")))
                .isEqualTo(Problem.of(FailureCode.RESERVED_CHANNEL));
    }

    @Test
    void prs_40_what_is_undecided_is_limited() {
        var few = new SessionLimits(1000, 100, 2, 2, 2, 20, Duration.ofSeconds(10), Duration.ofSeconds(15));
        Session session = new Session("c", few, alice(filters("#"), filters("#")), NOW);
        session.receive(new ClientFrame.Connect(1, null), "fresh", NOW);
        ask(session, new PresenceAsk.Where(1, "bob"));
        ask(session, new PresenceAsk.Members(2, CHAT, null, 1, null, null));
        assertThat(code(enter(session, "chat/1", "e"))).isEqualTo(FailureCode.TOO_MANY_IN_FLIGHT);
        session.decided(null);
        assertThat(wanted(enter(session, "chat/1", "e"))).isInstanceOf(PresenceEffect.Enter.class);
    }
}
