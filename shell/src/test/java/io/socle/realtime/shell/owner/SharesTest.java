package io.socle.realtime.shell.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final int TASKS = 8;
    private static final long FAR = 50_000;
    private static final ProcessId A = new ProcessId(new UUID(0, 1));
    private static final ProcessId B = new ProcessId(new UUID(0, 2));
    private static final ProcessId C = new ProcessId(new UUID(0, 3));

    private static TaskId task(int partition) {
        return new TaskId(0, partition);
    }

    private static Set<TaskId> tasks(int from, int to) {
        return IntStream.range(from, to).mapToObj(SharesTest::task).collect(Collectors.toSet());
    }

    private static Shares.Process process(ProcessId id, boolean warm, Set<TaskId> owned, long lagOfOthers) {
        var lags = new HashMap<TaskId, Long>();
        tasks(0, TASKS).forEach(task -> lags.put(task, owned.contains(task) ? -2 : lagOfOthers));
        return new Shares.Process(id, 1, owned, lags, warm);
    }

    private static Shares shares(int standbys, Shares.Process... processes) {
        return new Shares(new TreeSet<>(tasks(0, TASKS)), List.of(processes), standbys);
    }

    private static Map<ProcessId, Long> load(Shares shares) {
        return tasks(0, TASKS).stream().collect(Collectors.groupingBy(shares::owner, Collectors.counting()));
    }

    private static Set<TaskId> owned(Shares shares, ProcessId process) {
        return tasks(0, TASKS).stream()
                .filter(task -> shares.owner(task).equals(process))
                .collect(Collectors.toSet());
    }

    @Test
    void what_has_no_owner_goes_to_the_warm_one_that_follows_it() {
        var shares = shares(
                1, process(A, true, tasks(0, 4), 10), process(B, false, Set.of(), 0), process(C, true, Set.of(), FAR));
        assertThat(owned(shares, A)).isEqualTo(tasks(0, TASKS));
    }

    @Test
    void a_cold_process_has_to_do_where_nobody_else_has_the_state() {
        var shares = shares(1, process(A, false, Set.of(), 10), process(B, true, Set.of(), FAR));
        assertThat(owned(shares, A)).isEqualTo(tasks(0, TASKS));
    }

    @Test
    void without_any_state_the_load_is_even_at_once() {
        var shares = shares(1, process(A, false, Set.of(), FAR), process(B, false, Set.of(), FAR));
        assertThat(load(shares)).isEqualTo(Map.of(A, 4L, B, 4L));
        assertThat(shares.isMoreToMove()).isFalse();
        tasks(0, TASKS)
                .forEach(task -> assertThat(shares.copies(task))
                        .containsExactly(shares.owner(task).equals(A) ? B : A));
    }

    @Test
    void a_newcomer_follows_before_it_owns() {
        var shares = shares(1, process(A, true, tasks(0, TASKS), 0), process(B, false, Set.of(), 10));
        assertThat(load(shares)).isEqualTo(Map.of(A, 8L));
        assertThat(shares.isMoreToMove()).isTrue();
        tasks(0, TASKS).forEach(task -> assertThat(shares.copies(task)).containsExactly(B));
    }

    @Test
    void a_newcomer_far_behind_follows_what_it_is_to_own_also_where_no_copies_are_wanted() {
        var shares = shares(0, process(A, true, tasks(0, TASKS), 0), process(B, true, Set.of(), FAR));
        assertThat(load(shares)).isEqualTo(Map.of(A, 8L));
        assertThat(tasks(0, TASKS).stream().filter(task -> shares.copies(task).contains(B)))
                .hasSize(4);
        assertThat(shares.isMoreToMove()).isTrue();
    }

    @Test
    void tasks_move_a_few_at_a_time_to_who_is_warm_until_the_load_is_even() {
        Set<TaskId> left = tasks(0, TASKS);
        Set<TaskId> moved = Set.of();
        for (int expected = 8 - Shares.MOST_MOVES; expected >= 4; expected -= Shares.MOST_MOVES) {
            var shares = shares(1, process(A, true, left, 0), process(B, true, moved, 10));
            left = owned(shares, A);
            moved = owned(shares, B);
            assertThat(left).hasSize(expected);
            assertThat(shares.isMoreToMove()).isEqualTo(expected > 4);
        }
        assertThat(load(shares(1, process(A, true, left, 10), process(B, true, moved, 10))))
                .isEqualTo(Map.of(A, 4L, B, 4L));
    }

    @Test
    void what_moves_and_belongs_to_nobody_for_a_moment_goes_where_it_was_to_go() {
        var shares = shares(1, process(A, true, tasks(2, TASKS), 0), process(B, true, Set.of(), 10));
        assertThat(owned(shares, B)).isEqualTo(tasks(0, 2));
        assertThat(shares.isMoreToMove()).isTrue();
    }

    @Test
    void an_even_load_stays_where_it_is() {
        var shares = shares(
                1,
                process(A, true, tasks(0, 3), 0),
                process(B, true, tasks(3, 6), 0),
                process(C, true, tasks(6, 8), 0));
        assertThat(owned(shares, A)).isEqualTo(tasks(0, 3));
        assertThat(owned(shares, B)).isEqualTo(tasks(3, 6));
        assertThat(shares.isMoreToMove()).isFalse();
    }

    @Test
    void copies_are_spread_and_never_with_the_owner() {
        var shares = shares(
                1,
                process(A, true, tasks(0, 3), 0),
                process(B, true, tasks(3, 6), 0),
                process(C, true, tasks(6, 8), 0));
        var count = new HashMap<ProcessId, Integer>();
        for (TaskId task : tasks(0, TASKS)) {
            assertThat(shares.copies(task)).hasSize(1).doesNotContain(shares.owner(task));
            shares.copies(task).forEach(copy -> count.merge(copy, 1, Integer::sum));
        }
        assertThat(count.values()).allMatch(copies -> copies >= 2);
    }

    @Test
    void more_threads_take_more() {
        var two = new Shares.Process(A, 2, Set.of(), Map.of(), false);
        var one = new Shares.Process(B, 1, Set.of(), Map.of(), false);
        assertThat(load(shares(0, two, one))).isEqualTo(Map.of(A, 5L, B, 3L));
    }
}
