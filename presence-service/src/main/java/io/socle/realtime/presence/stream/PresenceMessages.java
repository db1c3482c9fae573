package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.frame.PresenceJson;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.PresenceChannels;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.presence.core.Effect;
import io.socle.realtime.shell.owner.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What is told of presence as messages on {@code $presence/<channel>} (clauses PRS-20 to PRS-24). */
final class PresenceMessages {
    private static final String TYPE = "presence";
    private static final int TYPICAL = 256;

    private final LogTopics topics;

    PresenceMessages(LogTopics topics) {
        this.topics = topics;
    }

    /** By its id the channel's owner knows a message that comes again after a crash. */
    Outcome.Command publish(Effect.Tell tell) {
        ChannelName channel = PresenceChannels.of(tell.channel());
        Instant at = Instant.ofEpochMilli(tell.time());
        RealtimeMessage message = RealtimeMessage.builder("presence-" + tell.version(), channel)
                .source(TYPE)
                .type(TYPE)
                .contentType(RealtimeMessage.JSON)
                .data(Payload.of(data(tell, at)))
                .timestamp(at)
                .build();
        return new Outcome.Command(
                topics.channelCommands(),
                channel.value().getBytes(StandardCharsets.UTF_8),
                CommandRecords.encode(null, new Command.Publish(message, null)));
    }

    private static byte[] data(Effect.Tell tell, Instant at) {
        JsonWriter json = new JsonWriter(TYPICAL);
        json.beginObject().field("version", tell.version());
        switch (tell.event()) {
            case Effect.Entered(var member, var profile) ->
                PresenceJson.profile(member(json.field("event", "enter"), member), profile);
            case Effect.Updated(var member, var profile) ->
                PresenceJson.profile(member(json.field("event", "update"), member), profile);
            case Effect.Left(var member, var kind, var reason) ->
                member(json.field("event", "leave"), member)
                        .field("kind", kind.word())
                        .field("reason", reason.word());
            case Effect.Mode(boolean counts, int count) ->
                json.field("event", "mode")
                        .field("mode", counts ? "counts" : "events")
                        .field("count", count);
            case Effect.Counts counts -> counts(json, counts);
        }
        return json.field("at", at).endObject().toBytes();
    }

    private static JsonWriter member(JsonWriter json, MemberKey member) {
        return json.field("subject", member.subject()).field("entry", member.entry());
    }

    private static void counts(JsonWriter json, Effect.Counts counts) {
        json.field("event", "counts")
                .field("count", counts.count())
                .field("joins", counts.joins())
                .field("leaves", counts.leaves())
                .field("updates", counts.updates())
                .array(
                        "sample",
                        counts.sample(),
                        one -> json.beginObject()
                                .field("subject", one.subject())
                                .field("entry", one.entry())
                                .field("kind", one.kind().word())
                                .endObject());
    }
}
