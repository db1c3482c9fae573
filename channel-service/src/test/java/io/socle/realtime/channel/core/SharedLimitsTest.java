package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every limit of shared subscriptions, at both sides (clauses MQT-110 to MQT-112). */
class SharedLimitsTest extends SharedFixture {
    @Test
    void so_many_private_messages_wait_and_one_more_is_passed_over() { // MQT-111
        owner = new TestOwner(Bounds.DEFAULT, new SharedBounds(10, 10, 10, 100, 2, 10, 100));
        join(ONE, 10);
        long bob = join(BOB, 1);
        publish(forSubject("bob"));
        assertThat(lost(publish(forSubject("bob")))).isZero();
        assertThat(lost(publish(forSubject("bob")))).isZero();
        assertThat(lost(publish(forSubject("bob")))).isEqualTo(1);
        assertThat(bob).isPositive();
    }

    @Test
    void one_command_gives_out_so_many_and_ticks_the_rest() { // MQT-112
        owner = new TestOwner(Bounds.DEFAULT, new SharedBounds(10, 10, 10, 100, 2, 3, 100));
        long one = join(WORKERS, ONE, 1, 1_000);
        apply(WORKERS, ONE, one, new SharedAction.Away(1_000));
        for (int n = 0; n < 7; n++) {
            publish();
        }
        List<Effect> back = apply(WORKERS, ONE, 0, new SharedAction.Join(10, 1, 0));
        assertThat(given(back, generation(back))).containsExactly("1", "2", "3");
        assertThat(owner.partition().hasMore()).isTrue();
        assertThat(owner.reopened().partition().hasMore()).isTrue();
        assertThat(given(owner.unasked(new Command.Tick()), generation(back))).containsExactly("4", "5", "6");
        assertThat(given(owner.unasked(new Command.Tick()), generation(back))).containsExactly("7");
        assertThat(owner.partition().hasMore()).isFalse();
    }

    @Test
    void one_command_gives_out_so_many_bytes_and_ticks_the_rest() { // MQT-112
        long one = join(WORKERS, ONE, 1, 1_000);
        apply(WORKERS, ONE, one, new SharedAction.Away(1_000));
        String large = '"' + "x".repeat(SharedBounds.BYTES_AT_ONCE / 2) + '"';
        for (int n = 0; n < 3; n++) {
            publish(owner.message().json(large));
        }
        List<Effect> back = apply(WORKERS, ONE, 0, new SharedAction.Join(10, 1, 0));
        assertThat(given(back, generation(back))).containsExactly("1", "2");
        assertThat(given(owner.unasked(new Command.Tick()), generation(back))).containsExactly("3");
    }

    @Test
    void one_command_looks_at_so_many_publications_and_ticks_go_on() { // MQT-112
        owner = new TestOwner(Bounds.DEFAULT, new SharedBounds(10, 10, 10, 100, 2, 10, 3));
        long one = join(WORKERS, ONE, 1, 1_000);
        apply(WORKERS, ONE, one, new SharedAction.Away(1_000));
        publish();
        for (int n = 0; n < 3; n++) {
            publish(owner.message(new ChannelName("farm/1")));
        }
        publish();
        List<Effect> back = apply(WORKERS, ONE, 0, new SharedAction.Join(10, 1, 0));
        assertThat(given(back, generation(back))).containsExactly("1");
        assertThat(owner.partition().hasMore()).isTrue();
        assertThat(given(owner.unasked(new Command.Tick()), generation(back))).containsExactly("2");
    }

    @Test
    void one_tick_ends_so_many_memberships_and_the_next_the_rest() { // MQT-105
        for (int n = 0; n <= SharedBounds.EXPIRED_PER_TICK; n++) {
            SharedMember member = new SharedMember("alice", "m" + n);
            apply(WORKERS, member, join(member, 1), new SharedAction.Away(1_000));
        }
        owner.later(Duration.ofSeconds(1)).unasked(new Command.Tick());
        assertThat(owner.tables.shared().members().contents()).hasSize(1);
        assertThat(owner.partition().isDue(owner.now)).isTrue();
        owner.unasked(new Command.Tick());
        assertThat(owner.tables.shared().groups().contents()).isEmpty();
    }

    @Test
    void a_member_with_a_megabyte_under_way_is_given_no_more() { // MQT-111
        long one = join(ONE, 10);
        String large = '"' + "x".repeat(SharedBounds.WINDOW_BYTES / 2) + '"';
        List<Effect> all = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            all.addAll(publish(owner.message().json(large)));
        }
        assertThat(given(all, one)).containsExactly("1", "2");
        assertThat(given(done(ONE, one, positions(all)), one)).containsExactly("3");
    }

    @Test
    void groups_members_and_windows_have_limits() { // MQT-110
        owner = new TestOwner(Bounds.DEFAULT, new SharedBounds(2, 2, 3, 4, 2, 10, 100));
        SharedAction join = new SharedAction.Join(3, 1, 0);
        assertThat(refusal(WORKERS, ONE, 0, new SharedAction.Join(4, 1, 0))).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(refusal(WORKERS, ONE, 0, new SharedAction.Join(0, 1, 0))).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(refusal(WORKERS, ONE, 0, new SharedAction.Join(1, 1, -1))).isEqualTo(FailureCode.INVALID_VALUE);
        long one = join(WORKERS, ONE, 3, 0);
        long two = join(WORKERS, TWO, 3, 0);
        assertThat(refusal(WORKERS, BOB, 0, join)).isEqualTo(FailureCode.TOO_MANY_SUBSCRIPTIONS);
        one = join(WORKERS, ONE, 3, 0);
        join(EVERYTHING, ONE, 3, 0);
        assertThat(refusal(SharedName.parse("$share/third/a"), ONE, 0, join))
                .isEqualTo(FailureCode.TOO_MANY_SUBSCRIPTIONS);
        List<Effect> all = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            all.addAll(publish());
        }
        assertThat(given(all, one).size() + given(all, two).size())
                .as("four of a group under way")
                .isEqualTo(4);
    }
}
