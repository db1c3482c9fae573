package io.socle.realtime.shell.owner;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.assignment.ApplicationState;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsAssignment.AssignedTask;
import org.apache.kafka.streams.processor.assignment.KafkaStreamsState;
import org.apache.kafka.streams.processor.assignment.ProcessId;
import org.apache.kafka.streams.processor.assignment.TaskAssignor;

/**
 * Shares out the partitions by {@link Shares}. The assignor of Streams gives partitions at once to a process that has just
 * started, where it finds enough of their state on its disk; but such a process is cold, and takes seconds to begin.
 */
public final class OwnerAssignor implements TaskAssignor {
    /** Consumer property: what is remembered between two assignments, for each has an assignor of its own. */
    static final String ARRIVALS = "realtime.owner.arrivals";
    /** How long after it was shared out it is looked again, where something is to move. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    private Arrivals arrivals = new Arrivals(System::nanoTime);
    private String self = "";

    @Override
    public void configure(Map<String, ?> configs) {
        if (configs.get(ARRIVALS) instanceof Arrivals kept) {
            arrivals = kept;
        }
        self = configs.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG) + "-";
    }

    @Override
    public TaskAssignment assign(ApplicationState application) {
        var states = application.kafkaStreamsStates(true);
        Set<ProcessId> warm = arrivals.warm(states.values().stream()
                .collect(Collectors.toMap(
                        KafkaStreamsState::processId,
                        state -> !state.previousActiveTasks().isEmpty())));
        var tasks = new TreeSet<>(application.allTasks().keySet());
        var shares = new Shares(
                tasks,
                states.values().stream()
                        .map(state -> process(state, warm.contains(state.processId())))
                        .toList(),
                application.assignmentConfigs().numStandbyReplicas());
        ProcessId looksAgain = states.values().stream()
                .min(Comparator.comparing((KafkaStreamsState state) -> !isSelf(state))
                        .thenComparing(KafkaStreamsState::processId))
                .orElseThrow()
                .processId();
        return new TaskAssignment(states.keySet().stream()
                .map(process -> assignment(process, tasks, shares, process.equals(looksAgain)))
                .toList());
    }

    /** Members of the group are named by their instance. */
    private boolean isSelf(KafkaStreamsState state) {
        return state.consumerClientIds().stream().anyMatch(consumer -> consumer.startsWith(self));
    }

    private static Shares.Process process(KafkaStreamsState state, boolean warm) {
        return new Shares.Process(
                state.processId(),
                state.numProcessingThreads(),
                state.previousActiveTasks(),
                state.statefulTasksToLagSums(),
                warm);
    }

    private static KafkaStreamsAssignment assignment(
            ProcessId process, Set<TaskId> tasks, Shares shares, boolean looksAgain) {
        var assigned = new HashSet<AssignedTask>();
        for (TaskId task : tasks) {
            if (shares.owner(task).equals(process)) {
                assigned.add(new AssignedTask(task, AssignedTask.Type.ACTIVE));
            } else if (shares.copies(task).contains(process)) {
                assigned.add(new AssignedTask(task, AssignedTask.Type.STANDBY));
            }
        }
        var assignment = KafkaStreamsAssignment.of(process, assigned);
        // The time is by this process's clock, so it had better be this one that waits for it.
        return looksAgain && shares.isMoreToMove()
                ? assignment.withFollowupRebalance(Instant.now().plus(AGAIN))
                : assignment;
    }
}
