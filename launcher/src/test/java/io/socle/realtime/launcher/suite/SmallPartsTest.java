package io.socle.realtime.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.launcher.FreePort;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPartsTest {
    @TempDir
    Path folder;

    @Test
    void taken_ports_are_named_with_who_wants_them() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = List.of(
                    new Port("kafka", "127.0.0.1", FreePort.find()),
                    new Port("gateway", "127.0.0.1", taken.getLocalPort()));
            assertThatThrownBy(() -> PortCheck.refuseTaken(ports))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Already in use: port " + taken.getLocalPort() + " (wanted by gateway); "
                            + "stop what uses it or choose other ports with --port-offset.");
        }
    }

    @Test
    void restarts_wait_one_second_doubling_to_ten_and_forget_after_a_healthy_minute() {
        var backoff = Backoff.fresh();
        var waits = new long[6];
        for (int i = 0; i < waits.length; i++) {
            backoff = backoff.afterLife(Duration.ofSeconds(59));
            waits[i] = backoff.delay().toSeconds();
            backoff = backoff.doubled();
        }
        assertThat(waits).containsExactly(1, 2, 4, 8, 10, 10);
        assertThat(backoff.afterLife(Duration.ofSeconds(60)).delay()).hasSeconds(1);
    }

    @Test
    void the_state_of_a_run_is_read_back_as_it_was_written() throws IOException {
        var self = new RunState.Entry("realtime", 5, 6, 0, RunState.Progress.READY, "-");
        var kafka = new RunState.Entry("kafka", 7, 8, 9092, RunState.Progress.DOWN, "-");
        Path file = folder.resolve("state");
        assertThat(RunState.read(file)).isEmpty();
        for (List<String> urls :
                List.of(List.<String>of(), List.of("http://127.0.0.1:8080", "http://127.0.0.1:8090"))) {
            var state = new RunState(RunState.Phase.STARTING, urls, self, List.of(kafka));
            state.write(file);
            assertThat(RunState.read(file)).contains(state);
        }
        Files.writeString(file, "nonsense");
        assertThatThrownBy(() -> RunState.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void open_is_refused_beyond_loopback() {
        assertThat(settings(0, "127.0.0.1", true).open()).isTrue();
        assertThatThrownBy(() -> settings(0, "0.0.0.0", true))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.REFUSED))
                .hasMessageContaining("--open");
    }

    @Test
    void the_port_offset_moves_every_port() {
        var settings = settings(1000, "127.0.0.1", false);
        var ports = new Services(settings, new DataFolder(folder)).allPorts();
        assertThat(ports)
                .extracting(Port::number)
                .containsExactlyInAnyOrder(
                        10092, 10093, 9081, 10081, 9082, 10082, 9083, 10083, 9080, 10080, 2883, 2884);
    }

    private SuiteSettings settings(int offset, String host, boolean open) {
        return new SuiteSettings(folder, folder, offset, host, open, InstanceCounts.SINGLE);
    }

    @Test
    void an_aot_cache_is_used_only_where_it_is_newer_than_the_jar() throws IOException {
        Path jar = Files.writeString(folder.resolve("launcher.jar"), "");
        assertThat(AotCache.USE.flags(folder, jar)).isEmpty();
        Path cache = Files.writeString(folder.resolve("app.aot"), "");
        Files.setLastModifiedTime(cache, FileTime.fromMillis(1_000_000));
        assertThat(AotCache.USE.flags(folder, jar)).isEmpty();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(999_000));
        assertThat(AotCache.USE.flags(folder, jar)).contains("-XX:AOTCache=" + cache);
        assertThat(AotCache.WRITE.flags(folder, jar)).contains("-XX:AOTCacheOutput=" + cache);
    }

    @Test
    void colour_is_used_only_where_it_is_wanted() throws IOException {
        assertThat(logged(true)).isEqualTo("\u001b[32mgateway   | \u001b[0mhello\n");
        assertThat(logged(false)).isEqualTo("gateway   | hello\n");
    }

    @Test
    void instances_of_a_part_have_its_colour_and_longer_names_make_room() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var log = new MergedLog(new PrintStream(out, true, StandardCharsets.UTF_8), true, folder.resolve("l"))) {
            log.line("signaling-10", "hello");
            log.line("gateway-0", "hello");
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[34msignaling-10 | \u001b[0mhello\n\u001b[32mgateway-0    | \u001b[0mhello\n");
    }

    private String logged(boolean colour) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var log = new MergedLog(new PrintStream(out, true, StandardCharsets.UTF_8), colour, folder.resolve("l"))) {
            log.line("gateway", "hello");
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_log_file_is_moved_aside_before_it_grows_beyond_its_limit() throws IOException {
        Path file = folder.resolve("log");
        Files.write(file, new byte[(int) MergedLog.MAX_FILE_BYTES]);
        try (var log = new MergedLog(null, false, file)) {
            log.line("gateway", "hello");
        }
        assertThat(file).hasContent("gateway   | hello");
        assertThat(folder.resolve("log.1")).hasSize(MergedLog.MAX_FILE_BYTES);
    }

    @Test
    void an_endless_line_is_cut() throws IOException {
        var lines = new LineReader(new StringReader("x".repeat(LineReader.MAX_CHARACTERS) + "rest\r\n\nlast"));
        assertThat(lines.next()).hasSize(LineReader.MAX_CHARACTERS);
        assertThat(lines.next()).isEqualTo("rest");
        assertThat(lines.next()).isEmpty();
        assertThat(lines.next()).isEqualTo("last");
        assertThat(lines.next()).isNull();
    }
}
