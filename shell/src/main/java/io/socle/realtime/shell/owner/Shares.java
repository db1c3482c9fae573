package io.socle.realtime.shell.owner;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ProcessId;

/**
 * Who owns which task and who follows it with a copy. A task stays with its owner; what has no owner goes to whoever can begin
 * soonest; and to even out the load tasks move, a few at a time, to processes that have their state and are warm.
 */
final class Shares {
    /** What is written to a busy partition between two commits, by which its copies are behind; read in a moment. */
    static final long NEAR_RECORDS = 10_000;
    /** Each pauses while it moves, and those of one process move one after the other. */
    static final int MOST_MOVES = 2;

    /** What Streams tells of an owner. */
    private static final long OWNS = -2;

    private final List<Process> processes;
    private final Map<TaskId, Process> owners = new TreeMap<>();
    private final Map<TaskId, Process> awaited = new TreeMap<>();
    private final Map<TaskId, Set<ProcessId>> copies = new HashMap<>();

    /**
     * One process of the group.
     *
     * @param threads that process
     * @param owned by it so far
     * @param lags records by which its state is behind, by task
     * @param warm for so long there that it can take over without a long pause
     */
    record Process(ProcessId id, int threads, Set<TaskId> owned, Map<TaskId, Long> lags, boolean warm) {
        long lag(TaskId task) {
            long lag = lags.getOrDefault(task, Long.MAX_VALUE);
            return lag == OWNS ? 0 : lag < 0 ? Long.MAX_VALUE : lag;
        }

        boolean isNear(TaskId task) {
            return lag(task) <= NEAR_RECORDS;
        }
    }

    /** Shares the tasks out; there must be a process. */
    Shares(SortedSet<TaskId> tasks, Collection<Process> processes, int standbys) {
        this.processes =
                processes.stream().sorted(Comparator.comparing(Process::id)).toList();
        keep(tasks);
        List<TaskId> orphans =
                tasks.stream().filter(task -> !owners.containsKey(task)).toList();
        orphans.forEach(this::adopt);
        even(orphans.size());
        tasks.forEach(task -> copies.put(task, followers(task, standbys)));
    }

    ProcessId owner(TaskId task) {
        return ownerOf(task).id();
    }

    Set<ProcessId> copies(TaskId task) {
        return copies.getOrDefault(task, Set.of());
    }

    /** Whether tasks are to move as soon as that is possible. */
    boolean isMoreToMove() {
        return !awaited.isEmpty();
    }

    private Process ownerOf(TaskId task) {
        return Objects.requireNonNull(owners.get(task), "every task has an owner");
    }

    private void keep(Set<TaskId> tasks) {
        for (Process process : processes) {
            process.owned().stream().filter(tasks::contains).forEach(task -> owners.put(task, process));
        }
    }

    private void adopt(TaskId task) {
        Comparator<Process> soonest = Comparator.comparing((Process process) -> !process.isNear(task))
                .thenComparing(process -> !process.warm())
                .thenComparing(process -> process.isNear(task) ? 0 : process.lag(task))
                .thenComparing(process -> load(process, owners));
        owners.put(task, processes.stream().min(soonest).orElseThrow());
    }

    private static double load(Process process, Map<TaskId, Process> owners) {
        return (double) tasks(process, owners) / process.threads();
    }

    private static long tasks(Process process, Map<TaskId, Process> owners) {
        return owners.values().stream().filter(process::equals).count();
    }

    /** What has just been adopted counts as moved: it is without an owner at this moment. */
    private void even(int adopted) {
        var planned = new TreeMap<>(owners);
        int moves = adopted;
        while (true) {
            Comparator<Process> byLoad = Comparator.comparing(process -> load(process, planned));
            Process from = processes.stream().max(byLoad).orElseThrow();
            Process to = processes.stream().min(byLoad).orElseThrow();
            if ((tasks(from, planned) - 1) * to.threads() < (tasks(to, planned) + 1) * from.threads()) {
                return;
            }
            TaskId task = nearest(from, to, planned);
            planned.put(task, to);
            // Between two that have just begun there is nothing to lose.
            boolean free = !from.warm();
            if (to.isNear(task) && (free || (to.warm() && moves < MOST_MOVES))) {
                moves += free ? 0 : 1;
                owners.put(task, to);
            } else {
                awaited.put(task, to);
            }
        }
    }

    private static TaskId nearest(Process from, Process to, Map<TaskId, Process> planned) {
        return planned.entrySet().stream()
                .filter(entry -> entry.getValue().equals(from))
                .map(Map.Entry::getKey)
                .min(Comparator.comparing(to::lag))
                .orElseThrow();
    }

    /** Who is to own a task later follows it as well; until it is near that is one more than there are to be. */
    private Set<ProcessId> followers(TaskId task, int standbys) {
        Process next = awaited.get(task);
        int wanted = next == null ? standbys : Math.max(1, standbys + (next.isNear(task) ? 0 : 1));
        Comparator<Process> best = Comparator.comparing((Process process) -> !process.equals(next))
                .thenComparing(process -> !process.isNear(task))
                .thenComparing(this::copiesOf);
        var chosen = new LinkedHashSet<ProcessId>();
        processes.stream()
                .filter(process -> !process.equals(ownerOf(task)))
                .sorted(best)
                .limit(wanted)
                .forEach(process -> chosen.add(process.id()));
        return chosen;
    }

    private long copiesOf(Process process) {
        return copies.values().stream()
                .filter(some -> some.contains(process.id()))
                .count();
    }
}
