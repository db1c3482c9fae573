package io.socle.realtime.launcher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Looks whether the topics take writes now, and whether what is acknowledged survives the loss of a machine. */
final class ReplicationCheck {
    private static final String SUBJECT = "replication";
    private static final String MINIMUM = "min.insync.replicas";

    private ReplicationCheck() {}

    /** One kind of fault; topics with the same one are told in one line. */
    private record Fault(Level level, String text, String remedy, Predicate<ClusterView.Topic> present) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault(
                    Level.CRITICAL,
                    "partitions without a leader, which take no writes",
                    "bring the brokers that have them back",
                    topic -> topic.partitions().stream().anyMatch(partition -> !partition.led())),
            new Fault(
                    Level.CRITICAL,
                    "more " + MINIMUM + " than replicas, so writes are refused",
                    "add replicas (kafka-reassign-partitions.sh) or lower " + MINIMUM,
                    topic -> minimum(topic) > topic.fewestReplicas()),
            new Fault(
                    Level.CRITICAL,
                    "fewer replicas in sync than " + MINIMUM + ", so writes are refused",
                    "bring the brokers that lag behind or are down back",
                    topic -> minimum(topic) <= topic.fewestReplicas()
                            && topic.partitions().stream().anyMatch(partition -> partition.inSync() < minimum(topic))),
            new Fault(
                    Level.WARNING,
                    "replicas that are not in sync",
                    "look at the brokers that have them",
                    topic -> topic.partitions().stream()
                            .anyMatch(partition ->
                                    partition.inSync() < partition.replicas() && partition.inSync() >= minimum(topic))),
            new Fault(
                    Level.WARNING,
                    "one replica, so the loss of a machine loses acknowledged messages",
                    "with three brokers give each three replicas (kafka-reassign-partitions.sh) and " + MINIMUM + "=2",
                    topic -> topic.fewestReplicas() == 1),
            new Fault(
                    Level.WARNING,
                    MINIMUM + "=1, so what is acknowledged may be on one machine only",
                    "set " + MINIMUM + "=2 (kafka-configs.sh)",
                    topic -> topic.fewestReplicas() > 1 && minimum(topic) == 1),
            new Fault(
                    Level.WARNING,
                    "as many " + MINIMUM + " as replicas, so writes stop when one broker is down",
                    "have one replica more than " + MINIMUM,
                    topic -> topic.fewestReplicas() > 1 && minimum(topic) == topic.fewestReplicas()));

    private static int minimum(ClusterView.Topic topic) {
        return topic.number(MINIMUM, 1);
    }

    static List<Finding> check(ClusterView view) {
        var findings = new ArrayList<Finding>();
        for (Fault fault : FAULTS) {
            finding(fault, view).ifPresent(findings::add);
        }
        return findings.isEmpty() ? List.of(Finding.ok(SUBJECT, summary(view))) : findings;
    }

    private static Optional<Finding> finding(Fault fault, ClusterView view) {
        var names = view.topics().values().stream()
                .filter(fault.present())
                .map(ClusterView.Topic::name)
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String text = (names.size() == 1 ? "1 topic has " : names.size() + " topics have ") + fault.text() + ": "
                + String.join(", ", names);
        return Optional.of(new Finding(fault.level(), SUBJECT, text, fault.remedy()));
    }

    private static String summary(ClusterView view) {
        var byReplicas = new TreeMap<Integer, Integer>();
        view.topics().values().forEach(topic -> byReplicas.merge(topic.fewestReplicas(), 1, Integer::sum));
        return "topics by their replicas: " + byReplicas;
    }
}
