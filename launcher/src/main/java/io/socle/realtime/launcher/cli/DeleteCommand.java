package io.socle.realtime.launcher.cli;

import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.launcher.client.Deleter;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes the message at a position, or without a position the whole channel, for every later reader.",
            "Nothing brings either back. What is deleted already can be deleted again."
        })
final class DeleteCommand implements Callable<Integer> {
    @Mixin
    ClientOptions client = new ClientOptions();

    @Parameters(index = "0", paramLabel = "CHANNEL", description = "Such as chat/1.")
    String channel = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "POSITION",
            description = "Of the message, as pub prints it; without it the channel is deleted.")
    @Nullable
    String position;

    @Override
    public Integer call() throws InterruptedException {
        if (position != null) {
            checkPosition(position);
        }
        new Deleter(client.webSocketUrl(), client.tokenOrNull()).delete(channel, position);
        return ExitCode.OK;
    }

    /** An empty one, as of a variable that is not set, must not delete the channel. */
    private static void checkPosition(String text) {
        try {
            Position.parse(text);
        } catch (InvalidValueException e) {
            throw Refusal.usage("\"" + text + "\" is no position such as 3f2a00000000001c:57.");
        }
    }
}
