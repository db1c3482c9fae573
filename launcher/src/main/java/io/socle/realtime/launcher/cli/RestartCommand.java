package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.suite.ControlClient;
import io.socle.realtime.launcher.suite.ControlRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends processes of a running suite and starts them again. */
@Command(
        name = "restart",
        mixinStandardHelpOptions = true,
        description = "Ends processes of a running suite and starts them again, one after another, each when the one"
                + " before it is ready.")
final class RestartCommand implements Callable<Integer> {
    @Mixin
    SuiteOptions suite = new SuiteOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME",
            description = "One instance, such as channel-1, or all of a part, such as gateway.")
    List<String> names = List.of();

    @Override
    public Integer call() {
        var client = new ControlClient(suite.dataFolder());
        System.out.println(client.ask(new ControlRequest.Restart(names), System.out::println));
        return ExitCode.OK;
    }
}
