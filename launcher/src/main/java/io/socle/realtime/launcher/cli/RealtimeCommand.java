package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The root command. */
@Command(
        name = "realtime",
        description = "Runs the realtime suite on this machine, and talks to it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            ScaleCommand.class,
            RestartCommand.class,
            PubCommand.class,
            SubCommand.class,
            DeleteCommand.class,
            TokenCommand.class,
            TopicsCommand.class,
            CheckCommand.class,
            TestCommand.class,
            CompletionCommand.class,
            AotCacheCommand.class,
            BrokerCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, or cannot run here; the reason is on the error output",
            "2:wrong usage",
            "3:nothing answers; of status: not running",
            "4:sub: --timeout came before all -n messages"
        })
public final class RealtimeCommand {
    private RealtimeCommand() {}

    /** Runs one command line and returns its exit code. */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        var line = new CommandLine(new RealtimeCommand());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.wantsColour() ? Ansi.ON : Ansi.OFF));
        line.setExecutionExceptionHandler((failure, failed, parsed) -> explain(failure, failed));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    private static int explain(Exception failure, CommandLine failed) throws Exception {
        if (failure instanceof Refusal refusal) {
            say(failed.getErr(), refusal.getMessage());
            return refusal.exitCode();
        }
        if (failure instanceof InterruptedException) {
            return ExitCode.REFUSED;
        }
        throw failure;
    }

    private static void say(PrintWriter err, @Nullable String sentence) {
        err.println("realtime: " + sentence);
        err.flush();
    }
}
