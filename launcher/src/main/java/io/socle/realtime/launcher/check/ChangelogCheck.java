package io.socle.realtime.launcher.check;

import io.socle.realtime.contracts.log.TopicPlan;
import java.util.ArrayList;
import java.util.List;

/** Looks at the topics that hold channel-service's state, which it makes itself at its first start. */
final class ChangelogCheck {
    private ChangelogCheck() {}

    /** Each is to have as many partitions as there are of commands. */
    static List<Finding> check(ClusterView view, int partitions) {
        var findings = new ArrayList<Finding>();
        int seen = 0;
        for (ClusterView.Topic topic : view.topics().values()) {
            if (topic.name().endsWith(ClusterView.CHANGELOG)) {
                seen++;
                findings.addAll(check(topic, partitions));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("changelogs", seen + " of channel-service, in order"))
                : findings;
    }

    private static List<Finding> check(ClusterView.Topic topic, int partitions) {
        var findings = new ArrayList<Finding>();
        if (topic.partitions().size() != partitions) {
            findings.add(Finding.critical(
                    topic.name(),
                    "has " + topic.partitions().size() + " partitions, and the commands have " + partitions
                            + ", so channel-service cannot start",
                    "give the commands their first number of partitions again, or use a new prefix"));
        }
        String policy = topic.config().getOrDefault("cleanup.policy", "compact");
        if (!policy.equals("compact")) {
            findings.add(Finding.critical(
                    topic.name(),
                    "cleanup.policy is " + policy + ", so channels and their history get lost",
                    "kafka-configs.sh --alter --entity-type topics --entity-name " + topic.name()
                            + " --add-config cleanup.policy=compact"));
        }
        String wanted = TopicPlan.CHANGELOG.getOrDefault(TopicPlan.COMPACTION_LAG, "");
        String lag = topic.config().getOrDefault(TopicPlan.COMPACTION_LAG, wanted);
        if (Long.parseLong(lag) > Long.parseLong(wanted)) {
            findings.add(Finding.warning(
                    topic.name(),
                    TopicPlan.COMPACTION_LAG + " is " + lag + ", and should be " + wanted
                            + ": what is deleted stays on the brokers' disks for longer",
                    "kafka-configs.sh --alter --entity-type topics --entity-name " + topic.name() + " --add-config "
                            + TopicPlan.COMPACTION_LAG + "=" + wanted));
        }
        return findings;
    }
}
