package io.socle.realtime.launcher.suite;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A sleeping shell that notices, by the end of its input, that the supervisor is gone without a word (killed), and
 * then runs a command that ends what is left. It takes less than 1 MB.
 */
final class Watchdog {
    private static final String SCRIPT = "trap '' INT HUP TERM; read -r bye && exit 0; exec \"$@\"";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    static Watchdog start(List<String> cleanUp, File output) throws IOException {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "realtime-watchdog"));
        command.addAll(cleanUp);
        return new Watchdog(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                .start());
    }

    /** Tells it that the supervisor has ended everything itself. */
    void dismiss() throws IOException {
        try (var input = shell.getOutputStream()) {
            input.write("bye\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
