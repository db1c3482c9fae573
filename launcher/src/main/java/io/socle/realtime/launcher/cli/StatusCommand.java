package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.suite.StatusReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what runs. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the processes of the suite. Exit code 0: all ready; 1: some not; 3: not running.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    SuiteOptions suite = new SuiteOptions();

    @Override
    public Integer call() {
        var data = suite.dataFolder();
        var report = StatusReport.of(data);
        if (!report.isRunning()) {
            System.out.println("No suite runs on " + data.path() + ".");
            return ExitCode.NOT_REACHED;
        }
        report.table().forEach(System.out::println);
        if (!report.gatewayUrls().isEmpty()) {
            System.out.println("Clients connect to " + String.join(", ", report.gatewayUrls()));
        }
        return report.allReady() ? ExitCode.OK : ExitCode.REFUSED;
    }
}
