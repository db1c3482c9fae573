package io.socle.realtime.launcher.suite;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One log of all processes, each line prefixed by who said it; to the terminal, and to a bounded file. Thread safe. */
public final class MergedLog implements AutoCloseable {
    /** The file is moved aside to {@code <file>.1} beyond this, so the two take at most twice as much. */
    static final long MAX_FILE_BYTES = 16L * 1024 * 1024;

    private static final Map<String, String> COLOURS = Map.of(
            "kafka", "33", "channel", "36", "presence", "35", "signaling", "34", "gateway", "32", "realtime", "1");

    private final @Nullable PrintStream terminal;
    private final boolean colour;
    private final Path file;
    private BufferedWriter writer;
    private long written;
    /** Of the longest name so far, so that texts stand below each other. */
    private int width = 9;

    /** With a null terminal, to the file only. */
    public MergedLog(@Nullable PrintStream terminal, boolean colour, Path file) throws IOException {
        this.terminal = terminal;
        this.colour = colour;
        this.file = file;
        this.writer = open();
    }

    private BufferedWriter open() throws IOException {
        written = Files.exists(file) ? Files.size(file) : 0;
        return Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Logs one line of one speaker. */
    public synchronized void line(String name, String text) {
        width = Math.max(width, name.length());
        if (terminal != null) {
            terminal.println(prefix(name) + text);
        }
        try {
            toFile(padded(name) + text + System.lineSeparator());
        } catch (IOException e) {
            // A full disk must not stop the suite; whoever looks at the terminal is told.
            if (terminal != null) {
                terminal.println(prefix("realtime") + "cannot write " + file + ": " + e.getMessage());
            }
        }
    }

    private void toFile(String line) throws IOException {
        if (written + line.length() > MAX_FILE_BYTES) {
            writer.close();
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            writer = open();
        }
        writer.write(line);
        writer.flush();
        written += line.getBytes(StandardCharsets.UTF_8).length;
    }

    private String prefix(String name) {
        // All instances of a part have its colour.
        String code = COLOURS.getOrDefault(name.replaceFirst("-\\d+$", ""), "37");
        return colour ? "\u001b[" + code + "m" + padded(name) + "\u001b[0m" : padded(name);
    }

    private String padded(String name) {
        return name + " ".repeat(width - name.length()) + " | ";
    }

    /** Text for the person at the terminal that is not a log line. */
    public synchronized void plain(String text) {
        if (terminal != null) {
            terminal.print(text);
            terminal.flush();
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
