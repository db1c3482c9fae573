package io.socle.realtime.gateway.transport.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Conversations of clients, good and bad: a file each, with a remark and a line of hexadecimal digits for each packet. What
 * random runs find is kept beside what was made by hand.
 */
final class Corpus {
    private static final Path FOLDER = Path.of("src/test/resources/mqtt-corpus");

    private Corpus() {}

    static List<List<byte[]>> conversations() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".hex"))
                    .sorted()
                    .map(Corpus::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> read(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(HexFormat.of()::parseHex)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a conversation, under a name that its outcome gives, so that the same is not kept twice. */
    static void keep(String outcome, List<byte[]> packets) {
        Stream<String> lines =
                Stream.concat(Stream.of("# " + outcome), packets.stream().map(HexFormat.of()::formatHex));
        Path file = FOLDER.resolve("found-%08x.hex".formatted(outcome.hashCode()));
        try {
            Files.write(file, lines.toList(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
