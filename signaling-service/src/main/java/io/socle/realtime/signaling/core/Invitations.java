package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.frame.Inbox;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.Metadata;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody who is called is told, as messages on its inbox; made of the call alone, so that a repeat has the same id. */
final class Invitations {
    private static final String SOURCE = "signaling";
    /** How long it is worth reading what became of a call. */
    private static final Duration AFTERMATH = Duration.ofMinutes(1);

    private final int partition;

    Invitations(int partition) {
        this.partition = partition;
    }

    RealtimeMessage ringing(ChannelName room, Call call, Peer caller, Call.Callee callee, @Nullable Metadata metadata) {
        Instant expires = Instant.ofEpochMilli(call.deadline());
        JsonWriter json = begin(room, call)
                .field("from", caller.subject())
                .field("peer", Long.toHexString(caller.id()))
                .field("expires", expires);
        if (metadata != null) {
            json.key("metadata").raw(metadata.utf8());
        }
        return message(call, callee, expires, json);
    }

    RealtimeMessage settled(ChannelName room, Call call, Call.Callee callee, long now) {
        JsonWriter json = begin(room, call).optional("connection", callee.connection());
        return message(call, callee, Instant.ofEpochMilli(now).plus(AFTERMATH), json);
    }

    private static JsonWriter begin(ChannelName room, Call call) {
        return new JsonWriter(128)
                .beginObject()
                .field("call", Long.toHexString(call.id()))
                .field("room", room.value());
    }

    /** Whoever was away learns only what the call has come to. */
    private RealtimeMessage message(Call call, Call.Callee callee, Instant expires, JsonWriter json) {
        String name = "call-" + partition + "-" + Long.toHexString(call.id());
        return RealtimeMessage.builder(name + "-" + callee.state().word(), Inbox.of(callee.subject()))
                .source(SOURCE)
                .type("call." + callee.state().word())
                .contentType(RealtimeMessage.JSON)
                .data(Payload.of(json.endObject().toBytes()))
                .offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, null, name))
                .expiry(expires)
                .build();
    }
}
