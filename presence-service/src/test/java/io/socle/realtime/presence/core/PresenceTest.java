package io.socle.realtime.presence.core;

import static io.socle.realtime.presence.core.TestOwner.CHAT;
import static io.socle.realtime.presence.core.TestOwner.GRACE;
import static io.socle.realtime.presence.core.TestOwner.key;
import static io.socle.realtime.presence.core.TestOwner.node;
import static io.socle.realtime.presence.core.TestOwner.profile;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.PresenceJson;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Skill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final Origin A = node(1, 5);
    private static final Origin B = node(2, 6);
    private static final MemberKey ANA = key("ana", "phone");
    private static final MemberKey BEN = key("ben", "laptop");

    private final TestOwner owner = new TestOwner();

    @Test
    void prs_20_21_each_change_has_the_next_version_and_is_told_with_it() {
        owner.enter(A, ANA, 1, "1");
        owner.enter(A, ANA, 1, "2");
        Reply left = owner.leave(A, ANA, 1);
        assertThat(owner.events())
                .containsExactly(
                        new Effect.Entered(ANA, profile("1")),
                        new Effect.Updated(ANA, profile("2")),
                        new Effect.Left(ANA, MemberKind.HUMAN, LeaveReason.LEFT));
        long first = owner.told.getFirst().version();
        assertThat(owner.told.stream().map(Effect.Tell::version)).containsExactly(first, first + 1, first + 2);
        assertThat(left).isEqualTo(new Reply.OfPresence(new PresenceReply.Changed(first + 2)));
    }

    @Test
    void prs_1_entries_of_one_subject_stand_beside_each_other() {
        owner.enter(A, ANA, 1);
        owner.enter(A, key("ana", "laptop"), 2);
        owner.leave(A, ANA, 1);
        assertThat(owner.members()).containsExactly("ana/laptop");
    }

    @Test
    void prs_1_what_a_former_connection_says_changes_nothing() {
        owner.enter(A, ANA, 1);
        owner.enter(B, ANA, 1);
        owner.lose(A, ANA, 1);
        owner.leave(A, ANA, 1);
        owner.pass(GRACE * 2);
        assertThat(owner.members()).containsExactly("ana/phone");
        assertThat(owner.told).hasSize(1);
    }

    @Test
    void prs_11_a_lost_member_leaves_after_the_grace_and_not_before() {
        owner.enter(A, ANA, 1);
        owner.lose(A, ANA, 1);
        owner.pass(GRACE - 1);
        assertThat(owner.members()).containsExactly("ana/phone");
        owner.pass(1);
        assertThat(owner.members()).isEmpty();
        assertThat(owner.events().getLast()).isEqualTo(new Effect.Left(ANA, MemberKind.HUMAN, LeaveReason.LOST));
    }

    @Test
    void prs_11_who_enters_again_within_the_grace_never_left() {
        owner.enter(A, ANA, 1, "1");
        owner.lose(A, ANA, 1);
        owner.pass(GRACE - 1);
        owner.enter(B, ANA, 4, "1");
        owner.pass(GRACE * 2);
        assertThat(owner.told).hasSize(1);
        owner.lose(B, ANA, 4);
        owner.enter(A, ANA, 9, "2");
        assertThat(owner.events().getLast()).isEqualTo(new Effect.Updated(ANA, profile("2")));
    }

    @Test
    void prs_11_a_namespace_has_a_grace_of_its_own() {
        var quick = new MemberKey(new ChannelName("quick/1"), "ana", "phone");
        owner.enter(A, quick, 1);
        owner.lose(A, quick, 1);
        assertThat(owner.events().getLast()).isEqualTo(new Effect.Left(quick, MemberKind.HUMAN, LeaveReason.LOST));
    }

    @Test
    void prs_12_the_members_of_a_dead_node_leave_after_the_grace_and_its_late_commands_are_refused() {
        owner.enter(A, ANA, 1);
        owner.enter(B, BEN, 1);
        owner.apply(null, new PresenceCommand.NodeDead(1, 5));
        assertThat(owner.enter(A, key("eve", "x"), 2))
                .isEqualTo(new Reply.Refused(Problem.of(FailureCode.NODE_FENCED)));
        owner.pass(GRACE);
        assertThat(owner.members()).containsExactly("ben/laptop");
    }

    @Test
    void prs_12_a_new_life_of_a_node_ends_the_former_one() {
        owner.enter(A, ANA, 1);
        owner.enter(A, BEN, 2);
        owner.apply(node(1, 8), new PresenceCommand.NodeStarted());
        owner.enter(node(1, 8), BEN, 2);
        owner.pass(GRACE);
        assertThat(owner.members()).containsExactly("ben/laptop");
    }

    @Test
    void a_dead_node_with_many_members_is_dealt_with_in_steps_within_the_same_grace() {
        var many = new TestOwner(
                new PresencePolicies(Map.of(), Duration.ofMillis(GRACE), 2000, 5000, 5, Duration.ofHours(1)));
        for (int i = 0; i < 1000; i++) {
            many.enter(A, key("s" + i, "e"), i + 1);
        }
        many.apply(null, new PresenceCommand.NodeDead(1, 5));
        many.enter(B, key("s999", "e"), 1);
        many.tick();
        many.pass(GRACE - 1);
        assertThat(many.page(null, 1).count()).isEqualTo(1000);
        many.pass(1);
        assertThat(many.members()).containsExactly("s999/e");
        assertThat(many.tables.held().map()).hasSize(1);
        assertThat(many.tables.lostNodes().map()).isEmpty();
    }

    @Test
    void prs_14_a_member_that_is_there_for_a_time_leaves_unless_it_enters_again() {
        var enter = new PresenceCommand.Enter(ANA, profile("null"), PresenceCommand.NO_HOLDER, 5_000);
        owner.apply(A, enter);
        owner.pass(4_999);
        owner.apply(B, enter);
        owner.apply(null, new PresenceCommand.NodeDead(2, 6));
        owner.pass(4_999);
        assertThat(owner.members()).containsExactly("ana/phone");
        owner.pass(1);
        assertThat(owner.events().getLast()).isEqualTo(new Effect.Left(ANA, MemberKind.HUMAN, LeaveReason.EXPIRED));
    }

    @Test
    void prs_4_a_channel_has_room_for_so_many() {
        for (int i = 0; i < 50; i++) {
            owner.enter(A, key("s" + i, "e"), 1);
        }
        assertThat(owner.enter(A, ANA, 1)).isEqualTo(new Reply.Refused(Problem.of(FailureCode.TOO_MANY_MEMBERS)));
        assertThat(owner.enter(A, key("s0", "e"), 1, "1")).isInstanceOf(Reply.OfPresence.class);
        owner.leave(A, key("s1", "e"), 1);
        assertThat(owner.enter(A, ANA, 1)).isInstanceOf(Reply.OfPresence.class);
    }

    @Test
    void prs_24_many_members_are_told_by_counts_and_few_again_one_by_one() {
        for (int i = 0; i < 20; i++) {
            owner.enter(A, key("s" + (10 + i), "e"), 1);
        }
        assertThat(owner.events()).allMatch(Effect.Entered.class::isInstance);
        owner.enter(A, key("s30", "e"), 1);
        assertThat(owner.events().getLast()).isEqualTo(new Effect.Mode(true, 21));
        owner.told.clear();
        owner.enter(A, key("s31", "e"), 1);
        owner.enter(A, key("s31", "e"), 1, "1");
        owner.leave(A, key("s10", "e"), 1);
        assertThat(owner.told).isEmpty();
        owner.pass(1000);
        assertThat(owner.events()).singleElement().isInstanceOfSatisfying(Effect.Counts.class, counts -> {
            assertThat(List.of(counts.count(), counts.joins(), counts.leaves(), counts.updates()))
                    .containsExactly(21, 1, 1, 1);
            assertThat(counts.sample()).hasSize(10).contains(new Effect.Sampled("s11", "e", MemberKind.HUMAN));
        });
        owner.pass(5000);
        assertThat(owner.told).hasSize(1);
        for (int i = 11; i < 18; i++) {
            owner.leave(A, key("s" + i, "e"), 1);
        }
        assertThat(owner.events().getLast()).isEqualTo(new Effect.Mode(false, 14));
        owner.leave(A, key("s20", "e"), 1);
        assertThat(owner.events().getLast()).isInstanceOf(Effect.Left.class);
        assertThat(owner.told.getLast().version())
                .isEqualTo(owner.told.get(owner.told.size() - 2).version() + 1);
    }

    @Test
    void prs_24_three_quarters_are_not_rounded() {
        var few = new TestOwner(new PresencePolicies(Map.of(), Duration.ZERO, 50, 1, 5, Duration.ofHours(1)));
        few.enter(A, ANA, 1);
        few.enter(A, BEN, 1);
        few.leave(A, ANA, 1);
        assertThat(few.events().getLast()).isEqualTo(new Effect.Mode(true, 2));
        few.leave(A, BEN, 1);
        assertThat(few.events().getLast()).isEqualTo(new Effect.Mode(false, 0));
    }

    @Test
    void prs_30_members_come_page_by_page_in_order_each_with_its_version() {
        for (String name : List.of("d", "b", "a", "c", "e")) {
            owner.enter(A, key(name, "x"), 1);
        }
        var first = owner.page(null, 2);
        var second = owner.page(first.next(), 2);
        var third = owner.page(second.next(), 2);
        var all = new ArrayList<String>();
        List.of(first, second, third).forEach(page -> page.members().forEach(one -> all.add(one.subject())));
        assertThat(all).containsExactly("a", "b", "c", "d", "e");
        assertThat(third.next()).isNull();
        assertThat(first.version()).isEqualTo(owner.told.getLast().version());
        assertThat(first.members().getFirst().version())
                .isEqualTo(owner.told.get(2).version());
        assertThat(first.next()).isEqualTo(new MemberPlace("b", "x"));
    }

    @Test
    void prs_30_large_members_make_a_page_short_whatever_is_large_of_them() {
        var large = new Skill("\u20ac".repeat(128), "\u20ac".repeat(512));
        for (var profile : List.of(
                profile('"' + "x".repeat(4094) + '"'),
                new MemberProfile(MemberKind.HUMAN, MemberProfile.NO_STATE, Collections.nCopies(32, large)))) {
            var many = new TestOwner(new PresencePolicies(Map.of(), Duration.ZERO, 500, 500, 0, Duration.ofHours(1)));
            for (int i = 0; i < 100; i++) {
                many.apply(A, new PresenceCommand.Enter(key("s" + i, "e"), profile, 1, 0));
            }
            var page = many.page(null, 500);
            assertThat(page.next()).isNotNull();
            int bytes = PresenceJson.membersBody(CHAT, page).length;
            assertThat(bytes).isBetween(Limits.PAGE_BYTES * 3 / 4, Limits.PAGE_BYTES);
        }
    }

    @Test
    void prs_30_members_are_found_by_skill_and_kind() {
        var agent = new MemberProfile(
                MemberKind.AGENT,
                Payload.utf8("{}"),
                List.of(new Skill("translate", "urn:x"), new Skill("draw", null)));
        owner.apply(A, new PresenceCommand.Enter(BEN, agent, 2, 0));
        owner.enter(A, ANA, 1);
        var bySkill = (PresenceReply.Members) owner.ask(new PresenceCommand.Members(CHAT, null, 10, "translate", null));
        var byKind =
                (PresenceReply.Members) owner.ask(new PresenceCommand.Members(CHAT, null, 10, null, MemberKind.HUMAN));
        assertThat(bySkill.members()).extracting(PresenceReply.Present::subject).containsExactly("ben");
        assertThat(bySkill.count()).isEqualTo(2);
        assertThat(byKind.members()).extracting(PresenceReply.Present::subject).containsExactly("ana");
    }

    @Test
    void prs_33_52_where_a_subject_is_and_when_it_was_seen_last() {
        var elsewhere = new MemberKey(new ChannelName("chat/2"), "ana", "phone");
        owner.enter(A, ANA, 1);
        owner.enter(A, elsewhere, 1);
        owner.enter(A, key("anabel", "x"), 1);
        owner.leave(A, ANA, 1);
        assertThat(owner.ask(new PresenceCommand.Where("ana")))
                .isEqualTo(new PresenceReply.Whereabouts(
                        List.of(new PresenceReply.Place(elsewhere.channel(), "phone")),
                        List.of(new PresenceReply.Seen(CHAT, Instant.ofEpochMilli(owner.now)))));
        owner.pass(Duration.ofHours(1).toMillis());
        assertThat(((PresenceReply.Whereabouts) owner.ask(new PresenceCommand.Where("ana"))).seen())
                .isEmpty();
    }

    @Test
    void prs_34_visits_are_the_last_ones_within_their_age() {
        long begin = owner.now;
        for (int i = 0; i < 7; i++) {
            owner.enter(A, key("s" + i, "e"), 1);
            owner.pass(1000);
            owner.leave(A, key("s" + i, "e"), 1);
        }
        owner.enter(A, ANA, 1);
        assertThat(visitors(begin, owner.now)).containsExactly("ana", "s6", "s5", "s4", "s3", "s2");
        assertThat(visitors(begin, begin + 4_500)).containsExactly("s4", "s3", "s2");
        owner.pass(Duration.ofHours(1).toMillis() - 1_999);
        assertThat(visitors(begin, owner.now)).containsExactly("ana", "s6", "s5");
    }

    private List<String> visitors(long from, long to) {
        return ((PresenceReply.Visits) owner.ask(new PresenceCommand.Visits(CHAT, from, to)))
                .visits().stream().map(PresenceReply.Visit::subject).toList();
    }

    @Test
    void nothing_is_left_of_a_channel_some_time_after_its_last_member() {
        owner.enter(A, ANA, 1);
        owner.leave(A, ANA, 1);
        long version = owner.told.getLast().version();
        owner.pass(Duration.ofHours(2).toMillis() + 10_000);
        assertThat(owner.tables.channels().map()).isEmpty();
        assertThat(owner.tables.visits().map()).isEmpty();
        assertThat(owner.tables.seen().map()).isEmpty();
        assertThat(owner.tables.dues().map()).isEmpty();
        owner.enter(A, ANA, 1);
        assertThat(owner.told.getLast().version()).isGreaterThan(version);
    }
}
