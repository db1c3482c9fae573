package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.Qos;
import org.jspecify.annotations.Nullable;

/** A {@link ClientFrame} to bytes, for clients; safe for any thread. */
public final class ClientFrameWriter {
    private static final int TYPICAL = 192;

    private ClientFrameWriter() {}

    public static byte[] write(ClientFrame frame) {
        JsonWriter json = new JsonWriter(TYPICAL);
        json.beginObject();
        switch (frame) {
            case ClientFrame.Connect connect ->
                json.field("type", "connect").field("id", connect.id()).optional("token", connect.token());
            case ClientFrame.Publish publish -> publish(json, publish);
            case ClientFrame.InRoom(RoomFrame room) -> RoomFrameWriter.write(json, room);
            case ClientFrame.Subscribe subscribe -> subscribe(json, subscribe);
            case ClientFrame.Unsubscribe unsubscribe -> unsubscribe(json, unsubscribe);
            case ClientFrame.History history -> history(json, history);
            case ClientFrame.Delete delete -> delete(json, delete);
            case ClientFrame.Ack ack ->
                json.field("type", "ack")
                        .field("subscription", ack.subscription())
                        .field("cursor", ack.cursor());
            case ClientFrame.Refresh refresh ->
                json.field("type", "refresh").field("id", refresh.id()).field("token", refresh.token());
            case ClientFrame.Ping ping -> json.field("type", "ping").optional("id", ping.id());
            case ClientFrame.OfPresence presence -> PresenceFrames.write(json, presence.ask());
            case ClientFrame.Pong pong -> json.field("type", "pong");
        }
        return json.endObject().toBytes();
    }

    private static void publish(JsonWriter json, ClientFrame.Publish publish) {
        json.field("type", "publish").optional("id", publish.id()).key("message");
        MessageWriter.write(json, publish.message().id(), publish.message().fields());
        ProducerSequence producer = publish.producer();
        if (producer != null) {
            json.key("producer")
                    .beginObject()
                    .field("id", producer.producer())
                    .field("epoch", producer.epoch())
                    .field("sequence", producer.sequence())
                    .endObject();
        }
    }

    private static void subscribe(JsonWriter json, ClientFrame.Subscribe subscribe) {
        json.field("type", "subscribe").field("id", subscribe.id()).field("subscription", subscribe.subscription());
        switch (subscribe.selection()) {
            case Selection.OneChannel one -> json.field("channel", one.channel().value());
            case Selection.Matching matching ->
                json.field("filter", matching.filter().value());
        }
        since(json, subscribe.since());
        if (subscribe.qos() != Qos.AT_LEAST_ONCE) {
            json.field("qos", subscribe.qos().level());
        }
        if (subscribe.overflow() != Overflow.defaultFor(subscribe.qos())) {
            json.field("overflow", subscribe.overflow().word());
        }
        json.optional("maxUnacked", subscribe.maxUnacked()).optional("durable", subscribe.durable());
    }

    private static void unsubscribe(JsonWriter json, ClientFrame.Unsubscribe unsubscribe) {
        json.field("type", "unsubscribe")
                .field("id", unsubscribe.id())
                .field("subscription", unsubscribe.subscription());
        if (unsubscribe.delete()) {
            json.field("delete", true);
        }
    }

    private static void history(JsonWriter json, ClientFrame.History history) {
        json.field("type", "history")
                .field("id", history.id())
                .field("channel", history.channel().value());
        switch (history.range()) {
            case HistoryRange.Newest newest -> json.field("last", newest.messages());
            case HistoryRange.Before before ->
                json.field("before", before.position().toString());
            case HistoryRange.From from -> since(json, from.since());
        }
        json.field("limit", history.limit());
    }

    private static void delete(JsonWriter json, ClientFrame.Delete delete) {
        json.field("type", "delete")
                .field("id", delete.id())
                .field("channel", delete.channel().value());
        Position position = delete.position();
        if (position != null) {
            json.field("position", position.toString());
        }
    }

    private static void since(JsonWriter json, @Nullable Since since) {
        if (since == null) {
            return;
        }
        json.key("since").beginObject();
        switch (since) {
            case Since.AtPosition at -> json.field("position", at.position().toString());
            case Since.AtCursor at -> json.field("cursor", at.cursor());
            case Since.Last last -> json.field("last", last.messages());
            case Since.AtTime at -> json.field("time", at.time());
        }
        json.endObject();
    }
}
