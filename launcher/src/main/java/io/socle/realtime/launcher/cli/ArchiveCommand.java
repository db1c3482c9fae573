package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.suite.InstanceCounts;
import io.socle.realtime.launcher.suite.LocalSuite;
import io.socle.realtime.launcher.suite.SuiteSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;

/** Makes later starts quicker. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = {
            "Makes starts quicker: runs the suite once, apart from any other, and archives the classes that it loads.",
            "`up` does it after each build."
        })
final class ArchiveCommand implements Callable<Integer> {
    private static final int LEAST_OFFSET = 5_000;
    /** All ports stay below those that the system gives to outgoing connections, from 32,768. */
    private static final int MOST_OFFSET = 20_000;

    @Override
    public Integer call() throws InterruptedException {
        // Away from the suites of people, and from another that archives at the same time.
        int offset = ThreadLocalRandom.current().nextInt(LEAST_OFFSET, MOST_OFFSET);
        Path data = SuiteOptions.root().resolve("target").resolve("archive-data");
        var settings = new SuiteSettings(
                SuiteOptions.root(), data, offset, SuiteSettings.LOOPBACK, false, InstanceCounts.SINGLE);
        new LocalSuite(settings, "").archive();
        return ExitCode.OK;
    }
}
