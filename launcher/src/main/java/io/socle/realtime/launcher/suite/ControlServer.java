package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * Takes requests on a Unix-domain socket in a folder that only its owner may enter. A request is one line; the answer
 * is any number of lines {@code progress TEXT}, then {@code done SENTENCE} or {@code refused SENTENCE}.
 */
final class ControlServer implements AutoCloseable {
    static final String PROGRESS = "progress ";
    static final String DONE = "done ";
    static final String REFUSED = "refused ";

    private final Path socket;
    private final ServerSocketChannel server;
    private final Handler handler;

    /** Does what is asked, and returns a sentence on it; throws Refusal where it cannot be done. */
    @FunctionalInterface
    interface Handler {
        String apply(ControlRequest request, Consumer<String> progress) throws InterruptedException;
    }

    private ControlServer(Path socket, ServerSocketChannel server, Handler handler) {
        this.socket = socket;
        this.server = server;
        this.handler = handler;
    }

    /** Listens until it is closed; throws IOException where the file system has no such sockets. */
    static ControlServer open(Path socket, Handler handler) throws IOException {
        Path folder = socket.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(socket + " is in no folder");
        }
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        // Of a supervisor that was killed.
        Files.deleteIfExists(socket);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var control = new ControlServer(socket, server, handler);
        Thread.ofPlatform().daemon().name("control").start(control::accept);
        return control;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                // Whoever connects and says nothing holds up nobody but himself.
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed: the end of it.
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                var reader = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
                var writer = new PrintWriter(Channels.newWriter(client, StandardCharsets.UTF_8))) {
            String line = new LineReader(reader).next();
            if (line != null) {
                answer(line, writer);
            }
        } catch (IOException e) {
            // The client is gone, and with it the one who could be told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String line, PrintWriter writer) throws InterruptedException {
        try {
            say(writer, DONE, handler.apply(ControlRequest.parse(line), text -> say(writer, PROGRESS, text)));
        } catch (Refusal e) {
            say(writer, REFUSED, String.valueOf(e.getMessage()));
        }
    }

    private static void say(PrintWriter writer, String kind, String text) {
        writer.print(kind + text + "\n");
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
