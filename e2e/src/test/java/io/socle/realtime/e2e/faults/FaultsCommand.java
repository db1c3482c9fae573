package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.Suite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command {@code e2e/faults}: runs faults by seeds one after the other and prints a table of the verdicts. */
public final class FaultsCommand {
    private static final String USAGE = """
            usage: e2e/faults [fault...] [--seeds N] [--first-seed K] [--seconds S]
              Runs each fault with the seeds K to K+N-1 (1 and 1), each striking for S seconds (30), on real processes.
              Without a fault, all of: %s
            """;

    private static final int NOT_RUN = 3;

    private final List<String> labels = new ArrayList<>();
    private int seeds = 1;
    private long firstSeed = 1;
    private int seconds = 30;
    private boolean notRun;

    private FaultsCommand() {}

    /** Exits with 1 where a promise was broken, 2 where the arguments make no sense, 3 where a fault could not be run. */
    public static void main(String[] arguments) throws InterruptedException {
        var command = new FaultsCommand();
        try {
            command.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.printf(USAGE, String.join(" ", Faults.labels()));
            System.exit(2);
        }
        boolean clean = command.run();
        System.exit(clean ? command.notRun ? NOT_RUN : 0 : 1);
    }

    private void parse(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seeds" -> seeds = (int) number(arguments, ++i);
                case "--first-seed" -> firstSeed = number(arguments, ++i);
                case "--seconds" -> seconds = (int) number(arguments, ++i);
                default -> labels.add(Faults.byLabel(arguments[i]).label());
            }
        }
        if (labels.isEmpty()) {
            labels.addAll(Faults.labels());
        }
    }

    private static long number(String[] arguments, int index) {
        if (index == arguments.length || !arguments[index].matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(arguments[index - 1] + " wants a number");
        }
        return Long.parseLong(arguments[index]);
    }

    private boolean run() throws InterruptedException {
        System.out.println(RunReport.head());
        boolean clean = true;
        for (Stage stage : Stage.values()) {
            List<Fault> some = labels.stream()
                    .map(Faults::byLabel)
                    .filter(fault -> fault.stage() == stage)
                    .filter(this::canRun)
                    .toList();
            if (!some.isEmpty()) {
                clean &= run(stage, some);
            }
        }
        return clean;
    }

    private boolean canRun(Fault fault) {
        fault.missing().ifPresent(what -> {
            notRun = true;
            System.out.printf("| %-22s | not run: %s missing%n", fault.label(), what);
        });
        return fault.missing().isEmpty();
    }

    private boolean run(Stage stage, List<Fault> some) throws InterruptedException {
        if (stage != Stage.SMALL_DISK) {
            return runAll(stage, some);
        }
        try (var _ = SmallDisk.mount()) {
            return runAll(stage, some);
        }
    }

    /** All on one suite, and on a fresh one after a run that broke: what is left would spoil the next. */
    private boolean runAll(Stage stage, List<Fault> some) throws InterruptedException {
        boolean clean = true;
        Suite suite = stage.start();
        try {
            for (Fault fault : some) {
                for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
                    try {
                        clean &= show(FaultRun.of(suite, fault, seed, Duration.ofSeconds(seconds)));
                    } catch (AssertionError | RuntimeException e) {
                        clean = false;
                        System.out.printf("| %-22s | %5d | the run broke: %s%n", fault.label(), seed, e);
                        suite.close();
                        suite = stage.start();
                    }
                }
            }
        } finally {
            suite.close();
        }
        return clean;
    }

    private static boolean show(RunReport report) {
        System.out.println(report.row());
        Path kept = report.keep(Commands.TARGET.resolve("histories"));
        if (!report.isClean()) {
            System.out.println(report.details() + "\nthe whole history: " + kept);
        }
        return report.isClean();
    }
}
