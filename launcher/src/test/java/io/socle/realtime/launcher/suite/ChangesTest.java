package io.socle.realtime.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.launcher.FreePort;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a running suite, asked for as the command line does; with real processes, small ones. */
@Timeout(120)
class ChangesTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final Map<Integer, Integer> ports = new ConcurrentHashMap<>();
    private final List<String> progress = new ArrayList<>();
    private DataFolder data = new DataFolder(Path.of("unset"));
    private List<AutoCloseable> opened = List.of();
    private int failing = -1;

    @BeforeEach
    void prepare() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        data.prepare(0);
        for (int number = 0; number < 3; number++) {
            ports.put(number, FreePort.find());
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void more_and_fewer_instances_leave_the_others_alone() throws Exception {
        start();
        long first = pids().getOrDefault("gateway", 0L);

        assertThat(scale("gateway=3")).isEqualTo("The suite has channel=1, presence=1, signaling=1, gateway=3.");

        assertThat(pids()).containsOnlyKeys("kafka", "gateway-0", "gateway-1", "gateway-2");
        assertThat(pids()).containsEntry("gateway-0", first);
        assertThat(StatusReport.of(data).allReady()).isTrue();
        assertThat(StatusReport.of(data).gatewayUrls()).hasSize(3);
        assertThat(progress).containsExactly("starting gateway-1", "starting gateway-2");
        assertThat(output()).contains("gateway is called gateway-0 from now on");

        scale("gateway=1");

        assertThat(pids()).containsOnlyKeys("kafka", "gateway").containsEntry("gateway", first);
        assertThat(ends()).containsExactly("gateway-2", "gateway-1");
    }

    @Test
    void a_rolling_restart_waits_for_one_instance_before_it_ends_the_next() throws Exception {
        start();
        scale("gateway=2");
        var before = pids();

        assertThat(restart("gateway")).isEqualTo("Restarted gateway-0, gateway-1.");

        assertThat(progress)
                .containsSubsequence(
                        "restarting gateway-0", "gateway-0 is ready", "restarting gateway-1", "gateway-1 is ready");
        assertThat(pids()).containsOnlyKeys("kafka", "gateway-0", "gateway-1");
        assertThat(pids().get("gateway-0")).isNotEqualTo(before.get("gateway-0"));
        assertThat(pids().get("gateway-1")).isNotEqualTo(before.get("gateway-1"));
        assertThat(output()).doesNotContain("starting it again");

        var rolled = pids();
        assertThat(restart("gateway-1")).isEqualTo("Restarted gateway-1.");
        assertThat(pids()).containsEntry("gateway-0", rolled.get("gateway-0"));
        assertThat(StatusReport.of(data).allReady()).isTrue();
    }

    @Test
    void what_cannot_be_done_is_refused_in_one_sentence_and_changes_nothing() throws Exception {
        assertRefused(() -> scale("gateway=2"), "No suite runs on " + data.path() + ".");
        start();
        var before = pids();
        assertRefused(() -> restart("gatway"), "There is no gatway; there are kafka, gateway.");
        assertRefused(() -> restart("gateway-1"), "There is no gateway-1; there are kafka, gateway.");
        assertRefused(() -> scale("gateway=11"), "gateway can have 1 to 10 instances, not 11.");
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.getOrDefault(1, 0)));
            assertRefused(
                    () -> scale("gateway=2"),
                    "Already in use: port " + taken.getLocalPort() + " (wanted by gateway-1); "
                            + "stop what uses it or choose other ports with --port-offset.");
        }
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    void an_instance_that_never_gets_ready_is_taken_back() throws Exception {
        start();
        failing = 1;
        assertRefused(
                () -> scale("gateway=2"),
                "gateway-1 ended 3 times before it was ready; what it said is in " + data.log() + ".");
        assertThat(pids()).containsOnlyKeys("kafka", "gateway");
        assertThat(StatusReport.of(data).allReady()).isTrue();

        failing = -1;
        scale("gateway=2");
        assertThat(pids()).containsOnlyKeys("kafka", "gateway-0", "gateway-1");
    }

    @Test
    void only_the_owner_may_ask() throws Exception {
        start();
        var permissions = Files.getPosixFilePermissions(data.controlSocket().resolveSibling("."));
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rwx------");
    }

    private void start() throws Exception {
        var log = new MergedLog(new PrintStream(terminal, true, StandardCharsets.UTF_8), false, data.log());
        var supervisor = new Supervisor(StandIn.plan(data.path(), 1, this::gateways), log);
        opened = List.of(supervisor::stop, log);
        assertThat(supervisor.start()).isTrue();
    }

    private List<ServiceSpec> gateways(InstanceCounts counts) {
        return counts.instances().stream()
                .filter(instance -> instance.part() == Part.GATEWAY)
                .map(instance -> StandIn.service(
                        instance,
                        counts.name(instance),
                        ports.getOrDefault(instance.number(), 0),
                        data.path().resolve("ends"),
                        instance.number() == failing ? 7 : -1))
                .toList();
    }

    private String scale(String... counts) {
        return new ControlClient(data).ask(new ControlRequest.Scale(List.of(counts)), progress::add);
    }

    private String restart(String... names) {
        return new ControlClient(data).ask(new ControlRequest.Restart(List.of(names)), progress::add);
    }

    private static void assertRefused(Runnable change, String sentence) {
        assertThatThrownBy(change::run).isInstanceOf(Refusal.class).hasMessage(sentence);
    }

    private Map<String, Long> pids() throws IOException {
        return RunState.read(data.stateFile()).orElseThrow().processes().stream()
                .filter(entry -> entry.progress() == RunState.Progress.READY)
                .collect(Collectors.toMap(RunState.Entry::name, RunState.Entry::pid));
    }

    private List<String> ends() throws IOException {
        return Files.readAllLines(data.path().resolve("ends"));
    }

    private String output() {
        return terminal.toString(StandardCharsets.UTF_8);
    }
}
