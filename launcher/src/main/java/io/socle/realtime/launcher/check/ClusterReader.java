package io.socle.realtime.launcher.check;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.server.common.MetadataVersion;

/** Looks at a cluster through Kafka's admin protocol; changes nothing. */
final class ClusterReader {
    /** Monitoring gives a check 10 s or little more. */
    private static final int LIMIT_MILLIS = 8_000;

    private final Admin admin;
    private final LogTopics topics;

    private ClusterReader(Admin admin, LogTopics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /**
     * What is there now.
     *
     * @param client configuration of Kafka's client, with bootstrap servers
     * @param topics names of the suite's topics
     * @throws Refusal with exit code 3 where the cluster does not answer
     */
    static ClusterView read(Map<String, String> client, LogTopics topics) throws InterruptedException {
        Map<String, Object> config = new HashMap<>(client);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS / 2);
        try (Admin admin = Admin.create(config)) {
            return new ClusterReader(admin, topics).read();
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw new Refusal(
                    ExitCode.NOT_REACHED,
                    "Kafka at " + client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG) + " cannot be checked: "
                            + reason(e) + ".");
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return "no answer within " + LIMIT_MILLIS / 1000 + " s";
        }
        // Kafka's own exceptions say "Failed to create new KafkaAdminClient" and the reason one deeper.
        Throwable deepest = cause.getCause() == null ? cause : cause.getCause();
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    private ClusterView read() throws InterruptedException, ExecutionException, TimeoutException {
        Collection<Node> nodes = get(admin.describeCluster().nodes());
        return new ClusterView(topics(), nodes.size(), brokers(nodes), metadataLevel());
    }

    private Map<String, ClusterView.Topic> topics() throws InterruptedException, ExecutionException, TimeoutException {
        var names = get(admin.listTopics(new ListTopicsOptions().listInternal(true))
                        .names())
                .stream()
                .filter(this::matters)
                .toList();
        var descriptions = get(admin.describeTopics(names).allTopicNames());
        var configs = configs(ConfigResource.Type.TOPIC, names);
        return descriptions.values().stream()
                .map(description -> topic(description, configs.getOrDefault(description.name(), Map.of())))
                .collect(Collectors.toMap(ClusterView.Topic::name, topic -> topic));
    }

    /** Planned, of Kafka Streams, or one of Kafka's own that the services use; a cluster may have many others. */
    private boolean matters(String name) {
        boolean changelog = name.startsWith(topics.prefix()) && name.endsWith(ClusterView.CHANGELOG);
        return topics.all().contains(name) || changelog || ClusterView.OWN.contains(name);
    }

    private static ClusterView.Topic topic(TopicDescription description, Map<String, String> config) {
        var partitions =
                description.partitions().stream().map(ClusterReader::partition).toList();
        return new ClusterView.Topic(description.name(), partitions, config);
    }

    private static ClusterView.Partition partition(TopicPartitionInfo info) {
        boolean led = info.leader() != null && !info.leader().isEmpty();
        return new ClusterView.Partition(info.replicas().size(), info.isr().size(), led);
    }

    private Map<String, Map<String, String>> brokers(Collection<Node> nodes)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return configs(
                    ConfigResource.Type.BROKER,
                    nodes.stream().map(Node::idString).toList());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return Map.of();
            }
            throw e;
        }
    }

    private Map<String, Map<String, String>> configs(ConfigResource.Type type, List<String> names)
            throws InterruptedException, ExecutionException, TimeoutException {
        var resources =
                names.stream().map(name -> new ConfigResource(type, name)).toList();
        return get(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), entry -> values(entry.getValue())));
    }

    /** Secrets have no value here. */
    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, entry -> Objects.requireNonNull(entry.value())));
    }

    private OptionalInt metadataLevel() throws InterruptedException, ExecutionException, TimeoutException {
        try {
            var features = get(admin.describeFeatures().featureMetadata()).finalizedFeatures();
            var range = features.get(MetadataVersion.FEATURE_NAME);
            return range == null ? OptionalInt.empty() : OptionalInt.of(range.maxVersionLevel());
        } catch (ExecutionException e) {
            // A broker that does not know the question is too old to have the feature.
            if (e.getCause() instanceof UnsupportedVersionException) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }
}
