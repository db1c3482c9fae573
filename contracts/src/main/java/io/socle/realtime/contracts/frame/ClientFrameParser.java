package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.json.Shape;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.Qos;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to a {@link ClientFrame}. Refuses everything that the protocol does not define, in time linear in the bytes; the
 * caller bounds their number. Safe for any thread.
 */
public final class ClientFrameParser {
    private static final Set<String> SUBSCRIBE_FIELDS = Set.of(
            "type", "id", "subscription", "channel", "filter", "since", "qos", "overflow", "maxUnacked", "durable");

    private ClientFrameParser() {}

    /** Throws {@link FrameException}, and nothing else, where the bytes are no frame that a client may send. */
    public static ClientFrame parse(byte[] utf8) {
        JsonReader reader = new JsonReader(utf8);
        try {
            return frame(new JsonObject(reader.readObject(Shape.CLIENT_FRAME).values(), ""));
        } catch (ProblemException e) {
            throw new FrameException(e.problem(), readableId(reader));
        } catch (InvalidValueException e) {
            throw new FrameException(
                    new Problem(FailureCode.INVALID_VALUE, String.valueOf(e.getMessage())), readableId(reader));
        }
    }

    static @Nullable Long readableId(JsonReader reader) {
        return reader.root().get("id") instanceof Json.Whole(long id) && id >= 0 && id <= ClientFrame.MAX_ID
                ? id
                : null;
    }

    private static ClientFrame frame(JsonObject json) {
        String type = json.text("type");
        return switch (type) {
            case "connect" -> connect(json);
            case "publish" -> publish(json);
            case "subscribe" -> subscribe(json);
            case "unsubscribe" -> {
                json.allowOnly(Set.of("type", "id", "subscription", "delete"));
                yield new ClientFrame.Unsubscribe(
                        id(json), json.identifier("subscription"), json.flag("delete", false));
            }
            case "history" -> history(json);
            case "delete" -> {
                json.allowOnly(Set.of("type", "id", "channel", "position"));
                yield new ClientFrame.Delete(id(json), json.channel("channel"), json.positionOrNull("position"));
            }
            case "ack" -> {
                json.allowOnly(Set.of("type", "subscription", "cursor"));
                yield new ClientFrame.Ack(json.identifier("subscription"), json.cursor("cursor"));
            }
            case "refresh" -> {
                json.allowOnly(Set.of("type", "id", "token"));
                yield new ClientFrame.Refresh(id(json), Rules.token("token", json.text("token")));
            }
            case "ping" -> {
                json.allowOnly(Set.of("type", "id"));
                yield new ClientFrame.Ping(optionalId(json));
            }
            case "pong" -> {
                json.allowOnly(Set.of("type"));
                yield new ClientFrame.Pong();
            }
            default -> other(type, json);
        };
    }

    private static ClientFrame other(String type, JsonObject json) {
        ClientFrame presence = PresenceFrames.client(type, json);
        if (presence != null) {
            return presence;
        }
        RoomFrame frame = RoomFrameParser.frame(type, json);
        if (frame == null) {
            throw new ProblemException(FailureCode.UNKNOWN_TYPE, "no client frame has type " + JsonReader.quoted(type));
        }
        return new ClientFrame.InRoom(frame);
    }

    private static ClientFrame connect(JsonObject json) {
        json.allowOnly(Set.of("type", "id", "token"));
        String token = json.textOrNull("token");
        return new ClientFrame.Connect(id(json), token == null ? null : Rules.token("token", token));
    }

    private static ClientFrame publish(JsonObject json) {
        json.allowOnly(Set.of("type", "id", "message", "producer"));
        return new ClientFrame.Publish(
                optionalId(json), MessageReader.draft(json.object("message")), producer(json.objectOrNull("producer")));
    }

    private static @Nullable ProducerSequence producer(@Nullable JsonObject json) {
        if (json == null) {
            return null;
        }
        json.allowOnly(Set.of("id", "epoch", "sequence"));
        return new ProducerSequence(
                json.identifier("id"),
                json.whole("epoch", 0, ClientFrame.MAX_ID),
                json.whole("sequence", 1, ClientFrame.MAX_ID));
    }

    private static ClientFrame subscribe(JsonObject json) {
        json.allowOnly(SUBSCRIBE_FIELDS);
        String durable = json.identifierOrNull("durable");
        Long level = json.wholeOrNull("qos", 0, 2);
        Qos qos = level == null ? Qos.AT_LEAST_ONCE : Qos.of(level.intValue());
        Overflow overflow = json.wordOrNull("overflow", Overflow.class);
        Long unacked = json.wholeOrNull(
                "maxUnacked", 1, durable == null ? ClientFrame.MAX_UNACKED : ClientFrame.MAX_DURABLE_UNACKED);
        Selection selection = selection(json);
        Overflow handling = overflow == null ? Overflow.defaultFor(qos) : overflow;
        if (durable != null) {
            checkDurable(selection, qos, handling);
        }
        return new ClientFrame.Subscribe(
                id(json),
                json.identifier("subscription"),
                selection,
                since(json.objectOrNull("since"), selection instanceof Selection.OneChannel),
                qos,
                handling,
                unacked == null ? null : unacked.intValue(),
                durable);
    }

    /** A cursor is one channel's, and it may not pass what was never delivered (clause DUR-2). */
    private static void checkDurable(Selection selection, Qos qos, Overflow overflow) {
        if (!(selection instanceof Selection.OneChannel)) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "durable is for channels, not for filters");
        }
        if (overflow != Overflow.RECOVER || qos == Qos.AT_MOST_ONCE) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "durable goes with overflow recover and qos 1 or 2");
        }
    }

    private static Selection selection(JsonObject json) {
        return switch (json.count("channel", "filter")) {
            case 0 -> throw new ProblemException(FailureCode.MISSING_FIELD, "channel or filter is missing");
            case 1 ->
                json.has("channel")
                        ? new Selection.OneChannel(json.channel("channel"))
                        : new Selection.Matching(json.required("filter", json.filterOrNull("filter")));
            default -> throw new ProblemException(FailureCode.INVALID_VALUE, "channel and filter exclude each other");
        };
    }

    private static @Nullable Since since(@Nullable JsonObject json, boolean oneChannel) {
        if (json == null) {
            return null;
        }
        json.allowOnly(Set.of("position", "cursor", "last", "time"));
        if (json.values().size() != 1) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE, "since must have one of position, cursor, last and time");
        }
        Position position = json.positionOrNull("position");
        Long last = json.wholeOrNull("last", 1, ClientFrame.MAX_ID);
        Instant time = json.timeOrNull("time");
        if (!oneChannel && (position != null || last != null)) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "since position and last are for channels only");
        }
        if (position != null) {
            return new Since.AtPosition(position);
        }
        if (last != null) {
            return new Since.Last(last);
        }
        return time != null ? new Since.AtTime(time) : new Since.AtCursor(json.cursor("cursor"));
    }

    private static ClientFrame history(JsonObject json) {
        json.allowOnly(Set.of("type", "id", "channel", "last", "since", "before", "limit"));
        if (json.count("last", "since", "before") > 1) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "last, since and before exclude each other");
        }
        Long limit = json.wholeOrNull("limit", 1, Limits.PAGE_ITEMS);
        int items = limit == null ? ClientFrame.DEFAULT_HISTORY_ITEMS : limit.intValue();
        return new ClientFrame.History(id(json), json.channel("channel"), range(json, items), items);
    }

    private static HistoryRange range(JsonObject json, int items) {
        Position before = json.positionOrNull("before");
        if (before != null) {
            return new HistoryRange.Before(before);
        }
        Since since = since(json.objectOrNull("since"), true);
        if (since instanceof Since.AtCursor || since instanceof Since.Last) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "since of history takes position or time");
        }
        if (since != null) {
            return new HistoryRange.From(since);
        }
        Long last = json.wholeOrNull("last", 1, ClientFrame.MAX_ID);
        return new HistoryRange.Newest(last == null ? items : last);
    }

    private static long id(JsonObject json) {
        return json.whole("id", 0, ClientFrame.MAX_ID);
    }

    private static @Nullable Long optionalId(JsonObject json) {
        return json.wholeOrNull("id", 0, ClientFrame.MAX_ID);
    }
}
