package io.socle.realtime.launcher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at those settings of brokers that the services depend on. */
final class BrokerCheck {
    /** The default of realtime.streams.session-timeout, which is also how long transactions of channel-service live. */
    private static final long SESSION_TIMEOUT_MS = 6_000;

    private static final String CLEANUP_INTERVAL = "transaction.abort.timed.out.transaction.cleanup.interval.ms";
    private static final long CLEANUP_INTERVAL_MS = 2_000;

    private final ClusterView view;
    private final List<Finding> findings = new ArrayList<>();

    private BrokerCheck(ClusterView view) {
        this.view = view;
    }

    static List<Finding> check(ClusterView view) {
        var check = new BrokerCheck(view);
        if (view.brokers().isEmpty()) {
            return List.of(Finding.warning(
                    "brokers", "their settings may not be read", "allow DescribeConfigs on the cluster"));
        }
        view.brokers().forEach(check::broker);
        return List.copyOf(check.findings);
    }

    private void broker(String id, Map<String, String> config) {
        String subject = "broker " + id;
        int before = findings.size();
        if (config.getOrDefault("auto.create.topics.enable", "false").equals("true")) {
            findings.add(Finding.warning(
                    subject,
                    "auto.create.topics.enable is true, so a service that starts too early makes topics that are not as"
                            + " planned",
                    "set it to false"));
        }
        timeouts(subject, config);
        ownTopic(subject, config, ClusterView.TRANSACTIONS, "transaction.state.log");
        ownTopic(subject, config, ClusterView.OFFSETS, "offsets.topic");
        if (findings.size() == before) {
            findings.add(Finding.ok(
                    subject,
                    "settings fit; message.max.bytes is " + config.get("message.max.bytes")
                            + ", and each topic sets its own"));
        }
    }

    private void timeouts(String subject, Map<String, String> config) {
        atLeast(subject, config, "transaction.max.timeout.ms", SESSION_TIMEOUT_MS);
        atLeast(subject, config, "group.max.session.timeout.ms", SESSION_TIMEOUT_MS);
        long least = number(config, "group.min.session.timeout.ms", 0);
        if (least > SESSION_TIMEOUT_MS) {
            findings.add(Finding.critical(
                    subject,
                    "group.min.session.timeout.ms is " + least + ", so channel-service is refused",
                    "set it to " + SESSION_TIMEOUT_MS + " or less, or raise realtime.streams.session-timeout"));
        }
        long cleanup = number(config, CLEANUP_INTERVAL, 0);
        if (cleanup > CLEANUP_INTERVAL_MS) {
            findings.add(Finding.warning(
                    subject,
                    CLEANUP_INTERVAL + " is " + cleanup + ", so the channels of an owner that died may pause by as much"
                            + " longer",
                    "set it to 1000"));
        }
    }

    private void atLeast(String subject, Map<String, String> config, String key, long least) {
        long value = number(config, key, least);
        if (value < least) {
            findings.add(Finding.critical(
                    subject,
                    key + " is " + value + ", so channel-service is refused",
                    "set it to " + least + " or more"));
        }
    }

    /** A topic of Kafka's own is made at its first use, which fails where there are not as many brokers as replicas. */
    private void ownTopic(String subject, Map<String, String> config, String topic, String settings) {
        long replicas = number(config, settings + ".replication.factor", 1);
        if (view.topic(topic).isEmpty() && replicas > view.brokerCount()) {
            findings.add(Finding.critical(
                    subject,
                    "%s.replication.factor is %d, and brokers there are %d, so %s cannot be made"
                            .formatted(settings, replicas, view.brokerCount(), topic),
                    "start more brokers, or lower it for a trial"));
        }
    }

    private static long number(Map<String, String> config, String key, long otherwise) {
        return Long.parseLong(config.getOrDefault(key, Long.toString(otherwise)));
    }
}
