package io.socle.realtime.launcher.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What was seen of a cluster at one moment.
 *
 * @param topics by name: those of the suite, and Kafka's own that it uses
 * @param brokerCount how many brokers are up
 * @param brokers settings of each broker by its id; empty where they may not be read
 * @param metadataLevel level of the feature {@code metadata.version}; empty where the cluster has none
 */
record ClusterView(
        Map<String, Topic> topics,
        int brokerCount,
        Map<String, Map<String, String>> brokers,
        OptionalInt metadataLevel) {
    static final String TRANSACTIONS = "__transaction_state";
    static final String OFFSETS = "__consumer_offsets";
    /** Kafka's own topics that the services use. */
    static final List<String> OWN = List.of(TRANSACTIONS, OFFSETS);
    /** How names of topics end that hold the state of Kafka Streams. */
    static final String CHANGELOG = "-changelog";

    /**
     * One topic.
     *
     * @param config what is in effect, defaults included
     */
    record Topic(String name, List<Partition> partitions, Map<String, String> config) {
        Topic {
            partitions = List.copyOf(partitions);
            config = Map.copyOf(config);
        }

        int fewestReplicas() {
            return partitions.stream().mapToInt(Partition::replicas).min().orElse(0);
        }

        int number(String key, int otherwise) {
            return Integer.parseInt(config.getOrDefault(key, Integer.toString(otherwise)));
        }
    }

    /**
     * One partition.
     *
     * @param led whether it has a leader, without which it takes and gives nothing
     */
    record Partition(int replicas, int inSync, boolean led) {}

    ClusterView {
        topics = new TreeMap<>(topics);
        brokers = new TreeMap<>(brokers);
    }

    Optional<Topic> topic(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    /** How many partitions a topic has, or the other number where it is missing. */
    int partitions(String name, int otherwise) {
        return topic(name).map(topic -> topic.partitions().size()).orElse(otherwise);
    }
}
