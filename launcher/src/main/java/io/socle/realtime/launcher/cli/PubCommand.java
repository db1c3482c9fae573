package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.client.HttpPublisher;
import io.socle.realtime.launcher.client.Publishing;
import io.socle.realtime.launcher.client.RawObject;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes. */
@Command(
        name = "pub",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes a message, or one for each line of the standard input, and prints its position.",
            "A message whose outcome is unknown is retried with its id, so it is never published twice."
        })
final class PubCommand implements Callable<Integer> {
    @Mixin
    ClientOptions client = new ClientOptions();

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "Where to, such as chat/1.")
    String channel = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "JSON",
            defaultValue = "-",
            description = "The data; - (default) reads lines of the standard input, one message each, in order.")
    String data = "-";

    @Option(names = "--text", description = "The data is plain text, not JSON.")
    boolean text;

    @Option(names = "--id", paramLabel = "ID", description = "Message id; a repeat gets the first position back.")
    @Nullable
    String id;

    @Option(names = "--retain", description = "It becomes the channel's retained message.")
    boolean retain;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not print positions.")
    boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        if (data.equals("-") && id != null) {
            throw Refusal.usage("--id names one message, so it does not go with the standard input.");
        }
        try (var publisher = new HttpPublisher(client.httpUrl(), client.tokenOrNull())) {
            if (data.equals("-")) {
                lines(publisher);
            } else {
                publish(publisher, data, "The message");
            }
            return ExitCode.OK;
        }
    }

    private void lines(HttpPublisher publisher) throws InterruptedException {
        try (var reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                publish(publisher, line, "Line " + ++number);
            }
        } catch (IOException e) {
            throw new Refusal("The standard input cannot be read: " + e.getMessage() + ".");
        }
    }

    private void publish(HttpPublisher publisher, String body, String what) throws InterruptedException {
        if (!text) {
            checkJson(body, what);
        }
        var published = publisher.publish(new Publishing(
                channel,
                body,
                text ? "text/plain; charset=utf-8" : "application/json",
                id == null ? UUID.randomUUID().toString() : id,
                retain));
        if (!quiet) {
            System.out.println(published.position() == null ? "sent, not kept" : published.position());
        }
        if (published.repeat()) {
            System.err.println("realtime: a repeat; it had been published before");
        }
    }

    private static void checkJson(String body, String what) {
        try {
            RawObject.checkJson(body);
        } catch (IOException e) {
            throw Refusal.usage(what + " is not JSON; use --text for plain text.");
        }
    }
}
