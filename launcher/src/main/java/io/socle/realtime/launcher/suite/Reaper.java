package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ends a suite from outside: through its supervisor, or process by process where the supervisor is gone. */
public final class Reaper {
    private static final Duration SUPERVISOR_LIMIT = Duration.ofMinutes(1);
    private static final Duration PROCESS_LIMIT = Duration.ofSeconds(15);

    private final DataFolder data;

    public Reaper(DataFolder data) {
        this.data = data;
    }

    /** Ends all that runs on the folder; returns how many processes that were. */
    public int end() throws InterruptedException {
        Optional<RunState> state = read();
        if (state.isEmpty()) {
            return 0;
        }
        var supervisor = Processes.find(state.get().supervisor());
        if (supervisor.isPresent()) {
            int running = 1 + alive(state.get()).size();
            Processes.end(supervisor.get(), SUPERVISOR_LIMIT);
            return running + endLeftovers();
        }
        return endLeftovers();
    }

    /** Ends what a supervisor that is gone left behind; returns how many processes that were. */
    public int endLeftovers() throws InterruptedException {
        Optional<RunState> state = read();
        if (state.isEmpty() || Processes.find(state.get().supervisor()).isPresent()) {
            return 0;
        }
        List<ProcessHandle> left = alive(state.get());
        // The broker is first in the list, and must be the last to go.
        left.stream().skip(1).forEach(ProcessHandle::destroy);
        for (ProcessHandle handle : left.reversed()) {
            Processes.end(handle, PROCESS_LIMIT);
        }
        deleteState();
        return left.size();
    }

    private static List<ProcessHandle> alive(RunState state) {
        return state.processes().stream()
                .map(Processes::find)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<RunState> read() {
        try {
            return RunState.read(data.stateFile());
        } catch (IOException e) {
            throw new Refusal("The state of the suite cannot be read: " + e.getMessage() + ".");
        }
    }

    private void deleteState() {
        try {
            Files.deleteIfExists(data.stateFile());
        } catch (IOException e) {
            throw new Refusal("The state of the suite cannot be removed: " + e.getMessage() + ".");
        }
    }
}
