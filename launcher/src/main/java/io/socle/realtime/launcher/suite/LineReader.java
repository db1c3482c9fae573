package io.socle.realtime.launcher.suite;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a process's output, cut at a limit so that one endless line takes no endless memory. */
final class LineReader {
    static final int MAX_CHARACTERS = 16 * 1024;

    private final Reader reader;
    private final StringBuilder line = new StringBuilder();

    LineReader(Reader reader) {
        this.reader = reader;
    }

    /** The next line without its end, or null at the end of the output. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append((char) c);
            }
            if (line.length() >= MAX_CHARACTERS) {
                return line.toString();
            }
        }
        return line.isEmpty() ? null : line.toString();
    }
}
