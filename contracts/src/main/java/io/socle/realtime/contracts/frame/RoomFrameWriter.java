package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.signaling.SignalingLimits;

/** A client's frame about rooms into its object. */
final class RoomFrameWriter {
    private RoomFrameWriter() {}

    static void write(JsonWriter json, RoomFrame frame) {
        json.field("type", type(frame))
                .optional("id", frame.commandId())
                .field("room", frame.room().value());
        switch (frame) {
            case RoomFrame.Join join -> {
                RoomJson.metadata(json, join.metadata());
                RoomFrame.Resume resume = join.resume();
                if (resume != null) {
                    json.key("resume")
                            .beginObject()
                            .field("peer", RoomJson.text(resume.peer()))
                            .field("secret", resume.secret())
                            .field("after", resume.after())
                            .endObject();
                }
            }
            case RoomFrame.Say say -> SignalJson.write(json.field("to", RoomJson.text(say.to())), say.signal());
            case RoomFrame.Update update -> RoomJson.metadata(json, update.metadata());
            case RoomFrame.Ring ring -> {
                json.array("callees", ring.callees(), json::string);
                if (ring.timeoutMs() != SignalingLimits.RING_DEFAULT_MS) {
                    json.field("timeoutMs", ring.timeoutMs());
                }
                RoomJson.metadata(json, ring.metadata());
            }
            case RoomFrame.Respond respond -> json.field("call", RoomJson.text(respond.call()));
            case RoomFrame.Cancel cancel -> json.field("call", RoomJson.text(cancel.call()));
            case RoomFrame.Leave leave -> {}
            case RoomFrame.Ice ice -> {}
        }
    }

    private static String type(RoomFrame frame) {
        return switch (frame) {
            case RoomFrame.Join join -> "join";
            case RoomFrame.Say say -> "signal";
            case RoomFrame.Update update -> "update_peer";
            case RoomFrame.Leave leave -> "leave_room";
            case RoomFrame.Ice ice -> "ice";
            case RoomFrame.Ring ring -> "ring";
            case RoomFrame.Respond respond -> respond.response().word();
            case RoomFrame.Cancel cancel -> "cancel";
        };
    }
}
