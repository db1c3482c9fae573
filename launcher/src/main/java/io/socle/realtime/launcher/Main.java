package io.socle.realtime.launcher;

import io.socle.realtime.launcher.cli.RealtimeCommand;

/** The program behind the script {@code realtime}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(RealtimeCommand.run(arguments));
    }
}
