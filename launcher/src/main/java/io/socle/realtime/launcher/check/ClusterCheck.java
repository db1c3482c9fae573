package io.socle.realtime.launcher.check;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The whole check of a cluster.
 *
 * @param topics names, with the suite's prefix
 * @param commands how many partitions the commands should have; empty: as many as they have
 * @param gateways how many gateways there are to be
 */
public record ClusterCheck(LogTopics topics, OptionalInt commands, int gateways) {
    /** Reads the cluster and tells what was found; throws Refusal with exit code 3 where it does not answer. */
    public Report run(Map<String, String> client) throws InterruptedException {
        return new Report(check(ClusterReader.read(client, topics)));
    }

    List<Finding> check(ClusterView view) {
        var fallback = TopicPlan.Counts.DEFAULT;
        int wanted = commands.orElse(view.partitions(topics.channelCommands(), fallback.commands()));
        int slots = view.partitions(topics.deliveries(), fallback.slots());
        var findings = new ArrayList<Finding>();
        findings.add(VersionCheck.check(view.metadataLevel()));
        var topicCheck = new TopicCheck(topics);
        for (var planned :
                TopicPlan.of(topics, new TopicPlan.Counts(wanted, slots)).topics()) {
            findings.addAll(topicCheck.check(planned, view.topic(planned.name())));
        }
        if (slots < gateways) {
            findings.add(Finding.critical(
                    topics.deliveries(),
                    "has " + slots + " partitions, and " + gateways + " gateways need one each",
                    "kafka-topics.sh --alter --topic " + topics.deliveries() + " --partitions " + gateways));
        }
        findings.addAll(ChangelogCheck.check(view, wanted));
        findings.addAll(ReplicationCheck.check(view));
        findings.addAll(BrokerCheck.check(view));
        return findings;
    }
}
