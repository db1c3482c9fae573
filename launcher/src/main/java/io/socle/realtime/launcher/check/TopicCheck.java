package io.socle.realtime.launcher.check;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares a topic with the plan: whether it is there, its partitions, its settings. */
final class TopicCheck {
    /** What the plan leaves to the cluster's defaults, which somebody may have changed. */
    private static final Map<String, String> UNPLANNED =
            Map.of("cleanup.policy", "delete", "retention.bytes", "-1", "unclean.leader.election.enable", "false");

    /** With another value, records are lost or refused, or owners' clocks go wrong. */
    private static final Set<String> VITAL = Set.of("cleanup.policy", "message.timestamp.type", "max.message.bytes");

    private final LogTopics names;

    TopicCheck(LogTopics names) {
        this.names = names;
    }

    /** What is wrong with it, or a single ok. */
    List<Finding> check(TopicPlan.Topic planned, Optional<ClusterView.Topic> found) {
        if (found.isEmpty()) {
            return List.of(Finding.critical(
                    planned.name(), "is missing", "create it: ./realtime topics --prefix " + names.prefix()));
        }
        var findings = new ArrayList<Finding>();
        int partitions = found.get().partitions().size();
        if (partitions != planned.partitions()) {
            findings.add(wrongPartitions(planned, partitions));
        }
        findings.addAll(settings(planned, found.get().config()));
        return findings.isEmpty()
                ? List.of(Finding.ok(planned.name(), count(partitions) + ", settings as planned"))
                : findings;
    }

    private Finding wrongPartitions(TopicPlan.Topic planned, int partitions) {
        String text = "has " + count(partitions) + ", and should have " + planned.partitions();
        String remedy = "stop the services, delete the topic, and create it anew: ./realtime topics";
        // Nobody but people and other systems reads these two.
        boolean bystander =
                planned.name().equals(names.events()) || planned.name().equals(names.parked());
        return new Finding(bystander ? Level.WARNING : Level.CRITICAL, planned.name(), text, remedy);
    }

    private static String count(int partitions) {
        return partitions == 1 ? "1 partition" : partitions + " partitions";
    }

    private static List<Finding> settings(TopicPlan.Topic planned, Map<String, String> config) {
        var wanted = new TreeMap<String, String>(UNPLANNED);
        wanted.putAll(planned.config());
        var findings = new ArrayList<Finding>();
        wanted.forEach((key, value) -> {
            String actual = config.get(key);
            if (actual != null && !fits(key, actual, value)) {
                findings.add(wrongSetting(planned.name(), key, actual, value));
            }
        });
        return findings;
    }

    private static boolean fits(String key, String actual, String wanted) {
        return switch (key) {
            case "max.message.bytes" -> Long.parseLong(actual) >= Long.parseLong(wanted);
            // Kafka deletes whole segments: smaller ones keep to a bound as well.
            case "segment.bytes", "segment.ms" -> Long.parseLong(actual) <= Long.parseLong(wanted);
            default -> actual.equals(wanted);
        };
    }

    private static Finding wrongSetting(String topic, String key, String actual, String wanted) {
        return new Finding(
                VITAL.contains(key) ? Level.CRITICAL : Level.WARNING,
                topic,
                key + " is " + actual + ", and should be " + wanted,
                "kafka-configs.sh --alter --entity-type topics --entity-name " + topic + " --add-config " + key + "="
                        + wanted);
    }
}
