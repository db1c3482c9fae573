package io.socle.realtime.e2e.bridge;

import io.socle.realtime.e2e.suite.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A Mosquitto of the system's packages, with a configuration and data of its own, on free ports of the loopback. */
final class Mosquitto implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path folder;
    private final int port = freePort();
    private final int closedPort = freePort();
    private final int tlsPort = freePort();
    private @Nullable Process process;

    Mosquitto(String name) {
        this.folder =
                Commands.TARGET.resolve(name + '-' + ProcessHandle.current().pid());
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets everybody in. */
    int port() {
        return port;
    }

    /** Lets nobody in. */
    int closedPort() {
        return closedPort;
    }

    /** TLS, with a certificate that {@link #certificate} alone vouches for. */
    int tlsPort() {
        return tlsPort;
    }

    Path certificate() {
        return folder.resolve("certificate.pem").toAbsolutePath();
    }

    String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    /** Returns when it accepts connections; what it has saved before is there. */
    void start() {
        try {
            Files.createDirectories(folder);
            if (!Files.exists(certificate())) {
                Certificates.make(folder, certificate(), key());
            }
            Path configuration = folder.resolve("mosquitto.conf");
            Files.write(configuration, configuration());
            process = new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("mosquitto.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Mosquitto is needed: apt-get install mosquitto", e);
        }
        Awaitility.await("Mosquitto").atMost(LIMIT).until(this::accepts);
    }

    private Path key() {
        return folder.resolve("key.pem").toAbsolutePath();
    }

    /** It saves at each change, so that little is lost with it that it has acknowledged; nothing for clients that are away is dropped. */
    private List<String> configuration() {
        return List.of(
                "per_listener_settings true",
                "persistence true",
                "persistence_location " + folder.toAbsolutePath() + "/",
                "autosave_interval 1",
                "autosave_on_changes true",
                "max_queued_messages 0",
                "max_inflight_messages 1000",
                "log_type all",
                "user root",
                "listener " + port + " 127.0.0.1",
                "allow_anonymous true",
                "listener " + closedPort + " 127.0.0.1",
                "allow_anonymous false",
                "listener " + tlsPort + " 127.0.0.1",
                "allow_anonymous true",
                "certfile " + certificate(),
                "keyfile " + key());
    }

    private boolean accepts() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it with SIGKILL. */
    void kill() {
        Process was = process;
        if (was != null) {
            was.destroyForcibly();
            await(was);
        }
    }

    private static void await(Process was) {
        try {
            if (!was.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Mosquitto does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            await(process);
        }
    }
}
