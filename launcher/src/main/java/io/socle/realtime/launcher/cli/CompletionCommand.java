package io.socle.realtime.launcher.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a completion script. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {"Prints a completion script for a shell.", "Use: source <(./realtime completion bash)"})
final class CompletionCommand implements Runnable {
    /** Shells with a script. */
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(index = "0", paramLabel = "bash|zsh", description = "Which shell.")
    Shell shell = Shell.BASH;

    @Override
    public void run() {
        // The script serves both: under zsh it loads bashcompinit by itself.
        System.out.print(AutoComplete.bash("realtime", RealtimeCommand.commandLine()));
        System.out.flush();
    }
}
