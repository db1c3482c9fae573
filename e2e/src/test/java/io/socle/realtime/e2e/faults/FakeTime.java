package io.socle.realtime.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The library libfaketime, which gives a process another wall clock. It is looked for where Debian's package of that name
 * puts it, {@code /usr/lib/<machine>/faketime}.
 */
final class FakeTime {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String NAME = "faketime/libfaketimeMT.so.1";
    /** How soon a process sees that its clock was set: the library reads the file again after so long. */
    private static final Duration CACHE = Duration.ofSeconds(1);

    private FakeTime() {}

    static Optional<Path> library() {
        try (var folders = Files.list(LIBRARIES)) {
            return folders.map(folder -> folder.resolve(NAME))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * For a process whose clock is what a file says. The monotonic clock stays as it is, by the names that this setting has
     * in older and newer versions: the JVM waits by it.
     */
    static Map<String, String> environment(Path clock) {
        return Map.of(
                "LD_PRELOAD", library().orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE", clock.toString(),
                "FAKETIME_CACHE_DURATION", Long.toString(CACHE.toSeconds()),
                "DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }

    /** Sets the clock to so much before or after the right time, such as {@code -10m}. */
    static void set(Path clock, String by) {
        try {
            Files.writeString(clock, by + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
