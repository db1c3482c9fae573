package io.socle.realtime.launcher.suite;

import java.nio.file.Path;
import java.util.List;

/**
 * A JVM's archive of loaded classes, which about halves the CPU time of a start. The JVM writes it at the end of its
 * first run, and again whenever it does not fit the classes or the JDK any more; it is never needed.
 */
final class ClassArchive {
    private ClassArchive() {}

    /** Flags to use and keep the archive of a module, given its {@code target} folder. */
    static List<String> flags(Path target) {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + target.resolve("classes.jsa"),
                // Says of each class that cannot be archived that it cannot.
                "-Xlog:disable",
                "-Xlog:all=error:stderr");
    }
}
