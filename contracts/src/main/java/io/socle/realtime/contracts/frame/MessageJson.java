package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.json.Shape;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A message as the JSON object of the section "Message" in {@code docs/protocol/websocket.md}; safe for any thread. */
public final class MessageJson {
    private MessageJson() {}

    /** JSON data is copied in byte for byte; that it is JSON was checked when it came in. */
    public static byte[] write(RealtimeMessage message) {
        JsonWriter json = new JsonWriter(MessageWriter.expectedBytes(message));
        MessageWriter.write(json, message.id(), message);
        return json.toBytes();
    }

    /**
     * The same JSON on one line (clause SSE-5): CR and LF become spaces. In JSON they stand only between tokens, for inside
     * of strings they are illegal. Returns the given array where nothing is to change, and never writes to it.
     */
    public static byte[] oneLine(byte[] json) {
        byte[] line = json;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                if (line == json) {
                    line = json.clone();
                }
                line[i] = ' ';
            }
        }
        return line;
    }

    /** One message of a publisher; throws ProblemException. */
    public static MessageDraft readDraft(byte[] utf8) {
        return MessageReader.draft(object(utf8, Shape.MESSAGE));
    }

    /** One message as {@link #write} gives it; throws ProblemException. */
    public static RealtimeMessage read(byte[] utf8) {
        return MessageReader.delivered(object(utf8, Shape.MESSAGE));
    }

    /**
     * The body {@code {"messages": [...]}} of clause HTTP-4; throws ProblemException, also where one message is wrong.
     *
     * @param most messages that are accepted; more are refused as batch_too_large
     */
    public static List<MessageDraft> readBatch(byte[] utf8, int most) {
        JsonObject body = object(utf8, Shape.BATCH);
        body.allowOnly(Set.of("messages"));
        if (!body.has("messages")) {
            throw new ProblemException(FailureCode.MISSING_FIELD, "messages is missing");
        }
        List<Json> items = body.items("messages");
        if (items.size() > most) {
            throw new ProblemException(FailureCode.BATCH_TOO_LARGE, "more than " + most + " messages");
        }
        return items.stream()
                .map(item -> MessageReader.draft(
                        item instanceof Json.Fields(Map<String, Json> fields)
                                ? new JsonObject(fields, "message.")
                                : body.wrongType("messages", "an array of objects")))
                .toList();
    }

    /** Checks data that claims to be JSON; throws ProblemException INVALID_DATA or TOO_DEEP (clause WS-30). */
    public static void requireJson(byte[] data) {
        JsonReader.requireJson(data);
    }

    private static JsonObject object(byte[] utf8, Shape shape) {
        return new JsonObject(new JsonReader(utf8).readObject(shape).values(), "");
    }
}
