package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.client.Practice;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.suite.DataFolder;
import io.socle.realtime.launcher.suite.InstanceCounts;
import io.socle.realtime.launcher.suite.LocalSuite;
import io.socle.realtime.launcher.suite.SuiteSettings;
import io.socle.realtime.launcher.token.DevelopmentKeys;
import io.socle.realtime.launcher.token.DevelopmentTokens;
import io.socle.realtime.launcher.token.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;

/** Makes later starts quicker. */
@Command(
        name = "aot-cache",
        mixinStandardHelpOptions = true,
        description = {
            "Makes starts quicker: runs the suite once, apart from any other, and writes the JVMs' caches of classes and"
                    + " profiles.",
            "`up` does it after each build."
        })
final class AotCacheCommand implements Callable<Integer> {
    private static final int LEAST_OFFSET = 5_000;
    /** All ports stay below those that the system gives to outgoing connections, from 32,768. */
    private static final int MOST_OFFSET = 20_000;

    @Override
    public Integer call() throws InterruptedException {
        // Away from the suites of people, and from another that does the same at the same time.
        int offset = ThreadLocalRandom.current().nextInt(LEAST_OFFSET, MOST_OFFSET);
        var data = SuiteOptions.root().resolve("target").resolve("aot-cache-data");
        var settings = new SuiteSettings(
                SuiteOptions.root(), data, offset, SuiteSettings.LOOPBACK, false, InstanceCounts.SINGLE);
        new LocalSuite(settings, "").writeAotCaches(() -> practise(settings));
        return ExitCode.OK;
    }

    private static void practise(SuiteSettings settings) throws IOException, InterruptedException {
        var keys = DevelopmentKeys.openOrMake(new DataFolder(settings.data()).keys());
        var token = TokenRequest.everything("practice", Duration.ofHours(1));
        new Practice(URI.create(settings.gatewayUrl(0)), DevelopmentTokens.sign(keys, token, Instant.now())).run();
    }
}
