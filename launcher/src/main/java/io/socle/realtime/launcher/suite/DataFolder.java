package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The folder that holds all data of one suite; a mark in it tells it from folders that are none of ours. */
public final class DataFolder {
    /** Less free space than this is refused at start: Kafka alone creates segments of some MB for each partition. */
    public static final long LEAST_FREE_BYTES = 256L * 1024 * 1024;

    private static final String MARK = ".realtime-data";
    private static final String MARK_TEXT = "Data of the realtime suite. Removed whole by: realtime up --fresh\n";

    private final Path path;

    public DataFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Held by the supervisor for its life; the system releases it however the supervisor ends. */
    public record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    public Path path() {
        return path;
    }

    public Path kafka() {
        return path.resolve("kafka");
    }

    /** Of one instance of a service that owns partitions, the first being 0. */
    public Path state(Part part, int instance) {
        String folder = part.label() + "-state";
        return path.resolve(instance == 0 ? folder : folder + "-" + instance);
    }

    public Path keys() {
        return path.resolve("keys");
    }

    public Path log() {
        return path.resolve("realtime.log");
    }

    public Path stateFile() {
        return path.resolve("suite.state");
    }

    /** Where the supervisor takes requests. */
    public Path controlSocket() {
        return path.resolve("control").resolve("socket");
    }

    /** Makes the folder, or takes one that has our mark or is empty; throws Refusal with the reason otherwise. */
    public void prepare(long leastFreeBytes) {
        try {
            Files.createDirectories(path);
            refuseForeign();
            Files.writeString(path.resolve(MARK), MARK_TEXT, StandardCharsets.UTF_8);
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < leastFreeBytes) {
                throw new Refusal("The data folder %s has %d MB of free space, and %d MB are needed."
                        .formatted(path, free >> 20, leastFreeBytes >> 20));
            }
        } catch (IOException e) {
            throw new Refusal("The data folder " + path + " cannot be written: " + describe(e) + ".");
        }
    }

    /** Takes the folder for one supervisor; throws Refusal where another has it. */
    public Lock lock() {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path.resolve("suite.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new Lock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // This very process holds it: told as below.
        } catch (IOException e) {
            throw new Refusal("The data folder " + path + " cannot be locked: " + describe(e) + ".");
        }
        close(channel);
        throw new Refusal("The data folder " + path + " is in use by a running suite; "
                + "stop it with `realtime down`, or choose another with --data.");
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot close the lock file", e);
        }
    }

    private void refuseForeign() throws IOException {
        if (Files.exists(path.resolve(MARK))) {
            return;
        }
        try (var children = Files.newDirectoryStream(path)) {
            if (children.iterator().hasNext()) {
                throw new Refusal("The folder " + path
                        + " has files that are not of this suite; choose an empty or new one with --data.");
            }
        }
    }

    /** Removes all data; throws Refusal where the folder is not one of ours. Links in it are removed, not followed. */
    public void wipe() {
        if (!Files.exists(path)) {
            return;
        }
        try {
            refuseForeign();
            Files.walkFileTree(path, new Remover(path));
        } catch (IOException e) {
            throw new Refusal("The data folder " + path + " cannot be removed: " + describe(e) + ".");
        }
    }

    private static String describe(IOException e) {
        String message = e.getMessage() == null ? "" : " " + e.getMessage();
        return e.getClass().getSimpleName().replace("Exception", "") + message;
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        private final Path top;

        Remover(Path top) {
            this.top = top;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            // The lock is ours while we wipe, and the mark must outlive a wipe that is cut short.
            if (!file.equals(top.resolve("suite.lock")) && !file.equals(top.resolve(MARK))) {
                Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!directory.equals(top)) {
                Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
