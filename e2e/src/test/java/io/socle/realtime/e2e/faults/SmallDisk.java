package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A file system in memory that is just large enough for a suite; only root may make one. */
final class SmallDisk implements AutoCloseable {
    /** A folder of that name among the data of suites. */
    static final String NAME = "small-disk";

    /** A suite wants 256 MB of free space to start. */
    private static final String SIZE = "size=420m";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path folder = Commands.TARGET.resolve(NAME);

    private SmallDisk() {}

    static SmallDisk mount() {
        var disk = new SmallDisk();
        try {
            Files.createDirectories(disk.folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(List.of("mount", "-t", "tmpfs", "-o", SIZE, "realtime-faults", disk.folder.toString()));
        return disk;
    }

    private static void run(List<String> command) {
        var result = Commands.run(LIMIT, command);
        if (result.exitCode() != 0) {
            throw new AssertionError(command + ": " + result);
        }
    }

    @Override
    public void close() {
        run(List.of("umount", folder.toString()));
    }
}
