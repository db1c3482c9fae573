package io.socle.realtime.contracts.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A committed file; its system property, given to the build with {@code -D<property>=true}, makes the test write it. */
public record Committed(Path file, String property) {
    /** Under src/test/resources/golden of this module, written by {@code -Dgolden.update=true}. */
    public static Committed golden(String name) {
        return new Committed(Path.of("src", "test", "resources", "golden").resolve(name), "golden.update");
    }

    /** Under docs/protocol, written by {@code -Ddocs.update=true}. */
    public static Committed document(String name) {
        return new Committed(Path.of("..", "docs", "protocol").resolve(name), "docs.update");
    }

    public void requireEqual(String present) {
        if (Boolean.getBoolean(property)) {
            write(present);
        }
        String committed = Files.exists(file) ? read() : "";
        if (!committed.equals(present)) {
            throw new AssertionError(
                    "%s is not what the code writes. Where the change is meant, run mvn -f contracts/pom.xml test -D%s=true and look at the difference. %s"
                            .formatted(file, property, difference(committed, present)));
        }
    }

    private static String difference(String committed, String present) {
        List<String> before = committed.lines().toList();
        List<String> now = present.lines().toList();
        int line = 0;
        while (line < before.size() && line < now.size() && before.get(line).equals(now.get(line))) {
            line++;
        }
        return "Line %d is committed as%n%s%nand written as%n%s"
                .formatted(
                        line + 1,
                        line < before.size() ? before.get(line) : "(the end)",
                        line < now.size() ? now.get(line) : "(the end)");
    }

    public String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
