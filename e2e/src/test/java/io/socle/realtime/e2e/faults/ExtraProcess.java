package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * One more process of a service, which no supervisor keeps: started as one of the suite's own was, with another number and
 * other ports, and whatever else is to be different.
 */
final class ExtraProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    /** The last one that the local broker has. */
    private static final int SLOT = 15;

    private static final AtomicInteger NUMBER = new AtomicInteger(100);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;

    private ExtraProcess(long model, Map<String, String> changes, Path log) {
        this.port = freePort();
        this.managementPort = freePort();
        this.log = log;
        var environment = new TreeMap<String, String>();
        for (String variable : strings(model, "environ")) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        environment.putAll(changes);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        var builder = new ProcessBuilder(strings(model, "cmdline"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one more of a service as its first instance was, but for the changes; it is somebody of its own. */
    static ExtraProcess start(Arena arena, String service, Map<String, String> changes) {
        long model = arena.processes().pid(arena.processes().instances(service).getFirst());
        var own = new TreeMap<>(changes);
        if (service.equals(Faults.GATEWAY)) {
            own.put("REALTIME_GATEWAY_SLOT", Integer.toString(SLOT));
            // None: the ports of the one that it is modelled on are in use.
            own.put("REALTIME_MQTT_PORT", "0");
            own.put("REALTIME_MQTT_WEBSOCKET_PORT", "0");
        } else {
            String id = service + "-" + NUMBER.incrementAndGet();
            own.put("REALTIME_INSTANCE_ID", id);
            own.put(
                    "REALTIME_STATE_DIR",
                    arena.suite().data().resolve("state-" + id).toString());
        }
        try {
            return new ExtraProcess(
                    model, own, Files.createTempFile(Commands.TARGET, "extra-" + service + "-", ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the kernel tells of a process: strings that end with a zero. */
    private static List<String> strings(long pid, String file) {
        try {
            var text = Files.readString(Path.of("/proc", Long.toString(pid), file), StandardCharsets.UTF_8);
            return new ArrayList<>(List.of(text.split("\0")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Returns when it takes part in the work, ready or not. */
    void awaitJoined() {
        await("the extra process to join", () -> log().contains("Owning partitions"));
    }

    /** Returns when it is ready. */
    void awaitReady() {
        await("the extra process to be ready", this::isReady);
    }

    private void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the extra process ended: " + log());
                    }
                })
                .until(condition);
    }

    private boolean isReady() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // It does not listen yet, or is too slow to count as ready.
            return false;
        }
    }

    private String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it in good order, as an operator would. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the extra process did not end within 20 s: " + log());
        }
    }
}
