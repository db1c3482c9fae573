package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.client.Durations;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import io.socle.realtime.launcher.token.DevelopmentKeys;
import io.socle.realtime.launcher.token.DevelopmentTokens;
import io.socle.realtime.launcher.token.TokenRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a development token. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a token signed with the development key of the data folder.",
            "Filters: + is one segment, # the rest. Quote them for the shell."
        })
final class TokenCommand implements Callable<Integer> {
    @Mixin
    SuiteOptions suite = new SuiteOptions();

    @Option(names = "--sub", required = true, paramLabel = "SUBJECT", description = "Who the token is for.")
    String subject = "";

    @Option(names = "--publish", paramLabel = "FILTER", description = "May publish to these channels; repeatable.")
    List<String> publish = List.of();

    @Option(names = "--subscribe", paramLabel = "FILTER", description = "May subscribe to these; repeatable.")
    List<String> subscribe = List.of();

    @Option(
            names = "--history",
            paramLabel = "FILTER",
            description = "May read the past of these; repeatable. Default: as --subscribe.")
    @Nullable
    List<String> history;

    @Option(
            names = "--delete",
            paramLabel = "FILTER",
            description = "May delete messages of these channels, and the channels; repeatable.")
    List<String> delete = List.of();

    @Option(names = "--signal", paramLabel = "FILTER", description = "May join these rooms; repeatable.")
    List<String> signal = List.of();

    @Option(
            names = "--presence",
            paramLabel = "FILTER",
            description = "May enter these channels as a member; repeatable. Default: as --publish.")
    @Nullable
    List<String> presence;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "How long it is valid, such as 30s, 10m, 24h, 7d; default: ${DEFAULT-VALUE}.")
    String timeToLive = "1h";

    @Override
    public Integer call() {
        var request = new TokenRequest(subject, publish, subscribe, history, delete, presence, signal, duration());
        var data = suite.dataFolder();
        data.prepare(0);
        try {
            var keys = DevelopmentKeys.openOrMake(data.keys());
            System.out.println(DevelopmentTokens.sign(keys, request, Instant.now()));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new Refusal("The development key cannot be used: " + e.getMessage() + ".");
        }
    }

    private Duration duration() {
        return Durations.parse(timeToLive)
                .filter(Duration::isPositive)
                .orElseThrow(() -> Refusal.usage("--ttl " + timeToLive + " is no time such as 30s, 10m, 24h or 7d."));
    }
}
