package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageReadsTest {
    private static final int PAGES = 3;

    private final AskedOwners owners = new AskedOwners();
    private final OutboxBudget budget = new OutboxBudget((long) PAGES * Limits.PAGE_BYTES);
    private final PageReads reads = new PageReads(owners, Runnable::run, budget);

    /** Owners that keep what they are asked until the test answers. */
    private static final class AskedOwners implements Owners {
        final List<Read> asked = new ArrayList<>();
        final List<ReplyHandler> handlers = new ArrayList<>();

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public void command(int partition, Command command, Executor loop, ReplyHandler handler) {
            throw new AssertionError("pages are no commands");
        }

        @Override
        public void read(int partition, Read read, Executor loop, ReplyHandler handler) {
            asked.add(read);
            handlers.add(handler);
        }

        void answer(int index, Reply reply) {
            handlers.get(index).replied(0, 0, reply);
        }
    }

    private static Read page(int number) {
        return new Read.Forward(
                new ChannelName("c"), new Read.Start.After(new Position(1, number)), new Read.Credit(1, 1));
    }

    private final List<String> got = new ArrayList<>();

    private void ask(String who, int number) {
        reads.ask(0, page(number), (partition, logPosition, reply) -> got.add(who));
    }

    @Test
    void who_wants_a_page_that_is_on_its_way_shares_the_next_one_because_that_is_made_later() {
        ask("a", 1);
        ask("b", 1);
        ask("c", 1);
        assertThat(owners.asked).hasSize(1);
        owners.answer(0, new Reply.Done());
        assertThat(got).containsExactly("a");
        assertThat(owners.asked).hasSize(2);
        owners.answer(1, new Reply.Done());
        assertThat(got).containsExactly("a", "b", "c");
        ask("d", 1);
        assertThat(owners.asked).hasSize(3);
    }

    @Test
    void different_pages_are_asked_for_side_by_side_up_to_the_budget() {
        for (int i = 0; i < PAGES + 2; i++) {
            ask("p" + i, i);
        }
        assertThat(owners.asked).hasSize(PAGES);
        owners.answer(1, new Reply.Done());
        assertThat(owners.asked).hasSize(PAGES + 1);
        assertThat(got).containsExactly("p1");
    }

    @Test
    void one_page_is_asked_for_even_when_others_have_taken_the_whole_budget() {
        budget.take((long) PAGES * Limits.PAGE_BYTES);
        ask("a", 1);
        ask("b", 2);
        assertThat(owners.asked).hasSize(1);
        owners.answer(0, new Reply.Done());
        assertThat(owners.asked).hasSize(2);
    }

    @Test
    void a_page_for_several_renders_each_message_once() {
        RealtimeMessage message =
                RealtimeMessage.builder("m", new ChannelName("c")).build();
        List<SharedMessage> shared = new ArrayList<>();
        ask("first", 1);
        for (int i = 0; i < 2; i++) {
            reads.ask(0, page(1), (partition, logPosition, reply) -> shared.add(reads.shared(message)));
        }
        owners.answer(0, new Reply.Done());
        owners.answer(1, new Reply.Done());
        assertThat(shared).hasSize(2);
        assertThat(shared.get(0)).isSameAs(shared.get(1));
        assertThat(reads.shared(message)).isNotSameAs(shared.get(0));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void each_who_asks_is_answered_once_with_a_page_asked_for_after_that_and_the_budget_holds(long seed) {
        Random random = new Random(seed);
        Set<Integer> open = new HashSet<>();
        int[] answered = {0};
        int wanted = 0;
        for (int step = 0; step < 2_000; step++) {
            if (random.nextInt(3) > 0) {
                int askedBefore = owners.asked.size();
                int number = random.nextInt(6);
                wanted++;
                reads.ask(0, page(number), (partition, logPosition, reply) -> {
                    answered[0]++;
                    int made = Math.toIntExact(((Reply.Page) reply).through());
                    assertThat(owners.asked.get(made)).isEqualTo(page(number));
                    assertThat(made).isGreaterThanOrEqualTo(askedBefore);
                });
            } else {
                answerOne(random, open);
            }
            assertThat(budget.used()).isLessThanOrEqualTo((long) PAGES * Limits.PAGE_BYTES);
        }
        while (answerOne(random, open)) {}
        assertThat(answered[0]).isEqualTo(wanted);
        assertThat(budget.used()).isZero();
    }

    /** Answers one open question with a page whose end tells which question it was; false if none is open. */
    private boolean answerOne(Random random, Set<Integer> done) {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < owners.asked.size(); i++) {
            if (!done.contains(i)) {
                open.add(i);
            }
        }
        if (open.isEmpty()) {
            return false;
        }
        int index = open.get(random.nextInt(open.size()));
        done.add(index);
        owners.answer(index, new Reply.Page(1, List.<PageItem>of(), index, index, true));
        return true;
    }
}
