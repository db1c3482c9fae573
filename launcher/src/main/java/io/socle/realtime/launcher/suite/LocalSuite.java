package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.broker.EmbeddedBroker;
import io.socle.realtime.launcher.exit.Refusal;
import io.socle.realtime.launcher.token.DevelopmentKeys;
import io.socle.realtime.launcher.token.DevelopmentTokens;
import io.socle.realtime.launcher.token.TokenRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole suite on this machine: its checks before the start, its run, and its end. */
public final class LocalSuite {
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration CACHE_LIMIT = Duration.ofMinutes(5);
    private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(30);

    private final SuiteSettings settings;
    private final DataFolder data;
    private final Services services;
    private final String selection;

    /** The selection is what a person adds to a command to mean this suite. */
    public LocalSuite(SuiteSettings settings, String selection) {
        this.settings = settings;
        this.data = new DataFolder(settings.data());
        this.services = new Services(settings, data);
        this.selection = selection;
    }

    /** What can be refused before a detached supervisor is started; the supervisor checks again, under its lock. */
    public static void refuseEarly(SuiteSettings settings) throws InterruptedException {
        var data = new DataFolder(settings.data());
        data.prepare(DataFolder.LEAST_FREE_BYTES);
        try (var _ = takeOver(data)) {
            PortCheck.refuseTaken(new Services(settings, data).allPorts());
        } catch (IOException e) {
            throw new Refusal("The data folder cannot be released: " + e.getMessage() + ".");
        }
    }

    /** Runs until it is told to stop by a signal; returns whether it had become ready. */
    public boolean run(boolean fresh, boolean toTerminal, boolean colour) throws InterruptedException {
        data.prepare(DataFolder.LEAST_FREE_BYTES);
        try (var _ = takeOver(data)) {
            if (fresh) {
                data.wipe();
            }
            PortCheck.refuseTaken(services.allPorts());
            DevelopmentKeys.openOrMake(data.keys());
            return supervise(toTerminal ? System.out : null, colour);
        } catch (IOException e) {
            throw new Refusal("The data folder " + data.path() + " cannot be written: " + e.getMessage() + ".");
        }
    }

    /** Locks the folder, and ends what a supervisor that was killed has left behind. */
    private static DataFolder.Lock takeOver(DataFolder data) throws InterruptedException {
        long end = System.nanoTime() + LEFTOVER_LIMIT.toNanos();
        while (true) {
            try {
                var lock = data.lock();
                new Reaper(data).endLeftovers();
                return lock;
            } catch (Refusal e) {
                // The clean-up after a killed supervisor holds the lock for some seconds: wait for that one only.
                if (StatusReport.supervisorRuns(data) || System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    /** What the suite is to do between its start and its end. */
    @FunctionalInterface
    public interface Practice {
        void run() throws IOException, InterruptedException;
    }

    /** Runs the suite once, from start to end, so that each of its processes writes its cache of classes and profiles. */
    public void writeAotCaches(Practice practice) throws InterruptedException {
        data.prepare(DataFolder.LEAST_FREE_BYTES);
        try (var _ = takeOver(data);
                var log = new MergedLog(null, false, data.log())) {
            data.wipe();
            PortCheck.refuseTaken(services.allPorts());
            DevelopmentKeys.openOrMake(data.keys());
            var supervisor = new Supervisor(plan(new Services(settings, data, AotCache.WRITE), CACHE_LIMIT), log);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(supervisor), "stop"));
            try {
                if (supervisor.start()) {
                    practice.run();
                }
            } finally {
                supervisor.stop();
            }
        } catch (IOException e) {
            throw new Refusal("The data folder " + data.path() + " cannot be written: " + e.getMessage() + ".");
        }
    }

    private boolean supervise(@Nullable PrintStream terminal, boolean colour) throws IOException, InterruptedException {
        try (var log = new MergedLog(terminal, colour, data.log())) {
            var supervisor = new Supervisor(plan(services, STOP_LIMIT), log);
            var end = new Thread(() -> stopOnSignal(supervisor), "stop");
            Runtime.getRuntime().addShutdownHook(end);
            boolean ready = supervisor.start();
            if (ready) {
                log.plain(welcome(settings, selection));
            }
            supervisor.awaitStopped();
            return ready;
        }
    }

    private static void stopOnSignal(Supervisor supervisor) {
        try {
            supervisor.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Supervisor.Plan plan(Services specs, Duration stopLimit) {
        String classPath = System.getProperty("java.class.path");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var cleanUp = List.of(
                java,
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                "io.socle.realtime.launcher.Main",
                "down",
                "--data",
                data.path().toString());
        return new Supervisor.Plan(
                data,
                settings.root(),
                settings::gatewayUrl,
                specs.broker(classPath),
                counts -> specs.services(EmbeddedBroker.clusterId(data.kafka()), counts),
                settings.instances(),
                cleanUp,
                stopLimit);
    }

    /** What a person reads when the suite is ready, with a token of its development key. */
    public static String welcome(SuiteSettings settings, String selection) {
        try {
            var keys = DevelopmentKeys.openOrMake(new DataFolder(settings.data()).keys());
            var request = TokenRequest.everything("developer", TOKEN_LIFE);
            return Welcome.text(settings, DevelopmentTokens.sign(keys, request, Instant.now()), selection);
        } catch (IOException e) {
            throw new Refusal("The development key cannot be used: " + e.getMessage() + ".");
        }
    }
}
