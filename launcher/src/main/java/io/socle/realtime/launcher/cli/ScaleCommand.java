package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.suite.ControlClient;
import io.socle.realtime.launcher.suite.ControlRequest;
import io.socle.realtime.launcher.suite.InstanceCounts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Changes the number of instances of a running suite. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = {
            "Starts or ends instances of services while the suite runs, and returns when all are ready.",
            "The instances with the highest numbers go first."
        })
final class ScaleCommand implements Callable<Integer> {
    @Mixin
    SuiteOptions suite = new SuiteOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "SERVICE=N",
            description = "How many of gateway, channel, presence or signaling, 1 to 10, such as gateway=4 channel=2.")
    List<String> counts = List.of();

    @Override
    public Integer call() {
        // What is wrong in any suite is told without asking this one.
        InstanceCounts.SINGLE.with(counts);
        var client = new ControlClient(suite.dataFolder());
        System.out.println(client.ask(new ControlRequest.Scale(counts), System.out::println));
        return ExitCode.OK;
    }
}
