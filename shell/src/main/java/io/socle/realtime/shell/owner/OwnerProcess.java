package io.socle.realtime.shell.owner;

import io.socle.realtime.shell.stream.SteadyReadiness;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The owners of this process: waits for Kafka, then owns partitions until it is closed. Safe for use by all threads. */
public final class OwnerProcess implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OwnerProcess.class);
    /** Longer than it takes until a process that has come to others is warm and most of its partitions have moved to it. */
    private static final Duration SETTLE = OwnerAssignor.AGAIN.multipliedBy(2).plusSeconds(5);
    /** What it owns before this time was nobody's, or another's that has just come too. */
    private static final Duration FIRST = Duration.ofSeconds(5);

    /** Longer than a commit takes. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Set<String> topics;
    private final StreamsSettings settings;
    private final Supplier<OwnerWork> opener;
    private final int threadReplacements;
    private final Runnable giveUp;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean failed = new AtomicBoolean();
    private final SteadyReadiness readiness = new SteadyReadiness(SteadyReadiness.BREAK, System::nanoTime);
    private final AtomicLong runningSince = new AtomicLong();
    private volatile @Nullable Running running;

    private record Running(KafkaStreams streams, OwnerWork work, HandOver handOver) {}

    /**
     * Makes it.
     *
     * @param topics that have to be there before it starts
     * @param opener opens what is to be done, when they are
     * @param threadReplacements how many processing threads may fail within ten minutes before it gives up
     * @param giveUp called once when only a new process can help
     */
    public OwnerProcess(
            Set<String> topics,
            StreamsSettings settings,
            Supplier<OwnerWork> opener,
            int threadReplacements,
            Runnable giveUp) {
        this.topics = Set.copyOf(topics);
        this.settings = settings;
        this.opener = opener;
        this.threadReplacements = threadReplacements;
        this.giveUp = giveUp;
    }

    /** Begins in a thread of its own: health answers while Kafka is still away. */
    public void start() {
        Thread.ofPlatform().name("owners-start").daemon().start(this::startWhenPossible);
    }

    private void startWhenPossible() {
        try {
            if (new TopicWait(settings.bootstrapServers(), topics).await(stopped)) {
                FormerLife.leave(settings);
                startStreams();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The service cannot start", e);
            fail();
        }
    }

    private synchronized void startStreams() {
        if (stopped.getCount() == 0) {
            return;
        }
        OwnerWork work = opener.get();
        HandOver handOver = new HandOver(work::beforeCommit);
        KafkaStreams streams = new KafkaStreams(work.topology(handOver::isAsked), settings.properties(), handOver);
        streams.setUncaughtExceptionHandler(new ThreadFailures(threadReplacements, System::nanoTime, this::fail));
        streams.setStateListener((now, before) -> follow(now));
        running = new Running(streams, work, handOver);
        streams.start();
        LOG.infof("Owning partitions as %s in group %s", settings.instanceId(), settings.applicationId());
    }

    private void fail() {
        failed.set(true);
        giveUp.run();
    }

    /**
     * A new instance beside others runs with nothing to own at first, and is given partitions when it is warm: whoever took
     * it as ready before would end the next one while this one is cold, or while partitions move.
     */
    private void follow(KafkaStreams.State now) {
        switch (now) {
            case RUNNING -> {
                runningSince.compareAndSet(0, System.nanoTime());
                readiness.becomeAfter(SETTLE);
            }
            case REBALANCING -> readiness.pause();
            default -> readiness.reset();
        }
    }

    /** Whether every partition of this process is restored and processed, but for the moments of a rebalance. */
    public boolean isReady() {
        Running open = running;
        if (open != null
                && open.streams().state() == KafkaStreams.State.RUNNING
                && isFirst()
                && ownsSome(open.streams())) {
            readiness.become(true);
        }
        return readiness.isReady();
    }

    private boolean isFirst() {
        return System.nanoTime() - runningSince.get() < FIRST.toNanos();
    }

    private static boolean ownsSome(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream()
                .anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    /** Whether the process is of no more use. */
    public boolean hasFailed() {
        Running open = running;
        return failed.get() || (open != null && open.streams().state() == KafkaStreams.State.ERROR);
    }

    /** What it does now, for people. */
    public String state() {
        Running open = running;
        return open == null ? "WAITING" : open.streams().state().name();
    }

    @Override
    public synchronized void close() {
        stopped.countDown();
        Running open = running;
        if (open != null) {
            leave(open);
            open.work().close();
        }
    }

    /** Whoever leaves for good says so, before it puts its state in order: the others need not wait. */
    private void leave(Running open) {
        Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()));
        try {
            if (open.handOver().rest(REST)) {
                LOG.info("Everything is committed; leaving the group");
                open.streams().close(Duration.ZERO);
                FormerLife.leave(admin, settings);
                open.handOver().release();
                open.streams().close(CLOSE);
                // It may have come back to finish a rebalance that was under way.
                FormerLife.leave(admin, settings);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Where Kafka is away, nobody is told, and its session ends by itself.
            admin.close(ANSWER);
        }
        open.handOver().release();
        open.streams().close(new KafkaStreams.CloseOptions().leaveGroup(true).timeout(CLOSE));
    }
}
