package io.socle.realtime.e2e.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs commands as a person would, each with a time limit. */
public final class Commands {
    /** The folder that has the built artifacts. */
    public static final Path ROOT =
            Path.of(System.getProperty("realtime.root", "..")).toAbsolutePath().normalize();

    /** Scratch space of this run. */
    public static final Path TARGET = Path.of("target", "e2e").toAbsolutePath();

    private Commands() {}

    /** How a command ended. */
    public record Result(int exitCode, String out, String err) {
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /**
     * The command line of the launcher as the script {@code ./realtime} calls it. The script itself would first look
     * whether something is to be built, which is the business of the build that runs these tests.
     */
    public static List<String> launcher(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        Path target = ROOT.resolve("launcher").resolve("target");
        command.addAll(List.of("-Drealtime.root=" + ROOT, "-cp"));
        command.add(target.resolve("launcher.jar") + ":" + target.resolve("lib") + "/*");
        command.add("io.socle.realtime.launcher.Main");
        command.addAll(List.of(arguments));
        return command;
    }

    /** The script itself; only for commands that build nothing. */
    public static List<String> script(String... arguments) {
        return Stream.concat(Stream.of(ROOT.resolve("realtime").toString()), Stream.of(arguments))
                .toList();
    }

    public static Result run(Duration limit, List<String> command) {
        return run(limit, command, Map.of(), "");
    }

    /** Runs to the end; a command that takes longer than the limit is killed, and the test fails. */
    public static Result run(Duration limit, List<String> command, Map<String, String> environment, String input) {
        try {
            Files.createDirectories(TARGET);
            Path out = Files.createTempFile(TARGET, "command", ".out");
            Path err = Files.createTempFile(TARGET, "command", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            var result = new Result(ended ? process.exitValue() : -1, read(out), read(err));
            if (!ended) {
                throw new AssertionError(command + " did not end within " + limit + ": " + result);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command, e);
        }
    }

    private static String read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}
