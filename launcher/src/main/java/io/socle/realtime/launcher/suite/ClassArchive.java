package io.socle.realtime.launcher.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A JVM's archive of loaded classes beside a built module: it halves the CPU time of a start. A JVM ignores one that
 * does not fit its classes any more, so a missing or old one only costs time.
 */
enum ClassArchive {
    /** Start with the archive, where there is one. */
    USE,
    /** Write the archive when the process ends, which takes it some seconds. */
    WRITE;

    // What the JVM says of single classes that it cannot archive is of no use to anybody.
    private static final List<String> QUIET = List.of("-Xlog:disable", "-Xlog:all=error:stderr");

    /** Flags for the module that is built in this {@code target} folder. */
    List<String> flags(Path target) {
        Path file = target.resolve("classes.jsa");
        return switch (this) {
            case USE ->
                Files.exists(file)
                        ? List.of("-XX:SharedArchiveFile=" + file, QUIET.getFirst(), QUIET.getLast())
                        : List.of();
            case WRITE -> List.of("-XX:ArchiveClassesAtExit=" + file, QUIET.getFirst(), QUIET.getLast());
        };
    }
}
