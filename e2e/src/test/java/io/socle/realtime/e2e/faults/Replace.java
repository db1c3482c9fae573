package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * Every process is replaced by one of another version: first one of each service, so that both versions live together for a
 * while, then the rest. What is started is what the suite's root folder links to.
 *
 * @param version the root folder of a build
 */
record Replace(String label, Path version) implements Fault {
    static final List<String> MODULES =
            List.of("presence-service", "channel-service", "signaling-service", "gateway-service");

    private static final Duration TOGETHER = Duration.ofSeconds(8);

    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public void strike(Arena arena) throws InterruptedException {
        link(version);
        arena.suite().change("restart", "presence-0", "channel-0", "gateway-0");
        Arena.last(TOGETHER);
        arena.suite().change("restart", "presence-1", "channel-1", "signaling", "gateway-1", "gateway-2");
    }

    /** From now on processes are started of this version. */
    static void link(Path version) {
        try {
            for (String module : MODULES) {
                Path folder = Files.createDirectories(Commands.ROOT.resolve(module));
                Path next = folder.resolve("next");
                Files.deleteIfExists(next);
                Files.createSymbolicLink(next, version.resolve(module).resolve("target"));
                Files.move(next, folder.resolve("target"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
