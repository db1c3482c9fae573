package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.contracts.signaling.SignalingLimits;

/** The server's frame about rooms into its object. */
final class RoomPushWriter {
    private RoomPushWriter() {}

    static void write(JsonWriter json, RoomPush push) {
        switch (push) {
            case RoomPush.Joined joined -> joined(json, joined);
            case RoomPush.Signaled signaled -> {
                json.field("type", "signaled")
                        .field("id", signaled.id())
                        .optional("negotiation", signaled.negotiation());
                Signal.Ignored ignored = signaled.ignored();
                json.optional("ignored", ignored == null ? null : ignored.word());
            }
            case RoomPush.Ice ice -> {
                json.field("type", "ice_servers")
                        .field("id", ice.id())
                        .field("room", ice.room().value());
                iceServers(json, ice.iceServers());
            }
            case RoomPush.Ringing ringing ->
                json.field("type", "ringing")
                        .field("id", ringing.id())
                        .field("room", ringing.room().value())
                        .field("call", RoomJson.text(ringing.call()))
                        .field("expires", ringing.expires());
            case RoomPush.Done done -> json.field("type", "room_done").field("id", done.id());
            case RoomPush.Left left -> {
                json.field("type", "room_left")
                        .field("room", left.room().value())
                        .key("problem")
                        .beginObject();
                ServerFrameWriter.problem(json, left.problem());
                json.endObject();
            }
            default -> told(json, push);
        }
    }

    private static void told(JsonWriter json, RoomPush push) {
        switch (push) {
            case RoomPush.Said said -> {
                json.field("type", "signal")
                        .field("room", said.room().value())
                        .field("sequence", said.sequence())
                        .field("from", RoomJson.text(said.from()));
                SignalJson.write(json, said.signal());
            }
            case RoomPush.PeerJoined joined -> {
                json.field("type", "peer_joined")
                        .field("room", joined.room().value())
                        .field("sequence", joined.sequence());
                peer(json, joined.peer());
            }
            case RoomPush.PeerUpdated updated -> {
                json.field("type", "peer_updated")
                        .field("room", updated.room().value())
                        .field("sequence", updated.sequence())
                        .field("peer", RoomJson.text(updated.peer()));
                RoomJson.metadata(json, updated.metadata());
            }
            case RoomPush.PeerLeft left ->
                json.field("type", "peer_left")
                        .field("room", left.room().value())
                        .field("sequence", left.sequence())
                        .field("peer", RoomJson.text(left.peer()))
                        .field("reason", left.reason().word());
            case RoomPush.Call call ->
                json.field("type", "call")
                        .field("room", call.room().value())
                        .field("sequence", call.sequence())
                        .field("call", RoomJson.text(call.call()))
                        .field("subject", call.subject())
                        .field("state", call.state().word());
            default -> throw new IllegalArgumentException("written elsewhere: " + push.getClass());
        }
    }

    private static void joined(JsonWriter json, RoomPush.Joined joined) {
        RoomTerms terms = joined.terms();
        json.field("type", "joined")
                .field("id", joined.id())
                .field("room", joined.room().value())
                .field("peer", RoomJson.text(joined.peer()))
                .field("secret", joined.secret())
                .field("sequence", joined.sequence());
        if (joined.missed()) {
            json.field("missed", true);
        }
        json.array("peers", joined.peers(), peer -> {
            json.beginObject();
            peer(json, peer);
            json.endObject();
        });
        iceServers(json, joined.iceServers());
        if (terms.bound()) {
            json.field("channel", joined.room().value());
        }
        boolean beyond = joined.peers().size() + 1 > terms.fullMesh();
        json.field("topology", beyond ? "beyond_full_mesh" : "full_mesh")
                .key("limits")
                .beginObject()
                .field("peers", terms.peers())
                .field("fullMesh", terms.fullMesh())
                .field("signalsPerSecond", joined.signalsPerSecond())
                .field("sdpCharacters", SignalingLimits.SDP_CHARACTERS)
                .field("candidateCharacters", SignalingLimits.CANDIDATE_CHARACTERS)
                .field("metadataBytes", SignalingLimits.METADATA_BYTES)
                .endObject();
    }

    private static void peer(JsonWriter json, PeerInfo peer) {
        json.field("peer", RoomJson.text(peer.peer()))
                .field("subject", peer.subject())
                .field("polite", peer.polite());
        RoomJson.metadata(json, peer.metadata());
    }

    private static void iceServers(JsonWriter json, IceServers servers) {
        json.array("iceServers", servers.servers(), server -> {
            json.beginObject().array("urls", server.urls(), json::string);
            IceServers.Credential credential = server.credential();
            if (credential != null) {
                json.field("username", credential.username()).field("credential", credential.password());
            }
            json.endObject();
        });
        json.optional("iceExpires", servers.expires());
    }
}
