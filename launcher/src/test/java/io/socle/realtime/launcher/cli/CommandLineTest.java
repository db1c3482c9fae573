package io.socle.realtime.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.launcher.FreePort;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.suite.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @Test
    void every_command_has_help() {
        for (var command : RealtimeCommand.commandLine().getSubcommands().entrySet()) {
            if (!command.getValue().getCommandSpec().usageMessage().hidden()
                    && !command.getKey().equals("help")) {
                assertThat(run(command.getKey(), "--help")).isEqualTo(ExitCode.OK);
                assertThat(out.toString()).contains("Usage: realtime " + command.getKey());
            }
        }
    }

    @Test
    void wrong_usage_is_exit_code_2() throws IOException {
        assertThat(run("nonsense")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sub")).isEqualTo(ExitCode.USAGE);
        assertThat(run("token", "--sub", "a", "--ttl", "soon", "--data", data()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("pub", "a", "{not json", "--data", data())).isEqualTo(ExitCode.USAGE);
        assertThat(run("pub", "a", "1", "--url", "ftp://x", "--data", data())).isEqualTo(ExitCode.USAGE);
        assertThat(run("delete", "a", "", "--data", data())).isEqualTo(ExitCode.USAGE);
        assertThat(run("delete", "a", "57", "--data", data())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("\"57\" is no position such as");
        assertThat(err.toString()).contains("The message is not JSON; use --text for plain text.");
    }

    @Test
    void status_of_nothing_is_exit_code_3_and_down_has_nothing_to_do() {
        assertThat(run("status", "--data", data())).isEqualTo(ExitCode.NOT_REACHED);
        assertThat(run("down", "--data", data())).isEqualTo(ExitCode.OK);
    }

    @Test
    void up_names_a_port_in_use_and_who_wants_it_before_it_starts_anything() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int offset = taken.getLocalPort() - Part.SIGNALING.port(0);
            assertThat(run("up", "--data", data(), "--port-offset", Integer.toString(offset)))
                    .isEqualTo(ExitCode.REFUSED);
            assertThat(err.toString())
                    .contains("Already in use: port " + taken.getLocalPort() + " (wanted by signaling)");
        }
        assertThat(folder.resolve("data").resolve("kafka")).doesNotExist();
    }

    @Test
    void up_refuses_a_data_folder_that_it_cannot_write_and_open_beyond_loopback() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("up", "--data", file.resolve("data").toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("cannot be written");
        assertThat(run("up", "--data", data(), "--open", "--host", "0.0.0.0")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("--open lets anybody do everything, so it is refused on 0.0.0.0");
    }

    @Test
    void counts_of_instances_beyond_the_limits_and_changes_of_no_suite_are_refused() {
        assertThat(run("up", "--data", data(), "--gateways", "0")).isEqualTo(ExitCode.REFUSED);
        assertThat(run("up", "--data", data(), "--channels", "11")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString())
                .contains("gateway can have 1 to 10 instances, not 0.")
                .contains("channel can have 1 to 10 instances, not 11.");
        assertThat(run("scale", "--data", data(), "gatway=2")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("There is no service gatway; there are");
        assertThat(run("scale", "--data", data(), "gateway=2")).isEqualTo(ExitCode.REFUSED);
        assertThat(run("restart", "--data", data(), "gateway")).isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString()).contains("No suite runs on " + data());
    }

    @Test
    void a_check_that_cannot_be_made_is_exit_code_3_as_monitoring_wants_it() throws IOException {
        assertThat(run("check", "--nonsense")).isEqualTo(ExitCode.NOT_REACHED);
        assertThat(run("check", "--gateways", "0")).isEqualTo(ExitCode.NOT_REACHED);
        assertThat(run("check", "--command-config", data())).isEqualTo(ExitCode.NOT_REACHED);
        assertThat(run("check", "--bootstrap-servers", "127.0.0.1:" + FreePort.find()))
                .isEqualTo(ExitCode.NOT_REACHED);
        assertThat(err.toString()).contains("cannot be checked");
    }

    @Test
    void a_wrong_port_offset_is_refused() {
        assertThat(run("up", "--data", data(), "--port-offset", "-1")).isEqualTo(ExitCode.USAGE);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private int run(String... arguments) {
        return RealtimeCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
    }
}
