package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a suite is now, looked at from outside.
 *
 * @param rows the supervisor first; empty where no suite runs
 * @param gatewayUrls where clients connect
 */
public record StatusReport(List<Row> rows, List<String> gatewayUrls) {
    private static final StatusReport NOTHING = new StatusReport(List.of(), List.of());
    private static final int CONNECT_MILLIS = 500;

    /** One process. */
    public record Row(String service, long pid, int port, String state, OptionalLong residentBytes) {
        boolean isReady() {
            return state.equals("ready");
        }
    }

    public StatusReport {
        rows = List.copyOf(rows);
        gatewayUrls = List.copyOf(gatewayUrls);
    }

    /** Looks at what the state file names; asks every process whether it is ready. */
    public static StatusReport of(DataFolder data) {
        try {
            return RunState.read(data.stateFile()).map(StatusReport::of).orElse(NOTHING);
        } catch (IOException e) {
            throw new Refusal("The state of the suite cannot be read: " + e.getMessage() + ".");
        }
    }

    /** Whether a supervisor runs on the folder. */
    static boolean supervisorRuns(DataFolder data) {
        try {
            return RunState.read(data.stateFile())
                    .flatMap(state -> Processes.find(state.supervisor()))
                    .isPresent();
        } catch (IOException e) {
            throw new Refusal("The state of the suite cannot be read: " + e.getMessage() + ".");
        }
    }

    private static StatusReport of(RunState state) {
        var entries = new ArrayList<RunState.Entry>(state.processes());
        entries.addFirst(state.supervisor());
        var rows = entries.stream().map(StatusReport::row).toList();
        // Only the dead are named: nothing runs.
        boolean allDead = rows.stream().allMatch(row -> row.state().equals("down"));
        return allDead ? NOTHING : new StatusReport(rows, state.gatewayUrls());
    }

    private static Row row(RunState.Entry entry) {
        if (Processes.find(entry).isEmpty()) {
            return new Row(entry.name(), 0, entry.port(), "down", OptionalLong.empty());
        }
        String state = answers(entry) ? "ready" : "not ready";
        return new Row(entry.name(), entry.pid(), entry.port(), state, Processes.residentBytes(entry.pid()));
    }

    private static boolean answers(RunState.Entry entry) {
        if (!entry.health().equals("-")) {
            return HealthCheck.isReady(URI.create(entry.health()));
        }
        if (entry.port() == 0) {
            return true;
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), entry.port()), CONNECT_MILLIS);
            return entry.progress() == RunState.Progress.READY;
        } catch (IOException e) {
            // Refused or too late: not ready is the whole answer.
            return false;
        }
    }

    public boolean isRunning() {
        return !rows.isEmpty();
    }

    public boolean allReady() {
        return isRunning() && rows.stream().allMatch(Row::isReady);
    }

    /** Lines of a table with headings, and the memory of all. */
    public List<String> table() {
        var lines = new ArrayList<String>();
        lines.add("%-12s %8s %6s  %-9s %7s".formatted("SERVICE", "PID", "PORT", "STATE", "RSS MB"));
        for (Row row : rows) {
            lines.add("%-12s %8s %6s  %-9s %7s"
                    .formatted(
                            row.service(),
                            row.pid() == 0 ? "-" : Long.toString(row.pid()),
                            row.port() == 0 ? "-" : Integer.toString(row.port()),
                            row.state(),
                            megabytes(row.residentBytes())));
        }
        long total =
                rows.stream().mapToLong(row -> row.residentBytes().orElse(0)).sum();
        lines.add("%-12s %8s %6s  %-9s %7s".formatted("total", "", "", "", megabytes(OptionalLong.of(total))));
        return lines;
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? Long.toString(bytes.getAsLong() >> 20) : "-";
    }
}
