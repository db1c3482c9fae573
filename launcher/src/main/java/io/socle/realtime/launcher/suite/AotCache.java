package io.socle.realtime.launcher.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A JVM's cache of loaded and linked classes and of what its compilers learnt (JEP 483, 514, 515) beside a built module: a
 * start takes less than half the time, and what follows is quick at once. One that is older than the module is not used,
 * because a JVM that must refuse it does without the JDK's own archive too.
 */
enum AotCache {
    /** Start with the cache, where there is one that fits. */
    USE,
    /** Write the cache when the process ends, which takes it some seconds. */
    WRITE;

    // What the JVM says of its caches, and of single classes that are in none, is of no use to anybody.
    private static final String QUIET = "-Xlog:disable";
    private static final String BUT_ERRORS = "-Xlog:all=error,cds*=off,aot*=off:stderr";

    /** Flags for a module that is built in this {@code target} folder with this jar. */
    List<String> flags(Path target, Path jar) {
        Path file = target.resolve("app.aot");
        return switch (this) {
            case USE -> fits(file, jar) ? List.of("-XX:AOTCache=" + file, QUIET, BUT_ERRORS) : List.of();
            case WRITE -> List.of("-XX:AOTCacheOutput=" + file, QUIET, BUT_ERRORS);
        };
    }

    private static boolean fits(Path file, Path jar) {
        try {
            return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            // It only saves time: without is as good.
            return false;
        }
    }
}
