package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.Refusal;
import picocli.CommandLine.Command;

/** Named here for the help and the completion; the script runs it without this program. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs all tests: mvn verify under JDK 25; further arguments go to mvn.")
final class TestCommand implements Runnable {
    @Override
    public void run() {
        throw Refusal.usage("Run it by the script: ./realtime test");
    }
}
