package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Commands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;

/** A real HAProxy before two gateways, with the configuration that the documentation gives as an example. */
final class HaProxy implements Way {
    /** Where Debian's package puts it, which is on the path of root only. */
    private static final File PROGRAM = new File("/usr/sbin/haproxy");

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final int port = freePort();
    private final Process process;

    HaProxy(List<Integer> gateways, List<Integer> healths) {
        if (!PROGRAM.canExecute()) {
            throw new AssertionError("HAProxy is missing and needed: apt-get install haproxy");
        }
        var builder = new ProcessBuilder(PROGRAM.getPath(), "-db", "-f", "deploy/haproxy/haproxy.cfg")
                .directory(Commands.ROOT.toFile())
                .inheritIO();
        builder.environment().put("FRONT", "127.0.0.1:" + port);
        for (int i = 0; i < gateways.size(); i++) {
            builder.environment().put("GATEWAY_" + i, "127.0.0.1:" + gateways.get(i));
            builder.environment().put("HEALTH_" + i, Integer.toString(healths.get(i)));
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("HAProxy to listen").atMost(LIMIT).until(this::listens);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            // Not yet.
            return false;
        }
    }

    @Override
    public IntSupplier forClient() {
        return () -> port;
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

    @Override
    public String toString() {
        return "HAProxy on " + port;
    }
}
