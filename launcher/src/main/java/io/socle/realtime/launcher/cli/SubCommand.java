package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.client.Durations;
import io.socle.realtime.launcher.client.MessagePrinter;
import io.socle.realtime.launcher.client.Since;
import io.socle.realtime.launcher.client.Subscriber;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Subscribes. */
@Command(
        name = "sub",
        mixinStandardHelpOptions = true,
        description = {
            "Prints messages of channels and filters as they come, one a line.",
            "After a break it comes back and resumes where it was; what was lost is told on the error output."
        })
final class SubCommand implements Callable<Integer> {
    @Mixin
    ClientOptions client = new ClientOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILTER",
            description = "Channels, or filters with + and # (quoted for the shell).")
    List<String> filters = List.of();

    @Option(
            names = "--since",
            paramLabel = "WHERE",
            description =
                    "Where to begin: a POSITION, a TIME such as 2026-01-01T12:00:00Z, a duration back such as 10m,"
                            + " last=N, or cursor=CURSOR. Default: now.")
    @Nullable
    String since;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "Stop after N messages.")
    long count;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text: the data alone; json: the whole message. Default: ${DEFAULT-VALUE}.")
    MessagePrinter.Form output = MessagePrinter.Form.TEXT;

    @Option(
            names = {"-v", "--verbose"},
            description = "Text: channel and position before the data; json: the frame with its cursor.")
    boolean verbose;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Stop after this time, such as 5s; exit code 4 if fewer than N messages came.")
    @Nullable
    String timeout;

    @Override
    public Integer call() throws InterruptedException {
        if (count < 0) {
            throw Refusal.usage("-n must not be negative.");
        }
        var request = new Subscriber.Request(
                client.webSocketUrl(),
                client::tokenOrNull,
                filters,
                since == null ? null : Since.parse(since, Clock.systemUTC()),
                count,
                limit());
        // Not System.out: raw bytes, and errors are looked at, so that `| head` ends this quietly.
        var out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        return new Subscriber(request, new MessagePrinter(out, output, verbose), System.err).run();
    }

    private @Nullable Duration limit() {
        if (timeout == null) {
            return null;
        }
        return Durations.parse(timeout)
                .orElseThrow(() -> Refusal.usage("--timeout " + timeout + " is no time such as 5s or 10m."));
    }
}
