package io.socle.realtime.shell.owner;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/** Waits until Kafka answers and has the topics, because Streams ends where one is missing. */
final class TopicWait {
    private static final Logger LOG = Logger.getLogger(TopicWait.class);
    private static final int RETRY_MS = 500;
    private static final int ANSWER_SECONDS = 10;

    private final String bootstrapServers;
    private final Set<String> needed;
    private String lastSaid = "";

    TopicWait(String bootstrapServers, Set<String> needed) {
        this.bootstrapServers = bootstrapServers;
        this.needed = Set.copyOf(needed);
    }

    /** Answers true when all are there, false when {@code stopped} was counted down first. */
    boolean await(CountDownLatch stopped) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (!areThere(admin)) {
                if (stopped.await(RETRY_MS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
            return true;
        }
    }

    private boolean areThere(Admin admin) throws InterruptedException {
        try {
            Set<String> missing = new HashSet<>(needed);
            missing.removeAll(admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS));
            if (!missing.isEmpty()) {
                say("Waiting for the topics " + new TreeSet<>(missing));
            }
            return missing.isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            say("Waiting for Kafka at " + bootstrapServers);
            LOG.debugf(e, "Kafka does not answer");
            return false;
        }
    }

    private void say(String what) {
        if (!what.equals(lastSaid)) {
            LOG.info(what);
            lastSaid = what;
        }
    }
}
