package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.Refusal;
import io.socle.realtime.launcher.suite.DataFolder;
import io.socle.realtime.launcher.suite.InstanceCounts;
import io.socle.realtime.launcher.suite.SuiteSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say which suite is meant. */
final class SuiteOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:REALTIME_DATA}",
            description = "Data folder; default: .realtime in the project, .realtime-N with --port-offset N.")
    @Nullable
    Path data;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "${env:REALTIME_PORT_OFFSET:-0}",
            description = "Added to every port, so that suites run side by side; default: 0.")
    int portOffset;

    static Path root() {
        String root = System.getProperty("realtime.root");
        if (root == null) {
            throw new Refusal("Start this with the script ./realtime, which knows where the project is.");
        }
        return Path.of(root);
    }

    DataFolder dataFolder() {
        if (data != null) {
            return new DataFolder(data);
        }
        return new DataFolder(root().resolve(portOffset == 0 ? ".realtime" : ".realtime-" + portOffset));
    }

    SuiteSettings settings(String host, boolean open, InstanceCounts instances) {
        return new SuiteSettings(root(), dataFolder().path(), portOffset, host, open, instances);
    }

    /** Options that select this suite, to be put after a command's name. */
    String selection() {
        return (portOffset == 0 ? "" : " --port-offset " + portOffset) + (data == null ? "" : " --data " + data);
    }
}
