package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.json.Shape;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Position;
import java.util.Set;

/** Bodies of HTTP requests and answers about durable subscriptions (clauses DUR-11, DUR-12); safe for any thread. */
public final class DurableJson {
    private static final int TYPICAL = 192;

    private DurableJson() {}

    /** A page as the body of an answer. */
    public static byte[] page(DurablePage page) {
        JsonWriter json = new JsonWriter(ServerFrameWriter.expectedBytes(page.items()))
                .beginObject()
                .field("cursor", page.cursor())
                .field("existed", page.existed());
        if (page.redelivered() > 0) {
            json.field("redelivered", page.redelivered());
        }
        return ServerFrameWriter.historyFields(json, page.channel(), page.items(), page.next())
                .endObject()
                .toBytes();
    }

    /** An acknowledgement, as request and as answer. */
    public static byte[] acknowledgement(Position position) {
        return new JsonWriter(TYPICAL)
                .beginObject()
                .field("position", position.toString())
                .endObject()
                .toBytes();
    }

    /** Reads an acknowledgement; throws ProblemException, and nothing else, where the bytes are none. */
    public static Position acknowledgement(byte[] utf8) {
        try {
            JsonObject json =
                    new JsonObject(new JsonReader(utf8).readObject(Shape.FRAME).values(), "");
            json.allowOnly(Set.of("position"));
            return json.position("position");
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }
}
