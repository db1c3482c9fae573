package io.socle.realtime.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.socle.realtime.launcher.FreePort;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With real processes, small ones. */
@Timeout(120)
class SupervisorTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private DataFolder data = new DataFolder(Path.of("unset"));
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        data.prepare(0);
        port = FreePort.find();
    }

    @Test
    void starts_the_broker_first_and_ends_it_last_and_leaves_nothing() throws Exception {
        try (var log = log()) {
            var supervisor = new Supervisor(StandIn.plan(data.path(), port), log);
            assertThat(supervisor.start()).isTrue();
            var report = StatusReport.of(data);
            assertThat(report.allReady()).isTrue();
            assertThat(report.rows())
                    .extracting(StatusReport.Row::service)
                    .containsExactly("realtime", "kafka", "gateway");
            assertThat(report.table()).anyMatch(line -> line.startsWith("gateway") && line.contains("ready"));

            supervisor.stop();

            assertThat(report.rows().stream().skip(1))
                    .allMatch(row -> ProcessHandle.of(row.pid()).isEmpty());
        }
        assertThat(Files.readAllLines(data.path().resolve("ends"))).containsExactly("gateway", "kafka");
        assertThat(StatusReport.of(data).isRunning()).isFalse();
        assertThat(output()).containsSubsequence("kafka is ready after", "starting gateway", "gateway is ready after");
        assertThat(output()).contains("gateway   | gateway begins");
        assertThat(Files.readString(data.log())).contains("gateway   | gateway begins");
    }

    @Test
    void a_process_that_dies_is_started_again() throws Exception {
        try (var log = log()) {
            var supervisor = new Supervisor(StandIn.plan(data.path(), port), log);
            supervisor.start();
            for (String name : List.of("gateway", "kafka")) {
                long first = pid(name);
                ProcessHandle.of(first).orElseThrow().destroyForcibly();
                await().atMost(LIMIT).until(() -> pid(name) > 0 && pid(name) != first);
                assertThat(output()).contains(name + " ended with exit code 137; starting it again in 1 s");
            }
            supervisor.stop();
        }
    }

    @Test
    void a_service_that_never_gets_ready_ends_the_start_with_one_sentence() throws Exception {
        var bad = StandIn.gateway(port, data.path().resolve("ends"), 7);
        var plan = StandIn.plan(data.path(), port, _ -> List.of(bad));
        try (var log = log()) {
            assertThatThrownBy(() -> new Supervisor(plan, log).start())
                    .isInstanceOf(Refusal.class)
                    .hasMessage("gateway ended 3 times before it was ready; what it said is in " + data.log() + ".");
        }
        assertThat(StatusReport.of(data).isRunning()).isFalse();
        assertThat(Files.readAllLines(data.path().resolve("ends"))).containsExactly("kafka");
    }

    @Test
    void children_of_a_supervisor_that_was_killed_end_soon() throws Exception {
        Process supervisor = supervisedProcess();
        var rows = StatusReport.of(data).rows();

        supervisor.destroyForcibly().waitFor();

        await().atMost(LIMIT)
                .until(() -> rows.stream()
                        .noneMatch(row -> ProcessHandle.of(row.pid()).isPresent()));
        await().atMost(LIMIT).until(() -> !Files.exists(data.stateFile()));
    }

    @Test
    void down_ends_a_running_supervisor_and_all_that_it_keeps() throws Exception {
        Process supervisor = supervisedProcess();
        var rows = StatusReport.of(data).rows();

        assertThat(new Reaper(data).end()).isEqualTo(3);

        assertThat(supervisor.isAlive()).isFalse();
        assertThat(rows).noneMatch(row -> ProcessHandle.of(row.pid()).isPresent());
        assertThat(new Reaper(data).end()).isZero();
    }

    @Test
    void a_stale_state_file_never_ends_a_process_that_only_has_the_same_id() throws Exception {
        Process innocent = new ProcessBuilder("/bin/sleep", "60").start();
        try {
            long wrongStart = Processes.startMillis(innocent.toHandle()) - 60_000;
            var entry = new RunState.Entry("kafka", innocent.pid(), wrongStart, 1, RunState.Progress.READY, "-");
            var gone = new RunState.Entry("realtime", innocent.pid(), wrongStart, 0, RunState.Progress.READY, "-");
            new RunState(RunState.Phase.READY, List.of(), gone, List.of(entry)).write(data.stateFile());

            assertThat(StatusReport.of(data).isRunning()).isFalse();
            assertThat(new Reaper(data).end()).isZero();
            assertThat(innocent.isAlive()).isTrue();
            assertThat(data.stateFile()).doesNotExist();
        } finally {
            innocent.destroyForcibly();
        }
    }

    private Process supervisedProcess() throws IOException {
        Process supervisor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandIn.Supervised.class.getName(),
                        data.path().toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("supervisor.out").toFile())
                .start();
        await().atMost(LIMIT)
                .failFast("the supervisor ended", () -> !supervisor.isAlive())
                .until(() -> StatusReport.of(data).allReady()
                        && StatusReport.of(data).rows().size() == 3);
        return supervisor;
    }

    private MergedLog log() throws IOException {
        return new MergedLog(new PrintStream(terminal, true, StandardCharsets.UTF_8), false, data.log());
    }

    private String output() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    private long pid(String name) throws IOException {
        return RunState.read(data.stateFile()).orElseThrow().processes().stream()
                .filter(entry -> entry.name().equals(name))
                .filter(entry -> entry.progress() == RunState.Progress.READY)
                .mapToLong(RunState.Entry::pid)
                .findFirst()
                .orElse(-1);
    }
}
