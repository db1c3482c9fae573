package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.history.History;
import io.socle.realtime.e2e.history.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came out of one run. */
record RunReport(
        Fault fault, long seed, int strikes, Counts counts, List<Violation> violations, List<History.Entry> entries) {
    private static final int SHOWN = 10;
    private static final String ROW =
            "| %-22s | %5s | %7s | %6s | %6s | %7s | %7s | %7s | %10s | %7s | %6s | %7s | %9s | %s |";

    RunReport {
        violations = List.copyOf(violations);
        entries = List.copyOf(entries);
    }

    boolean isClean() {
        return violations.isEmpty() && fault.limits().exceeded(counts).isEmpty();
    }

    /** The head of the table, which is Markdown. */
    static String head() {
        String head = ROW.formatted(
                "fault",
                "seed",
                "strikes",
                "sends",
                "acks",
                "repeats",
                "refused",
                "unknown",
                "deliveries",
                "resumes",
                "away",
                "pause",
                "deliv. gap",
                "verdict");
        return head + "\n" + head.replaceAll("[^|]", "-");
    }

    String row() {
        return ROW.formatted(
                fault.label(),
                seed,
                strikes,
                counts.sends(),
                counts.acks(),
                counts.repeats(),
                counts.refused(),
                counts.unknown(),
                counts.deliveries(),
                counts.resumes(),
                seconds(counts.away()),
                seconds(counts.channelPause()),
                seconds(counts.deliveryPause()),
                verdict());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
    }

    /** A word where all was kept, else the broken promises, how often, and what took too long. */
    String verdict() {
        var broken = violations.stream()
                .collect(Collectors.groupingBy(Violation::kind, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " " + entry.getValue());
        return isClean()
                ? "ok"
                : Stream.concat(broken, fault.limits().exceeded(counts).stream())
                        .collect(Collectors.joining(", "));
    }

    /** The first violations, a line each. */
    String details() {
        return violations.stream().limit(SHOWN).map(Violation::toString).collect(Collectors.joining("\n"));
    }

    /** Keeps the whole history in a file, a line for each entry; returns the file. */
    Path keep(Path folder) {
        long begin = entries.isEmpty() ? 0 : entries.getFirst().nanos();
        List<String> lines = entries.stream()
                .map(entry -> String.format(
                        Locale.ROOT, "%10.3f %s %s", (entry.nanos() - begin) / 1e6, entry.client(), entry.event()))
                .toList();
        try {
            Files.createDirectories(folder);
            return Files.write(folder.resolve(fault.label() + "-" + seed + ".history"), lines, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
