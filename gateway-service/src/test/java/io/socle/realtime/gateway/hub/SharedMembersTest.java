package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.log.Incoming;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Given;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Membership;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Receiver;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Terms;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What a gateway tells owners of its members of shared subscriptions, and what it makes of their answers. */
class SharedMembersTest {
    private static final int PARTITIONS = 3;
    private static final int SIZE = message().size();

    private static final HubMetrics METRICS = new HubMetrics() {
        @Override
        public void delivered(int count) {
            // Not looked at here.
        }

        @Override
        public void dropped() {
            // Not looked at here.
        }

        @Override
        public void fellBehind() {
            // Not looked at here.
        }

        @Override
        public void gap() {
            // Not looked at here.
        }
    };

    private final Asked owners = new Asked();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ArrayDeque<Runnable> delayed = new ArrayDeque<>();
    private final OutboxBudget budget = new OutboxBudget(2 * SIZE);
    private final Hub hub = new Hub(
            tasks::add,
            owners,
            new NodeInterest(owners),
            METRICS,
            InstantSource.system(),
            (loop, delay, task) -> delayed.add(task),
            budget,
            new EphemeralNamespaces(Set.of()));
    private final Client client = new Client();

    /** Owners that keep what they are asked. */
    private static final class Asked implements Owners {
        final ArrayDeque<Question> questions = new ArrayDeque<>();

        record Question(int partition, Command.Shared command, ReplyHandler handler) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public int partitions() {
            return PARTITIONS;
        }

        @Override
        public void command(int partition, Command command, Executor loop, ReplyHandler handler) {
            questions.add(new Question(partition, (Command.Shared) command, handler));
        }

        @Override
        public void read(int partition, Read read, Executor loop, ReplyHandler handler) {
            throw new AssertionError("nothing is read");
        }
    }

    private static final class Client implements Receiver {
        final List<String> told = new ArrayList<>();
        final List<Given> given = new ArrayList<>();

        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void failed(Problem problem) {
            told.add("failed " + problem.code());
        }

        @Override
        public void ended(Problem problem) {
            told.add("ended " + problem.code());
        }

        @Override
        public void message(Given message, SharedMessage shared) {
            given.add(message);
        }

        @Override
        public void flush() {
            told.add("flush");
        }
    }

    private static SharedMessage message() {
        return new SharedMessage(
                RealtimeMessage.builder("m", new ChannelName("a")).build());
    }

    private Membership join(String name, int window, long keepMs) {
        return hub.shared()
                .join(SharedName.parse(name), new SharedMember("alice", "one"), new Terms(window, 1, keepMs), client);
    }

    /** Answers the oldest question; returns what it was. */
    private SharedAction answer(Reply reply) {
        Asked.Question question = owners.questions.remove();
        hub.accept(List.of(new Incoming.Answer(question.handler(), question.partition(), 0, reply)));
        return question.command().action();
    }

    private SharedAction refuse(FailureCode code) {
        return answer(new Reply.Refused(Problem.of(code)));
    }

    private int onlyPartition() {
        return owners.questions.element().partition();
    }

    private void give(int partition, long generation, long logPosition) {
        hub.accept(List.of(new Incoming.Shared(partition, generation, logPosition, message())));
    }

    private static void run(ArrayDeque<Runnable> waiting) {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Test
    void a_filter_joins_every_partition_with_its_part_of_the_window_and_stands_when_all_have_answered() { // MQT-102
        join("$share/g/a/#", 10, 0);
        for (long generation = 1; generation <= PARTITIONS; generation++) {
            assertThat(client.told).isEmpty();
            assertThat(answer(new Reply.Joined(generation))).isEqualTo(new SharedAction.Join(4, 1, 0));
        }
        assertThat(client.told).containsExactly("opened");
        assertThat(owners.questions).isEmpty();
    }

    @Test
    void what_is_done_in_one_turn_is_told_by_one_command() { // MQT-102
        join("$share/g/a", 10, 0);
        int partition = onlyPartition();
        answer(new Reply.Joined(7));
        give(partition, 7, 20);
        give(partition, 7, 21);
        give(partition, 7, 20);
        give(partition, 8, 22);
        assertThat(client.given).as("once each, and only its own").hasSize(2);
        client.given.forEach(Given::done);
        client.given.forEach(Given::done);
        run(tasks);
        assertThat(answer(new Reply.Done())).isEqualTo(new SharedAction.Done(List.of(20L, 21L)));
        assertThat(owners.questions).isEmpty();
        assertThat(budget.used()).isZero();
    }

    @Test
    void what_the_owner_did_not_hear_is_told_again() { // MQT-104
        join("$share/g/a", 10, 0);
        int partition = onlyPartition();
        answer(new Reply.Joined(7));
        give(partition, 7, 20);
        client.given.getFirst().done();
        run(tasks);
        refuse(FailureCode.TIMEOUT);
        run(delayed);
        run(tasks);
        assertThat(answer(new Reply.Done())).isEqualTo(new SharedAction.Done(List.of(20L)));
    }

    @Test
    void a_join_with_unknown_outcome_is_found_out_and_taken_back() { // MQT-105
        join("$share/g/a", 10, 0);
        refuse(FailureCode.TIMEOUT);
        assertThat(client.told).containsExactly("failed TIMEOUT");
        run(delayed);
        assertThat(answer(new Reply.Joined(9))).isInstanceOf(SharedAction.Join.class);
        assertThat(owners.questions.element().command().generation()).isEqualTo(9);
        refuse(FailureCode.UNAVAILABLE);
        run(delayed);
        assertThat(answer(new Reply.Done())).isEqualTo(new SharedAction.Leave());
        run(delayed);
        assertThat(owners.questions).isEmpty();
    }

    @Test
    void a_refused_join_fails_and_leaves_the_partitions_that_it_had() { // MQT-110
        join("$share/g/#", 10, 0);
        answer(new Reply.Joined(1));
        refuse(FailureCode.TOO_MANY_SUBSCRIPTIONS);
        assertThat(client.told).containsExactly("failed TOO_MANY_SUBSCRIPTIONS");
        answer(new Reply.Joined(2));
        assertThat(answer(new Reply.Done())).isEqualTo(new SharedAction.Leave());
        assertThat(answer(new Reply.Done())).isEqualTo(new SharedAction.Leave());
        assertThat(owners.questions).isEmpty();
    }

    @Test
    void the_end_of_a_connection_leaves_or_keeps_the_membership() { // MQT-105
        join("$share/g/a", 10, 0).end(0);
        answer(new Reply.Joined(1));
        assertThat(answer(new Reply.Done())).isEqualTo(new SharedAction.Leave());
        Membership kept = join("$share/g/a", 10, 5_000);
        answer(new Reply.Joined(2));
        kept.end(5_000);
        assertThat(answer(new Reply.Done())).isEqualTo(new SharedAction.Away(5_000));
    }

    @Test
    void who_is_taken_over_ends_and_who_is_unknown_joins_again() { // MQT-106
        join("$share/g/a", 10, 0);
        int partition = onlyPartition();
        answer(new Reply.Joined(7));
        give(partition, 7, 20);
        client.given.getLast().done();
        run(tasks);
        refuse(FailureCode.SUBSCRIPTION_UNKNOWN);
        assertThat(answer(new Reply.Joined(8))).isInstanceOf(SharedAction.Join.class);
        give(partition, 8, 20);
        client.given.getFirst().done();
        run(tasks);
        assertThat(owners.questions).as("that was of the earlier membership").isEmpty();
        client.given.getLast().done();
        run(tasks);
        refuse(FailureCode.TAKEN_OVER);
        assertThat(client.told).endsWith("ended TAKEN_OVER");
    }

    @Test
    void lost_deliveries_make_members_join_anew() { // MQT-104
        join("$share/g/a", 10, 0);
        int partition = onlyPartition();
        answer(new Reply.Joined(7));
        give(partition, 7, 20);
        hub.resync();
        assertThat(answer(new Reply.Joined(8))).isInstanceOf(SharedAction.Join.class);
        give(partition, 8, 20);
        assertThat(client.given).hasSize(2);
        assertThat(client.told).containsOnlyOnce("opened");
    }

    @Test
    void who_cannot_be_held_for_any_longer_ends_and_others_get_its_messages() { // MQT-111
        join("$share/g/a", 10, 0);
        int partition = onlyPartition();
        answer(new Reply.Joined(7));
        give(partition, 7, 20);
        give(partition, 7, 21);
        assertThat(client.given).hasSize(2);
        give(partition, 7, 22);
        assertThat(client.told).contains("ended SLOW_CONSUMER");
        assertThat(answer(new Reply.Done())).isEqualTo(new SharedAction.Leave());
    }
}
