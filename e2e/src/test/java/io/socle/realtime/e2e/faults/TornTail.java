package io.socle.realtime.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Kills the broker, and before it is back leaves the beginning of a record batch behind the last whole one of every
 * segment that is being written: what a write leaves that a crash has cut off. Nothing acknowledged is touched.
 */
final class TornTail implements Fault {
    private static final int HEAD_BYTES = 61;

    @Override
    public String label() {
        return "torn-tail";
    }

    @Override
    public void strike(Arena arena) throws InterruptedException {
        long killed = arena.processes().pid("kafka");
        arena.processes().kill("kafka");
        for (Path segment : activeSegments(arena.suite().data().resolve("kafka"))) {
            tear(segment, arena);
        }
        arena.processes().awaitReady("kafka", killed);
    }

    /** The newest segment of each partition of the suite's topics that has something in it. */
    private static List<Path> activeSegments(Path kafka) {
        try (Stream<Path> partitions = Files.list(kafka)) {
            return partitions
                    .filter(folder -> folder.getFileName().toString().startsWith("rt."))
                    .map(TornTail::activeSegment)
                    .filter(segment -> segment.toFile().length() > 0)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path activeSegment(Path partition) {
        try (Stream<Path> files = Files.list(partition)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The head of a batch of version 2, whose length is more than what follows. */
    private static void tear(Path segment, Arena arena) {
        var torn = ByteBuffer.allocate(HEAD_BYTES + arena.random().nextInt(200));
        torn.putLong(Long.MAX_VALUE / 2).putInt(5_000).putInt(0).put((byte) 2);
        while (torn.hasRemaining()) {
            torn.put((byte) arena.random().nextInt());
        }
        try {
            Files.write(segment, torn.array(), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
