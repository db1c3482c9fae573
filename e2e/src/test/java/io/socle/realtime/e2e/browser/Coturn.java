package io.socle.realtime.e2e.browser;

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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A coturn of the system's packages that shares a secret with the suite, on a free port of the loopback. */
final class Coturn implements AutoCloseable {
    private static final String PROGRAM = "/usr/bin/turnserver";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String secret = UUID.randomUUID().toString();
    private final int port = freePort();
    private final Path folder =
            Commands.TARGET.resolve("coturn-" + ProcessHandle.current().pid());
    private final Process process;

    Coturn() {
        try {
            Files.createDirectories(folder);
            Path configuration = folder.resolve("turnserver.conf");
            Files.writeString(configuration, configuration());
            process = new ProcessBuilder(PROGRAM, "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("turnserver.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stop-coturn"));
        Awaitility.await("coturn to listen").atMost(LIMIT).until(this::listens);
    }

    private String configuration() {
        return """
                listening-ip=127.0.0.1
                listening-port=%d
                relay-ip=127.0.0.1
                use-auth-secret
                static-auth-secret=%s
                realm=realtime.test
                allow-loopback-peers
                no-tls
                no-dtls
                no-cli
                log-file=stdout
                pidfile=%s
                userdb=%s
                """.formatted(
                        port,
                        secret,
                        folder.resolve("turnserver.pid").toAbsolutePath(),
                        folder.resolve("turn.sqlite").toAbsolutePath());
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String secret() {
        return secret;
    }

    String url() {
        return "turn:127.0.0.1:" + port + "?transport=udp";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
