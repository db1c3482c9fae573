package io.socle.realtime.launcher.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at and ends processes that are known by id and start time, so that a reused id is never taken for ours. */
final class Processes {
    /** The kernel counts from boot in ticks, and the wall clock may have been set meanwhile. */
    private static final long START_TOLERANCE_MILLIS = 2_000;

    private Processes() {}

    static long startMillis(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The process that the entry means, if it still runs. */
    static Optional<ProcessHandle> find(RunState.Entry entry) {
        if (entry.pid() <= 0) {
            return Optional.empty();
        }
        return ProcessHandle.of(entry.pid())
                .filter(ProcessHandle::isAlive)
                .filter(handle -> Math.abs(startMillis(handle) - entry.startMillis()) <= START_TOLERANCE_MILLIS);
    }

    /** Asks it to end; after the limit, ends it. Returns whether it ended by itself. */
    static boolean end(ProcessHandle handle, Duration limit) throws InterruptedException {
        handle.destroy();
        if (awaitEnd(handle, limit)) {
            return true;
        }
        handle.destroyForcibly();
        awaitEnd(handle, limit);
        return false;
    }

    static boolean awaitEnd(ProcessHandle handle, Duration limit) throws InterruptedException {
        try {
            handle.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !handle.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + handle.pid(), e);
        }
    }

    /** Resident memory in bytes; empty where the system does not tell. */
    static OptionalLong residentBytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            // It ended meanwhile, or this is no Linux.
            return OptionalLong.empty();
        }
    }
}
