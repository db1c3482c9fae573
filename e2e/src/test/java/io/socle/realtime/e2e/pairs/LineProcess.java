package io.socle.realtime.e2e.pairs;

import io.socle.realtime.e2e.suite.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Clients that are commands: a reader prints a line for each message, a writer reads one. */
final class LineProcess implements Reader {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Process process;

    private LineProcess(Process process) {
        this.process = process;
    }

    static LineProcess reader(List<String> command) throws IOException {
        Path errors = Files.createTempFile(Files.createDirectories(Commands.TARGET), "reader", ".err");
        var reader = new LineProcess(
                new ProcessBuilder(command).redirectError(errors.toFile()).start());
        Thread.ofVirtual().start(reader::read);
        return reader;
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Closing the process breaks the pipe; what is missing shows in the lines.
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Writer writer(List<String> command) {
        return texts -> {
            var result = Commands.run(LIMIT, command, Map.of(), String.join("\n", texts) + "\n");
            if (result.exitCode() != 0) {
                throw new AssertionError(command.getFirst() + ": " + result);
            }
        };
    }

    @Override
    public List<String> texts() {
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
