package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shared subscriptions by example: who is given what (clauses MQT-100 to MQT-109). */
class SharedTest extends SharedFixture {
    @Test
    void each_message_goes_to_one_member_in_turn() { // MQT-102
        long one = join(ONE, 10);
        long two = join(TWO, 10);
        List<Effect> all = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            all.addAll(publish());
        }
        assertThat(given(all, one)).containsExactly("1", "3", "5");
        assertThat(given(all, two)).containsExactly("2", "4", "6");
    }

    @Test
    void who_is_full_is_passed_over_and_what_nobody_takes_waits_in_history() { // MQT-102
        long one = join(ONE, 1);
        long two = join(TWO, 2);
        List<Effect> all = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            all.addAll(publish());
        }
        assertThat(given(all, one)).containsExactly("1");
        assertThat(given(all, two)).containsExactly("2", "3");
        owner.reopened();
        List<Effect> freed = done(TWO, two, List.of(positions(all).get(1)));
        assertThat(given(freed, two)).containsExactly("4");
        assertThat(given(done(ONE, one, List.of(positions(all).get(0))), one)).containsExactly("5");
    }

    @Test
    void what_a_member_had_goes_to_others_in_order_when_it_leaves() { // MQT-104
        long one = join(ONE, 10);
        for (int n = 0; n < 3; n++) {
            publish();
        }
        List<Effect> joined = apply(WORKERS, TWO, 0, new SharedAction.Join(2, 1, 0));
        assertThat(positions(joined)).isEmpty();
        long two = generation(joined);
        owner.reopened();
        List<Effect> left = apply(WORKERS, ONE, one, new SharedAction.Leave());
        assertThat(given(left, two)).containsExactly("1", "2");
        publish();
        List<Effect> next = done(TWO, two, positions(left));
        assertThat(given(next, two)).as("first what was given before").containsExactly("3", "4");
    }

    @Test
    void a_group_that_waits_for_a_member_who_is_away_keeps_what_comes() { // MQT-105
        long one = join(WORKERS, ONE, 10, 0);
        publish();
        apply(WORKERS, ONE, one, new SharedAction.Away(60_000));
        publish();
        owner.reopened().later(Duration.ofSeconds(59));
        owner.unasked(new Command.Tick());
        publish();
        List<Effect> back = apply(WORKERS, ONE, 0, new SharedAction.Join(10, 1, 0));
        assertThat(given(back, generation(back))).containsExactly("1", "2", "3");
    }

    @Test
    void a_group_without_a_member_is_forgotten_with_all_that_it_had() { // MQT-105
        long one = join(WORKERS, ONE, 10, 0);
        publish();
        apply(WORKERS, ONE, one, new SharedAction.Away(60_000));
        publish();
        assertThat(owner.partition().isDue(owner.now + 59_999)).isFalse();
        assertThat(owner.partition().isDue(owner.now + 60_000)).isTrue();
        owner.later(Duration.ofSeconds(60)).unasked(new Command.Tick());
        assertThat(owner.tables.shared().contents()).containsOnly(Map.of());
        assertThat(positions(apply(WORKERS, ONE, 0, new SharedAction.Join(10, 1, 0))))
                .isEmpty();
    }

    @Test
    void what_members_of_a_dead_node_had_goes_to_others() { // MQT-104
        long dead = generation(
                owner.commandFrom(2, 7, new Command.Shared(WORKERS, TWO, 0, new SharedAction.Join(10, 1, 0))));
        assertThat(given(publish(), dead)).containsExactly("1");
        long one = join(ONE, 10);
        assertThat(given(owner.unasked(new Command.NodeDead(2, 7)), one)).containsExactly("1");
        assertThat(PublishTest.refusal(TestOwner.reply(owner.commandFrom(
                        2, 8, new Command.Shared(WORKERS, TWO, dead, new SharedAction.Done(List.of()))))))
                .isEqualTo(FailureCode.SUBSCRIPTION_UNKNOWN);
    }

    @Test
    void
            a_later_life_of_a_node_ends_memberships_of_the_earlier_one_and_keeps_those_that_are_to_be_kept() { // MQT-104, MQT-105
        SharedAction join = new SharedAction.Join(10, 1, 5_000);
        long before = generation(owner.commandFrom(2, 7, new Command.Shared(WORKERS, TWO, 0, join)));
        assertThat(given(publish(), before)).containsExactly("1");
        owner.commandFrom(2, 8, new Command.NodeStarted());
        assertThat(positions(publish())).as("the only member is away").isEmpty();
        List<Effect> back = owner.commandFrom(2, 8, new Command.Shared(WORKERS, TWO, 0, join));
        assertThat(given(back, generation(back))).containsExactly("1", "2");
    }

    @Test
    void who_joins_again_fences_its_earlier_membership() { // MQT-106
        long before = join(ONE, 10);
        List<Effect> first = publish();
        List<Effect> again = apply(WORKERS, ONE, 0, new SharedAction.Join(10, 1, 0));
        assertThat(given(again, generation(again))).containsExactly("1");
        assertThat(refusal(WORKERS, ONE, before, new SharedAction.Done(positions(first))))
                .isEqualTo(FailureCode.TAKEN_OVER);
        assertThat(refusal(WORKERS, ONE, before, new SharedAction.Leave())).isEqualTo(FailureCode.TAKEN_OVER);
        assertThat(refusal(WORKERS, ONE, 0, new SharedAction.Leave())).isEqualTo(FailureCode.TAKEN_OVER);
        assertThat(refusal(WORKERS, TWO, 0, new SharedAction.Leave())).isEqualTo(FailureCode.SUBSCRIPTION_UNKNOWN);
    }

    @Test
    void what_goes_at_qos_0_is_sent_once_only() { // MQT-107
        long zero = generation(apply(WORKERS, ONE, 0, new SharedAction.Join(10, 0, 0)));
        assertThat(given(publish(), zero)).containsExactly("1");
        long two = join(TWO, 10);
        assertThat(given(
                        owner.command(new Command.Publish(
                                owner.message().qos(Qos.AT_MOST_ONCE).build(), null)),
                        two))
                .as("published at QoS 0")
                .containsExactly("2");
        List<Effect> left = apply(WORKERS, ONE, zero, new SharedAction.Leave());
        assertThat(positions(left)).isEmpty();
        apply(WORKERS, TWO, two, new SharedAction.Away(1_000));
        assertThat(positions(apply(WORKERS, TWO, 0, new SharedAction.Join(10, 1, 0))))
                .isEmpty();
        assertThat(owner.tables.shared().flights().contents()).isEmpty();
    }

    @Test
    void a_private_message_goes_to_a_member_who_may_have_it_and_waits_for_it() { // MQT-109
        long one = join(ONE, 10);
        long bob = join(BOB, 1);
        assertThat(given(publish(forSubject("bob")), bob)).containsExactly("1");
        assertThat(positions(publish(forSubject("bob")))).as("bob is full").isEmpty();
        assertThat(given(publish(), one)).as("others go on").containsExactly("3");
        assertThat(positions(publish(forSubject("carol")))).as("nobody's here").isEmpty();
        List<Effect> freed = done(BOB, bob, List.of(bobs()));
        assertThat(given(freed, bob)).containsExactly("2");
    }

    /** The log position of what bob has. */
    private long bobs() {
        return owner.tables.shared().flights().contents().entrySet().stream()
                .filter(each -> each.getValue().isPrivate() && each.getValue().generation() != 0)
                .findFirst()
                .orElseThrow()
                .getKey()
                .offset();
    }

    @Test
    void what_history_lost_is_counted_and_the_group_goes_on() { // MQT-108
        owner.keeping(2, 1 << 20, Duration.ofDays(1));
        long one = join(ONE, 1);
        List<Effect> first = publish();
        for (int n = 0; n < 4; n++) {
            publish();
        }
        List<Effect> next = done(ONE, one, positions(first));
        assertThat(given(next, one)).containsExactly("4");
        assertThat(lost(next)).isEqualTo(2);
        List<Effect> last = done(ONE, one, positions(next));
        assertThat(given(last, one)).containsExactly("5");
        assertThat(lost(last)).isZero();
    }

    @Test
    void what_the_index_lost_is_told_and_the_group_goes_on() { // MQT-108
        owner = new TestOwner(new Bounds(2, 10, 10, 10, 10, 1_000));
        owner.keeping(
                new Policies(Map.of(), Policies.Policy.DEFAULT, new Policies.Deduplication(1, Duration.ofMinutes(1))));
        long one = join(ONE, 1);
        List<Effect> first = publish();
        for (int n = 0; n < 6; n++) {
            publish();
        }
        List<Effect> next = done(ONE, one, positions(first));
        assertThat(lost(next)).isEqualTo(1);
        assertThat(given(next, one)).hasSize(1);
    }

    @Test
    void of_a_deleted_channel_nothing_is_given_any_more() { // MQT-108, DEL-5
        long one = join(EVERYTHING, ONE, 1, 0);
        publish();
        publish();
        owner.command(new Command.Delete(TestOwner.CHAT, null));
        List<Effect> left = apply(EVERYTHING, ONE, one, new SharedAction.Away(1_000));
        assertThat(positions(left)).isEmpty();
        List<Effect> back = apply(EVERYTHING, ONE, 0, new SharedAction.Join(5, 1, 0));
        assertThat(positions(back)).isEmpty();
        assertThat(lost(back)).isZero();
        assertThat(given(publish(), generation(back))).containsExactly("1");
    }

    @Test
    void groups_with_wildcards_and_groups_of_other_names_each_have_a_copy() { // MQT-103
        long exact = join(WORKERS, ONE, 10, 0);
        long all = join(EVERYTHING, ONE, 10, 0);
        long other = join(SharedName.parse("$share/other/chat/+"), ONE, 10, 0);
        List<Effect> effects = publish();
        assertThat(given(effects, exact)).hasSize(1);
        assertThat(given(effects, all)).hasSize(1);
        assertThat(given(effects, other)).hasSize(1);
        assertThat(positions(publish(owner.message(new ChannelName("farm/1"))))).hasSize(1);
        assertThat(positions(publish(owner.message(new ChannelName("$sys"))))).isEmpty();
    }
}
