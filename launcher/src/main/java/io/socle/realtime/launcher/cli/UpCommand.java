package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import io.socle.realtime.launcher.suite.Detached;
import io.socle.realtime.launcher.suite.LocalSuite;
import io.socle.realtime.launcher.suite.SuiteSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the suite and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Builds what is missing, then starts Kafka and the services and keeps them running.",
            "Ctrl-C ends all of them, services first. Data is kept for the next start."
        })
final class UpCommand implements Callable<Integer> {
    @Mixin
    SuiteOptions suite = new SuiteOptions();

    @Mixin
    InstanceOptions instances = new InstanceOptions();

    @Option(
            names = {"-d", "--detach"},
            description = "Return when all are ready and leave them running; the log goes to realtime.log in the data"
                    + " folder.")
    boolean detach;

    @Option(names = "--fresh", description = "Remove all data of the folder first.")
    boolean fresh;

    @Option(names = "--open", description = "Clients without a token may do everything; loopback only.")
    boolean open;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = SuiteSettings.LOOPBACK,
            description = "Address of the gateway; default: ${DEFAULT-VALUE}. All else stays on loopback.")
    String host = SuiteSettings.LOOPBACK;

    @Option(names = "--supervise", hidden = true, description = "Run detached already: write the log file only.")
    boolean supervise;

    @Override
    public Integer call() throws InterruptedException {
        var settings = suite.settings(host, open, instances.counts());
        if (detach) {
            return detached(settings);
        }
        var local = new LocalSuite(settings, suite.selection());
        return local.run(fresh, !supervise, Terminal.wantsColour()) ? ExitCode.OK : ExitCode.REFUSED;
    }

    private int detached(SuiteSettings settings) throws InterruptedException {
        LocalSuite.refuseEarly(settings);
        var arguments = new ArrayList<>(List.of("up", "--supervise", "--host", host));
        arguments.addAll(List.of("--data", settings.data().toString()));
        arguments.addAll(List.of("--port-offset", Integer.toString(settings.offset())));
        arguments.addAll(instances.arguments());
        if (fresh) {
            arguments.add("--fresh");
        }
        if (open) {
            arguments.add("--open");
        }
        try {
            new Detached(settings).start(arguments, System.out);
        } catch (IOException e) {
            throw new Refusal("The suite cannot be started: " + e.getMessage() + ".");
        }
        System.out.print(LocalSuite.welcome(settings, suite.selection()));
        System.out.println("It runs in the background; end it with ./realtime down" + suite.selection());
        return ExitCode.OK;
    }
}
