package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Commands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The command {@code e2e/upgrade}: a loaded suite of an older version is replaced process by process by the present one, and
 * by the older one again, while its data stays.
 */
public final class UpgradeCommand {
    /** Both directions once: the replacement lasts as long as it takes. */
    private static final Duration LENGTH = Duration.ZERO;

    private static final long SEED = 1;

    private UpgradeCommand() {}

    /** Takes the root folders of the builds, the older first; exits with 1 where a promise was broken. */
    public static void main(String[] arguments) throws InterruptedException {
        Path older = Path.of(arguments[0]).toAbsolutePath();
        Path present = Path.of(arguments[1]).toAbsolutePath();
        Replace.link(older);
        boolean clean = true;
        System.out.println(RunReport.head());
        try (var suite = Stage.CLUSTER.start()) {
            for (Fault fault : List.of(new Replace("upgrade", present), new Replace("downgrade", older))) {
                var report = FaultRun.of(suite, fault, SEED, LENGTH);
                System.out.println(report.row());
                System.out.println(report.details());
                report.keep(Commands.TARGET.resolve("histories"));
                clean &= report.isClean();
            }
        }
        System.exit(clean ? 0 : 1);
    }
}
