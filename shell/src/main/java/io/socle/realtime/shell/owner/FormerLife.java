package io.socle.realtime.shell.owner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is left in the group of a process that died, under the same instance id. Without it the others take its partitions
 * at once, with the copies that they have; with it the group would wait for its session to end, or give the partitions to
 * the new process, which has to restore them from the beginning.
 */
final class FormerLife {
    private static final Logger LOG = Logger.getLogger(FormerLife.class);
    private static final int ANSWER_SECONDS = 5;
    private static final Pattern PROCESS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private FormerLife() {}

    /**
     * Ends what it has begun, and takes it out of the group; whoever left in good order is not there any more, and nothing
     * happens. Until its last transaction has ended, nobody can take over.
     */
    static void leave(StreamsSettings settings) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
            var left = leave(admin, settings);
            endTransactions(admin, settings);
            left.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            LOG.info("A former life was still in the group, and has left it");
        } catch (ExecutionException | TimeoutException e) {
            // Nobody is there, or the group is not known yet; else its session ends by itself.
            LOG.debugf(e, "No former life was taken out of the group");
        }
    }

    /** Takes this instance out of the group, whatever it does now. */
    static KafkaFuture<Void> leave(Admin admin, StreamsSettings settings) {
        return admin.removeMembersFromConsumerGroup(
                        settings.applicationId(), new RemoveMembersFromConsumerGroupOptions(members(settings)))
                .all();
    }

    private static void endTransactions(Admin admin, StreamsSettings settings)
            throws InterruptedException, ExecutionException, TimeoutException {
        var begun = new ArrayList<String>();
        String own = transactions(settings);
        if (own != null) {
            var open = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
            admin.listTransactions(open).all().get(ANSWER_SECONDS, TimeUnit.SECONDS).stream()
                    .map(TransactionListing::transactionalId)
                    .filter(id -> id.startsWith(own))
                    .forEach(begun::add);
        }
        if (!begun.isEmpty()) {
            admin.fenceProducers(begun).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            LOG.infof("%d transactions of a former life have been ended", begun.size());
        }
    }

    /** What the names of its transactions begin with: Streams names them by the process, which it knows by a file. */
    private static @Nullable String transactions(StreamsSettings settings) {
        Path file =
                settings.stateDirectory().resolve(settings.applicationId()).resolve("kafka-streams-process-metadata");
        try {
            Matcher process = PROCESS.matcher(Files.readString(file));
            return process.find() ? settings.applicationId() + "-" + process.group() + "-" : null;
        } catch (IOException e) {
            // It has no former life here; at worst its transactions end by themselves.
            return null;
        }
    }

    /** Streams numbers the consumers of its threads. */
    private static List<MemberToRemove> members(StreamsSettings settings) {
        return IntStream.rangeClosed(1, settings.threads())
                .mapToObj(thread -> new MemberToRemove(settings.instanceId() + "-" + thread))
                .toList();
    }
}
