package io.socle.realtime.launcher.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What runs on a data folder, as its supervisor last wrote it down; read by {@code status} and {@code down}, and by
 * whoever cleans up after a supervisor that was killed.
 *
 * @param phase of the whole suite
 * @param gatewayUrls where clients connect
 * @param supervisor the process that keeps the others
 * @param processes the others
 */
public record RunState(Phase phase, List<String> gatewayUrls, Entry supervisor, List<Entry> processes) {
    /** How far the suite is. */
    public enum Phase {
        STARTING,
        READY,
        STOPPING
    }

    /** How far one process is. */
    public enum Progress {
        STARTING,
        READY,
        DOWN
    }

    /**
     * One process.
     *
     * @param pid process id, 0 where none is running
     * @param startMillis when it started, which tells it from a later process with the same id
     * @param port the main port
     * @param health address that answers 200 when it is ready, or - where there is none
     */
    public record Entry(String name, long pid, long startMillis, int port, Progress progress, String health) {}

    public RunState {
        gatewayUrls = List.copyOf(gatewayUrls);
        processes = List.copyOf(processes);
    }

    void write(Path file) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("suite\t" + phase + "\t" + String.join(" ", gatewayUrls));
        lines.add(line(supervisor));
        processes.forEach(entry -> lines.add(line(entry)));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, lines, StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(Entry entry) {
        return "%s\t%d\t%d\t%d\t%s\t%s"
                .formatted(
                        entry.name(), entry.pid(), entry.startMillis(), entry.port(), entry.progress(), entry.health());
    }

    /** What the file says, or empty where there is none; throws IOException where it is no such file. */
    public static Optional<RunState> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            String[] suite = lines.getFirst().split("\t", -1);
            var entries = lines.stream().skip(1).map(RunState::entry).toList();
            List<String> urls = suite[2].isEmpty() ? List.of() : List.of(suite[2].split(" "));
            return Optional.of(new RunState(
                    Phase.valueOf(suite[1]), urls, entries.getFirst(), entries.subList(1, entries.size())));
        } catch (RuntimeException e) {
            throw new IOException(file + " is damaged", e);
        }
    }

    private static Entry entry(String line) {
        String[] fields = line.split("\t", -1);
        return new Entry(
                fields[0],
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Integer.parseInt(fields[3]),
                Progress.valueOf(fields[4]),
                fields[5]);
    }
}
