package io.socle.realtime.e2e.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A running suite of real processes with its own data folder and ports, started as a person does, by {@code realtime up}.
 * Its supervisor starts a killed process again by itself. Safe for use by several threads.
 */
public final class Suite implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
    private static final Duration CHANGE_LIMIT = Duration.ofMinutes(6);
    private static final int ATTEMPTS = 3;
    private static final int TAIL_LINES = 40;
    /** Ports of the next gateway are this much higher. */
    private static final int GATEWAY_STEP = 10;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path data;
    private final int offset;
    private final boolean ours;
    private final Tokens tokens;
    private final IntSupplier gatewayPort;

    private Suite(Path data, int offset, boolean ours) {
        this(data, offset, ours, () -> 8080 + offset, new Tokens(data));
    }

    private Suite(Path data, int offset, boolean ours, IntSupplier gatewayPort, Tokens tokens) {
        this.data = data;
        this.ours = ours;
        this.offset = offset;
        this.gatewayPort = gatewayPort;
        this.tokens = tokens;
    }

    /** The same suite for clients that reach its gateway through a proxy on this port; closing it does nothing. */
    public Suite through(int port) {
        return through(() -> port);
    }

    /** As above, for clients that ask before each connection and each request where to go. */
    public Suite through(IntSupplier port) {
        return new Suite(data, offset, false, port, tokens);
    }

    /** A suite that somebody else has started and will stop: tests then only talk to it. */
    static Suite attach(Path data, int offset) {
        return new Suite(data, offset, false);
    }

    /**
     * Starts a suite and returns when all of it is ready.
     *
     * @param configuration keys and values of the services; they reach all four, and each takes those that it has
     */
    public static Suite start(String name, Map<String, String> configuration, String... flags) {
        for (int attempt = 1; ; attempt++) {
            Path data = Commands.TARGET.resolve(
                    "%s-%d-%d".formatted(name, ProcessHandle.current().pid(), NUMBER.incrementAndGet()));
            var suite = new Suite(data, Ports.freeOffset(), true);
            var result = suite.up(environment(configuration), flags);
            if (result.exitCode() == 0) {
                return suite;
            }
            // Somebody may have taken a port between our look and the start.
            if (attempt == ATTEMPTS || !result.err().contains("Already in use")) {
                throw new AssertionError("the suite did not start: " + result + "\n" + suite.logTail());
            }
        }
    }

    /** Every key can be set by an environment variable, and a service passes over those of the others. */
    private static Map<String, String> environment(Map<String, String> configuration) {
        return configuration.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"),
                        Map.Entry::getValue));
    }

    private Commands.Result up(Map<String, String> environment, String... flags) {
        long begun = System.nanoTime();
        var arguments = new ArrayList<>(List.of("up", "-d", "--fresh"));
        arguments.addAll(selection());
        arguments.addAll(List.of(flags));
        var stop = new Thread(this::close, "stop-suite");
        Runtime.getRuntime().addShutdownHook(stop);
        var result = Commands.run(START_LIMIT, Commands.launcher(arguments.toArray(String[]::new)), environment, "");
        System.out.printf("suite %s: up after %.1f s%n", data.getFileName(), (System.nanoTime() - begun) / 1e9);
        return result;
    }

    /** The options that select this suite on the command line. */
    public List<String> selection() {
        return List.of("--data", data.toString(), "--port-offset", Integer.toString(offset));
    }

    /** The folder that has all its data, and the supervisor's file of what runs. */
    public Path data() {
        return data;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** An address of the gateway. */
    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + gatewayPort() + path);
    }

    public URI webSocket() {
        return URI.create("ws://127.0.0.1:" + gatewayPort() + "/ws");
    }

    public int gatewayPort() {
        return gatewayPort.getAsInt();
    }

    /** The gateway's port for MQTT over TCP. */
    public int mqttPort() {
        return mqttPort(0);
    }

    /** The port for MQTT over TCP of a gateway by its number, from 0. */
    public int mqttPort(int gateway) {
        return 1883 + offset + GATEWAY_STEP * gateway;
    }

    /** The gateway's port for MQTT over WebSocket. */
    public int mqttWebSocketPort() {
        return 1884 + offset;
    }

    /** The port of the gateway's health and metrics. */
    public int managementPort() {
        return 9080 + offset;
    }

    /** The process id of {@code kafka}, {@code channel}, {@code gateway}, ...; empty while it is down. */
    public OptionalLong pid(String service) {
        return status().lines().stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns[0].equals(service) && columns[1].matches("\\d+"))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .findFirst();
    }

    public Commands.Result status() {
        return command("status");
    }

    /** Scales or restarts by {@code realtime}, and returns when that is done. */
    public void change(String command, String... words) {
        var result = command(CHANGE_LIMIT, command, words);
        if (result.exitCode() != 0) {
            throw new AssertionError(command + " " + List.of(words) + ": " + result + "\n" + logTail());
        }
    }

    private Commands.Result command(String name) {
        return command(COMMAND_LIMIT, name);
    }

    private Commands.Result command(Duration limit, String name, String... words) {
        var arguments = new ArrayList<>(List.of(name));
        arguments.addAll(List.of(words));
        arguments.addAll(selection());
        return Commands.run(limit, Commands.launcher(arguments.toArray(String[]::new)));
    }

    /** Ends a process with SIGKILL and returns when it is gone. */
    public void kill(String service) {
        kill(pid(service).orElseThrow(() -> new AssertionError(service + " does not run\n" + logTail())));
    }

    /** The same for who asked for the process id before, because to ask takes a second. */
    public void kill(long pid) {
        var handle = ProcessHandle.of(pid).orElseThrow();
        handle.destroyForcibly();
        Awaitility.await("process " + pid + " to be gone")
                .atMost(Duration.ofSeconds(10))
                .until(() -> !handle.isAlive());
    }

    /** Returns when the supervisor has started everything again and all is ready. */
    public void awaitReady(Duration limit) {
        Awaitility.await("the suite to be ready again")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> status().exitCode() == 0);
    }

    /** The merged log of all processes, whole. */
    public String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile(), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return data.resolve("realtime.log");
    }

    /** The end of the log, for failures. */
    public String logTail() {
        List<String> lines = log().lines().toList();
        return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()).stream()
                .collect(Collectors.joining("\n", "--- log of " + data.getFileName() + "\n", "\n---"));
    }

    /** Stops everything; safe to call twice. */
    @Override
    public void close() {
        if (ours && Files.exists(data.resolve("suite.state"))) {
            command("down");
        }
    }
}
