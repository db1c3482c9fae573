package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.suite.Reaper;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a suite. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Ends the suite that runs on the data folder, and whatever a killed one left behind.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    SuiteOptions suite = new SuiteOptions();

    @Override
    public Integer call() throws InterruptedException {
        var data = suite.dataFolder();
        int ended = new Reaper(data).end();
        System.out.println(ended == 0 ? "No suite runs on " + data.path() + "." : "Stopped " + ended + " processes.");
        return ExitCode.OK;
    }
}
