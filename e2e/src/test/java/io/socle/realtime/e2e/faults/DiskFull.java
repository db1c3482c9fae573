package io.socle.realtime.e2e.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Fills the file system of the suite's data to the last byte for a while; only where that is a small one of its own. */
final class DiskFull implements Fault {
    private static final long MOST_BYTES = 2L << 30;
    private static final int PIECE_BYTES = 64 * 1024;

    @Override
    public String label() {
        return "disk-full";
    }

    @Override
    public Stage stage() {
        return Stage.SMALL_DISK;
    }

    @Override
    public void strike(Arena arena) throws InterruptedException {
        Path ballast = ballast(arena);
        fill(ballast);
        arena.lastBetween(Duration.ofSeconds(5), Duration.ofSeconds(12));
        heal(arena);
    }

    private static Path ballast(Arena arena) {
        return arena.suite().data().resolveSibling("ballast");
    }

    private static void fill(Path ballast) {
        try (var out = Files.newOutputStream(ballast)) {
            if (Files.getFileStore(ballast).getTotalSpace() > MOST_BYTES) {
                throw new IllegalStateException(ballast + " is on a file system that others use too");
            }
            // Ever smaller pieces, so that nothing is left.
            for (int piece = PIECE_BYTES; piece > 0; piece /= 16) {
                fill(out, new byte[piece]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(OutputStream out, byte[] piece) {
        try {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            // Full, which is what was wanted.
        }
    }

    @Override
    public void heal(Arena arena) {
        try {
            Files.deleteIfExists(ballast(arena));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
