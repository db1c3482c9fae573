package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The processes of a suite, by the file in which its supervisor keeps what runs: reading it costs nothing, where asking
 * {@code realtime status} would start a JVM beside the load.
 */
final class SuiteProcesses {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);

    private final Suite suite;
    private final Set<Long> stopped = ConcurrentHashMap.newKeySet();

    SuiteProcesses(Suite suite) {
        this.suite = suite;
    }

    private record Row(String name, long pid, int port, String progress) {
        boolean isReady() {
            return progress.equals("READY")
                    && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    /** All but the supervisor. */
    private List<Row> rows() {
        try {
            return Files.readAllLines(suite.data().resolve("suite.state"), StandardCharsets.UTF_8).stream()
                    .skip(2)
                    .map(line -> line.split("\t", -1))
                    .map(fields ->
                            new Row(fields[0], Long.parseLong(fields[1]), Integer.parseInt(fields[3]), fields[4]))
                    .toList();
        } catch (NoSuchFileException e) {
            throw new AssertionError("the suite does not run\n" + suite.logTail(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Row row(String service) {
        return rows().stream()
                .filter(row -> row.name().equals(service))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the suite has no " + service));
    }

    /** The names of all instances of a service: one bare, or several with numbers. */
    List<String> instances(String service) {
        return rows().stream()
                .map(Row::name)
                .filter(name -> name.equals(service) || name.startsWith(service + "-"))
                .toList();
    }

    /** Where clients reach each gateway that the suite is to have, whether it runs at the moment or not. */
    List<Integer> gatewayPorts() {
        var gateways = instances("gateway");
        return rows().stream()
                .filter(row -> gateways.contains(row.name()))
                .map(Row::port)
                .toList();
    }

    /** The process id of a service; waits while it is between two lives. */
    long pid(String service) {
        return Awaitility.await(service + " to run")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> row(service).pid(), pid -> pid > 0);
    }

    /** Ends it with SIGKILL and returns when it is gone; the supervisor will start another. */
    void kill(String service) {
        var handle = ProcessHandle.of(pid(service));
        handle.ifPresent(ProcessHandle::destroyForcibly);
        Awaitility.await(service + " to be gone")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !handle.map(ProcessHandle::isAlive).orElse(false));
    }

    /** Takes all processor time from it; to the others it is silent, though its sockets stay. */
    void stop(String service) {
        long pid = pid(service);
        stopped.add(pid);
        signal("STOP", pid);
    }

    /** Lets everything run on that was stopped. */
    void resumeAll() {
        for (Long pid : stopped) {
            if (ProcessHandle.of(pid).isPresent()) {
                signal("CONT", pid);
            }
            stopped.remove(pid);
        }
    }

    private static void signal(String name, long pid) {
        var result = Commands.run(SIGNAL_LIMIT, List.of("/bin/sh", "-c", "kill -" + name + " " + pid));
        if (result.exitCode() != 0) {
            throw new AssertionError("kill -" + name + " " + pid + ": " + result);
        }
    }

    /** Returns when a process of the service is ready that is not the given one. */
    void awaitReady(String service, long otherThan) {
        await(service + " to be ready again", () -> {
            Row row = row(service);
            return row.pid() != otherThan && row.isReady();
        });
    }

    /** Returns when all are ready. */
    void awaitAllReady() {
        await("all to be ready again", () -> rows().stream().allMatch(Row::isReady));
    }

    private void await(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(rows() + "\n" + suite.logTail(), e);
        }
    }
}
