package io.socle.realtime.contracts.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every Kafka topic that the suite needs, as it is to be created. Owners fail at start where a topic is missing, so
 * all are made before any service runs.
 *
 * @param topics in the order of {@link LogTopics#all()}
 */
public record TopicPlan(List<Topic> topics) {
    private static final long MAX_MESSAGE_BYTES = 2L * 1024 * 1024;
    private static final long DELIVERIES_BYTES = 256L * 1024 * 1024;

    /** How a changelog ages: Kafka's default lets what was deleted lie for as long as little is written. */
    public static final String COMPACTION_LAG = "max.compaction.lag.ms";

    /**
     * How the topics are configured that owners make themselves, to keep their state: a message of the largest size with its
     * attributes has to fit, and what was deleted is to be off the brokers' disks within hours (clause DEL-10).
     */
    public static final Map<String, String> CHANGELOG =
            Map.of("max.message.bytes", Long.toString(MAX_MESSAGE_BYTES), COMPACTION_LAG, millis(Duration.ofHours(6)));

    /**
     * One topic.
     *
     * @param partitions fixed at creation: a later change would move channels to other owners
     * @param config Kafka topic configuration; what is absent is the cluster's default
     */
    public record Topic(String name, int partitions, Map<String, String> config) {
        public Topic {
            if (partitions < 1) {
                throw new IllegalArgumentException("topic " + name + " needs at least one partition");
            }
            config = Map.copyOf(config);
        }
    }

    /**
     * How many partitions.
     *
     * @param commands of commands, reads and events, 1 or more; the most owner instances that can share the work
     * @param slots of deliveries, 1 or more; the most gateway nodes at a time
     */
    public record Counts(int commands, int slots) {
        public static final Counts DEFAULT = new Counts(8, 16);
    }

    public TopicPlan {
        topics = List.copyOf(topics);
    }

    public static TopicPlan of(LogTopics names, Counts counts) {
        int commands = counts.commands();
        return new TopicPlan(List.of(
                // Transit only: what is kept is in the owners' stores.
                new Topic(names.channelCommands(), commands, transit(Duration.ofHours(1))),
                new Topic(names.reads(), commands, transit(Duration.ofHours(1))),
                new Topic(names.presenceCommands(), commands, transit(Duration.ofHours(1))),
                new Topic(names.signalingCommands(), commands, transit(Duration.ofHours(1))),
                new Topic(names.deliveries(), counts.slots(), deliveries()),
                new Topic(names.nodes(), 1, transit(Duration.ofHours(1))),
                new Topic(names.control(), 1, config(Map.of("cleanup.policy", "compact"))),
                new Topic(names.events(), commands, config(Map.of("retention.ms", millis(Duration.ofDays(1))))),
                new Topic(names.parked(), 1, keeping(Duration.ofDays(7), Duration.ofDays(1)))));
    }

    private static Map<String, String> deliveries() {
        Map<String, String> config = transit(Duration.ofMinutes(10));
        config.put("retention.bytes", Long.toString(DELIVERIES_BYTES));
        // Kafka deletes whole segments only: small ones keep to the bound.
        config.put("segment.bytes", Long.toString(DELIVERIES_BYTES / 8));
        return config;
    }

    /** Log-append time, because owners take a record's time as their clock and a client's clock may lie. */
    private static Map<String, String> transit(Duration retention) {
        Map<String, String> config = keeping(retention, retention.dividedBy(2));
        config.put("message.timestamp.type", "LogAppendTime");
        return config;
    }

    /** Kafka deletes whole segments: without a limit of time one that fills slowly keeps its first records for a week. */
    private static Map<String, String> keeping(Duration retention, Duration segment) {
        return config(Map.of("retention.ms", millis(retention), "segment.ms", millis(segment)));
    }

    private static Map<String, String> config(Map<String, String> own) {
        Map<String, String> config = new TreeMap<>(own);
        config.put("max.message.bytes", Long.toString(MAX_MESSAGE_BYTES));
        return config;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
