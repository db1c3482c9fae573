package io.socle.realtime.e2e.pairs;

import io.socle.realtime.e2e.suite.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** mqtt.js of npm. */
final class Node {
    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(2);

    private static final Path FOLDER = Commands.TARGET.resolve("node-mqtt");

    private Node() {}

    /** Puts the client and its script where the other methods find them. */
    static void install() throws IOException {
        Files.createDirectories(FOLDER);
        try (var script = Node.class.getResourceAsStream("/mqtt.cjs")) {
            Files.copy(Objects.requireNonNull(script), FOLDER.resolve("mqtt.cjs"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(FOLDER.resolve("node_modules").resolve("mqtt"))) {
            var installed = Commands.run(
                    INSTALL_LIMIT,
                    List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", FOLDER.toString(), "mqtt@5.16.0"));
            if (installed.exitCode() != 0) {
                throw new AssertionError("npm: " + installed);
            }
        }
    }

    private static List<String> command(String mode, String version, Place at) {
        return List.of(
                "node",
                FOLDER.resolve("mqtt.cjs").toString(),
                mode,
                "mqtt://127.0.0.1:" + at.mqttPort(),
                version,
                Integer.toString(at.qos()),
                at.channel(),
                at.token());
    }

    /** The version is 4, which is 3.1.1, or 5. */
    static Writer writer(String version, Place at) {
        return LineProcess.writer(command("pub", version, at));
    }

    static Reader reader(String version, Place at) throws IOException {
        return LineProcess.reader(command("sub", version, at));
    }
}
