package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.history.History;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its subscriptions up: when its link ends, is silent for two heartbeats (WS-6) or cannot be opened,
 * it opens another and goes on from its last cursor. A roaming one leaves by itself now and then, and changes the protocol.
 */
final class Reader implements Runnable {
    private static final Executor OPENING =
            task -> Thread.ofVirtual().name("opening").start(task);
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final String name;
    private final List<Checkpoint> checkpoints;
    private final List<Link.Opener> openers;
    private final Setting setting;
    private final Suite suite;
    private final boolean roams;
    private final Random random;
    private volatile boolean settles;
    private volatile boolean leaves;

    /** What all clients of a run share. */
    record Setting(String token, History history, Duration mostSilence, CountDownLatch over) {
        /** Returns after the time, or when the run is over. */
        boolean pause(Duration time) throws InterruptedException {
            return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        boolean isOver() {
            return over.getCount() == 0;
        }
    }

    Reader(
            String name,
            List<Checkpoint> checkpoints,
            List<Link.Opener> openers,
            boolean roams,
            Setting setting,
            Suite suite,
            Random random) {
        this.name = name;
        this.checkpoints = List.copyOf(checkpoints);
        this.openers = List.copyOf(openers);
        this.roams = roams;
        this.setting = setting;
        this.suite = suite;
        this.random = random;
    }

    List<Checkpoint> checkpoints() {
        return checkpoints;
    }

    /** From now on a roaming client stays. */
    void settle() {
        settles = true;
    }

    /** Ends the present link, and looks for another. */
    void leave() {
        leaves = true;
    }

    @Override
    public void run() {
        try {
            for (int visit = 0; !setting.isOver(); visit++) {
                visit(openers.get(visit % openers.size()));
                setting.pause(Duration.ofMillis(roams ? random.nextInt(200, 2_000) : random.nextInt(100, 400)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit(Link.Opener opener) throws InterruptedException {
        var inlet = new Inlet(setting.history(), name);
        Link link = null;
        try {
            link = open(opener, inlet);
            if (link != null) {
                stay(link, inlet);
            }
        } finally {
            inlet.close();
            if (link != null) {
                link.close();
            }
        }
    }

    /** Null where it cannot be opened in time; a link that opens later is closed at once. */
    private @Nullable Link open(Link.Opener opener, Inlet inlet) throws InterruptedException {
        var opening =
                CompletableFuture.supplyAsync(() -> opener.open(suite, setting.token(), checkpoints, inlet), OPENING);
        try {
            return opening.get(OPEN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            opening.thenAccept(Link::close);
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError error) {
                throw error;
            }
            // Refused or broken: another attempt will come.
            return null;
        }
    }

    private void stay(Link link, Inlet inlet) throws InterruptedException {
        leaves = false;
        long leave = System.nanoTime()
                + Duration.ofMillis(random.nextInt(2_000, 6_000)).toNanos();
        while (!link.isOver()
                && !inlet.isBroken()
                && !leaves
                && link.silence().compareTo(setting.mostSilence()) < 0
                && !(roams && !settles && System.nanoTime() > leave)) {
            if (setting.pause(LOOK)) {
                return;
            }
        }
    }
}
