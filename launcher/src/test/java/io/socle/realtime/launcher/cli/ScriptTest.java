package io.socle.realtime.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code realtime}, on a copy of itself in a project of its own, with only the tools that a test gives. */
class ScriptTest {
    private static final List<String> TOOLS =
            List.of("bash", "dirname", "readlink", "sed", "find", "mkdir", "touch", "tee", "cp", "cat", "env");

    @TempDir
    Path folder;

    private Path project = Path.of("unset");
    private Path bin = Path.of("unset");

    private record Run(int exitCode, String output) {}

    @BeforeEach
    void copy_the_script() throws IOException {
        project = Files.createDirectory(folder.resolve("project"));
        bin = Files.createDirectory(folder.resolve("bin"));
        Files.copy(Path.of(System.getProperty("realtime.root"), "realtime"), project.resolve("realtime"));
        for (String tool : TOOLS) {
            Path usual = Path.of("/usr/bin", tool);
            Path real = Files.exists(usual) ? usual : Path.of("/bin", tool);
            executable(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        for (String shared : List.of("contracts", "shell")) {
            Files.createDirectories(project.resolve(shared).resolve("src/main"));
            Files.writeString(project.resolve(shared).resolve("pom.xml"), "");
        }
        Files.writeString(project.resolve("pom.xml"), "");
    }

    @Test
    void a_missing_jdk_is_one_sentence_and_exit_code_1() throws Exception {
        assertThat(run(Map.of("REALTIME_JVM_DIR", folder.toString()), "up"))
                .isEqualTo(new Run(
                        1,
                        "realtime: no JDK 25 or later under JAVA_HOME, PATH or /usr/lib/jvm; install one and set"
                                + " JAVA_HOME.\n"));
    }

    @Test
    void an_older_jdk_is_passed_over() throws Exception {
        Path old = fakeJdk("old", "21.0.2");
        var environment = Map.of("JAVA_HOME", old.toString(), "REALTIME_JVM_DIR", folder.toString());
        assertThat(run(environment, "up").output()).contains("no JDK 25 or later");
    }

    @Test
    void a_jdk_is_found_where_jdks_are_installed_and_a_missing_maven_is_one_sentence() throws Exception {
        fakeJdk("jdk-25", "25.0.3");
        var run = run(Map.of("REALTIME_JVM_DIR", folder.toString()), "up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).startsWith("realtime: Maven (mvn) is missing and needed to build");
    }

    @Test
    void a_failed_build_points_to_its_log() throws Exception {
        fakeJdk("jdk-25", "25.0.3");
        executable(bin.resolve("mvn"), "#!/bin/sh\necho 'went wrong'\nexit 1\n");
        var run = run(Map.of("REALTIME_JVM_DIR", folder.toString()), "up");
        Path log = project.resolve("target/build.log");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).endsWith("realtime: the build failed; see " + log + "\n");
        assertThat(log).hasContent("went wrong");
    }

    @Test
    void only_what_is_missing_or_older_than_its_sources_is_built() throws Exception {
        fakeProject();
        var environment = Map.of("REALTIME_JVM_DIR", folder.toString());
        assertThat(run(environment, "up").output())
                .contains("building launcher channel-service presence-service signaling-service gateway-service")
                .contains("realtime:   launcher (2/6)")
                .endsWith("java was called\n");
        assertThat(run(environment, "up").output()).isEqualTo("java was called\n");
        Files.writeString(project.resolve("channel-service/src/main/New.java"), "");
        assertThat(run(environment, "up").output()).startsWith("realtime: building channel-service (");
    }

    @Test
    void aot_caches_are_written_where_one_is_missing() throws Exception {
        fakeProject();
        run(Map.of("REALTIME_JVM_DIR", folder.toString()), "up");
        Files.delete(project.resolve("gateway-service/target/app.aot"));
        assertThat(run(Map.of("REALTIME_JVM_DIR", folder.toString()), "up").output())
                .isEqualTo("""
                        realtime: running the suite once for the caches that make starts quicker
                        java was called
                        java was called
                        """);
    }

    private void fakeProject() throws IOException {
        Path jdk = fakeJdk("jdk-25", "25.0.3");
        executable(jdk.resolve("bin/java"), """
                #!/bin/sh
                echo 'java was called'
                for last; do :; done
                if [ "$last" = aot-cache ]; then
                  for m in launcher channel-service presence-service signaling-service gateway-service; do
                    touch "%s/$m/target/app.aot"
                  done
                fi
                """.formatted(project));
        for (String module :
                List.of("launcher", "channel-service", "presence-service", "signaling-service", "gateway-service")) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.writeString(project.resolve(module).resolve("pom.xml"), "");
        }
        executable(bin.resolve("mvn"), """
                #!/bin/sh
                echo "[INFO] Building launcher 0.1.0-SNAPSHOT                             [2/6]"
                for m in launcher channel-service presence-service signaling-service gateway-service; do
                  mkdir -p $m/target/quarkus-app; touch $m/target/quarkus-app/quarkus-run.jar
                done
                touch launcher/target/launcher.jar
                """);
    }

    private Path fakeJdk(String name, String version) throws IOException {
        Path jdk = folder.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        executable(jdk.resolve("bin/java"), "#!/bin/sh\necho java was called\n");
        return jdk;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(project.resolve("realtime").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
