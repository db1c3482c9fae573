package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts a supervisor that outlives this process and its terminal, and waits until its suite is ready. */
public final class Detached {
    private static final long POLL_MILLIS = 200;

    private final SuiteSettings settings;
    private final DataFolder data;

    public Detached(SuiteSettings settings) {
        this.settings = settings;
        this.data = new DataFolder(settings.data());
    }

    /** Returns when all are ready; throws Refusal with the supervisor's own sentence where it gave up. */
    public void start(List<String> arguments, PrintStream progress) throws IOException, InterruptedException {
        Path output = data.path().resolve("supervisor.out");
        Process supervisor = launch(arguments, output.toFile());
        Set<String> told = new HashSet<>();
        while (true) {
            var state = RunState.read(data.stateFile())
                    .filter(written -> written.supervisor().pid() == supervisor.pid());
            state.ifPresent(written -> tell(written, told, progress));
            if (state.isPresent() && state.get().phase() == RunState.Phase.READY) {
                return;
            }
            if (supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new Refusal(lastLine(output));
            }
        }
    }

    private static void tell(RunState state, Set<String> told, PrintStream progress) {
        for (var entry : state.processes()) {
            if (entry.progress() == RunState.Progress.READY && told.add(entry.name())) {
                progress.println(entry.name() + " is ready on port " + entry.port());
            }
        }
    }

    private Process launch(List<String> arguments, File output) throws IOException {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "realtime"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx48m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Drealtime.root=" + settings.root());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.socle.realtime.launcher.Main"));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    private String lastLine(Path output) throws IOException {
        var lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        return lines.isEmpty()
                ? "The suite ended while it was starting; see " + data.log() + "."
                : lines.getLast().replaceFirst("^realtime: ", "");
    }
}
