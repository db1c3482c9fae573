package io.socle.realtime.e2e.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's files, found from this module's folder. */
final class Project {
    static final List<String> SERVICES =
            List.of("gateway-service", "channel-service", "presence-service", "signaling-service");
    static final List<String> MODULES = Stream.concat(
                    Stream.of("contracts", "shell", "launcher", "bench"), SERVICES.stream())
            .toList();

    private Project() {}

    static Path root() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    static Path classes(String module) {
        return root().resolve(module).resolve("target/classes");
    }

    /** All Java sources, main and test. */
    static List<Path> sources() {
        return Stream.concat(MODULES.stream(), Stream.of("e2e"))
                .map(module -> root().resolve(module).resolve("src"))
                .flatMap(Project::javaFiles)
                .toList();
    }

    static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A package of tests may share the one of the package under test. */
    static Path packageInfo(Path folder) {
        Path own = folder.resolve("package-info.java");
        return Files.exists(own) ? own : Path.of(own.toString().replace("src/test/java", "src/main/java"));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
