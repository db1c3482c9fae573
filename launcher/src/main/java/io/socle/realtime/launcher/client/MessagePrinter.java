package io.socle.realtime.launcher.client;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes received messages, one a line; tells when nobody reads any more. */
public final class MessagePrinter {
    /** How a message is written. */
    public enum Form {
        /** The data alone: JSON as it was sent, text as it is, bytes as they are. */
        TEXT,
        /** The message as JSON, as the server sent it. */
        JSON
    }

    private final PrintStream out;
    private final Form form;
    private final boolean verbose;

    /** Verbose puts channel and position before the text, or writes the whole frame as JSON. */
    public MessagePrinter(PrintStream out, Form form, boolean verbose) {
        this.out = out;
        this.form = form;
        this.verbose = verbose;
    }

    /** Returns false where the reader of the output has gone, as with {@code | head}. */
    boolean print(String frameText, RawObject frame) throws IOException {
        String raw = frame.text("type", "").equals("message") ? frame.raw("message") : null;
        if (raw == null) {
            throw new IOException("a message frame without message");
        }
        byte[] line = switch (form) {
            case JSON -> oneLine(verbose ? frameText : raw);
            case TEXT -> text(RawObject.parse(raw));
        };
        out.write(line, 0, line.length);
        out.write('\n');
        return !out.checkError();
    }

    private byte[] text(RawObject message) throws IOException {
        byte[] data = data(message);
        if (!verbose) {
            return data;
        }
        byte[] prefix = (message.text("channel", "") + " " + message.text("position", "-") + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[prefix.length + data.length];
        System.arraycopy(prefix, 0, line, 0, prefix.length);
        System.arraycopy(data, 0, line, prefix.length, data.length);
        return line;
    }

    private static byte[] data(RawObject message) throws IOException {
        String json = message.raw("data");
        if (json != null) {
            return oneLine(json);
        }
        String base64 = message.text("base64");
        if (base64 != null) {
            return Base64.getDecoder().decode(base64);
        }
        return message.text("text", "").getBytes(StandardCharsets.UTF_8);
    }

    /** Line ends between JSON tokens become spaces; within strings JSON has none. */
    private static byte[] oneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ').getBytes(StandardCharsets.UTF_8);
    }
}
