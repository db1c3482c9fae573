package io.socle.realtime.channel.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.jboss.logging.Logger;

/**
 * What is left in the group of a process that died, under the same instance id. Without it the others take its partitions
 * at once, with the copies that they have; with it the group would wait for its session to end, or give the partitions to
 * the new process, which has to restore them from the beginning.
 */
final class FormerLife {
    private static final Logger LOG = Logger.getLogger(FormerLife.class);
    private static final int ANSWER_SECONDS = 5;

    private FormerLife() {}

    /** Takes it out of the group; whoever left in good order is not there any more, and nothing happens. */
    static void leave(StreamsSettings settings) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
            admin.removeMembersFromConsumerGroup(
                            settings.applicationId(), new RemoveMembersFromConsumerGroupOptions(members(settings)))
                    .all()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            LOG.info("A former life was still in the group, and has left it");
        } catch (ExecutionException | TimeoutException e) {
            // Nobody is there, or the group is not known yet; else its session ends by itself.
            LOG.debugf(e, "No former life was taken out of the group");
        }
    }

    /** Streams numbers the consumers of its threads. */
    private static List<MemberToRemove> members(StreamsSettings settings) {
        return IntStream.rangeClosed(1, settings.threads())
                .mapToObj(thread -> new MemberToRemove(settings.instanceId() + "-" + thread))
                .toList();
    }
}
