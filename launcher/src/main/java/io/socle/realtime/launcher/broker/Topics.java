package io.socle.realtime.launcher.broker;

import io.socle.realtime.contracts.log.TopicPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates what a {@link TopicPlan} has and the cluster lacks. */
public final class Topics {
    private static final int LIMIT_SECONDS = 30;

    private Topics() {}

    /**
     * What was done.
     *
     * @param created names of topics that were missing
     * @param different sentences on topics whose partition count is not the plan's; left as they are, because a
     *     changed count moves channels to other owners
     */
    public record Outcome(List<String> created, List<String> different) {}

    /** Idempotent; throws IllegalStateException where the cluster does not answer within 30 s. */
    public static Outcome create(String bootstrapServers, TopicPlan plan) throws InterruptedException {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                LIMIT_SECONDS * 1000);
        try (Admin admin = Admin.create(config)) {
            var present = admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            var missing = plan.topics().stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            var existing = plan.topics().stream()
                    .filter(topic -> present.contains(topic.name()))
                    .toList();
            return new Outcome(create(admin, missing), differences(admin, existing));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka at " + bootstrapServers + " did not answer: " + reason(e), e);
        }
    }

    private static List<String> create(Admin admin, List<TopicPlan.Topic> missing)
            throws InterruptedException, ExecutionException, TimeoutException {
        var topics = missing.stream().map(Topics::newTopic).toList();
        var futures = admin.createTopics(topics).values();
        var created = new ArrayList<String>();
        for (var topic : missing) {
            try {
                var future = futures.get(topic.name());
                if (future != null) {
                    future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
                    created.add(topic.name());
                }
            } catch (ExecutionException e) {
                // Somebody else created it meanwhile: as good as ours.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return created;
    }

    private static NewTopic newTopic(TopicPlan.Topic topic) {
        // Replicas as the cluster makes them by default: one broker can have one only, and three should have three.
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty()).configs(topic.config());
    }

    private static List<String> differences(Admin admin, List<TopicPlan.Topic> existing)
            throws InterruptedException, ExecutionException, TimeoutException {
        var names = existing.stream().map(TopicPlan.Topic::name).toList();
        var found = admin.describeTopics(names).allTopicNames().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        var different = new ArrayList<String>();
        for (var topic : existing) {
            TopicDescription description = found.get(topic.name());
            if (description != null && description.partitions().size() != topic.partitions()) {
                different.add(topic.name() + " has " + description.partitions().size() + " partitions, planned are "
                        + topic.partitions());
            }
        }
        return different;
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
