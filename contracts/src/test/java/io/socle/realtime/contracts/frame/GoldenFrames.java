package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ServerFrame.ConnectionLimits;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.frame.ServerFrame.SlowPolicy;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One example or more of every frame, by the name of its golden file. */
final class GoldenFrames {
    static final ChannelName CHANNEL = new ChannelName("chat/1");
    static final Position POSITION = new Position(0x3f2a00000000001cL, 57);
    static final Instant TIME = Instant.parse("2026-01-01T12:00:00.000000001Z");

    static final RealtimeMessage SMALL = RealtimeMessage.builder("m-1", CHANNEL)
            .json("{\"text\": \"hi\"}")
            .timestamp(Instant.parse("2026-01-01T12:00:00Z"))
            .position(POSITION)
            .build();

    static final RealtimeMessage FULL = RealtimeMessage.builder("m-2", CHANNEL)
            .source("alice")
            .type("com.example.greeting")
            .contentType("text/plain; charset=utf-8")
            .data(Payload.utf8("Grüße, \"Welt\"\n"))
            .qos(Qos.EXACTLY_ONCE)
            .retain(true)
            .privacy(new Privacy(List.of("bob", "carol"), false, Privacy.Audit.METADATA, "mls"))
            .offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, Duration.ofMinutes(5), "greeting"))
            .trace(new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1"))
            .headers(Map.of("lang", "de", "data", ""))
            .timestamp(TIME)
            .expiry(TIME.plusSeconds(60))
            .correlationId("c-1")
            .replyTo(new ChannelName("chat/1/replies"))
            .build();

    static final RealtimeMessage BINARY = RealtimeMessage.builder("m-3", CHANNEL)
            .contentType("application/octet-stream")
            .data(Payload.of(new byte[] {0, 1, (byte) 0xff, (byte) 0xfe}))
            .qos(Qos.AT_MOST_ONCE)
            .position(POSITION.plus(1))
            .build();

    private static final Problem PROBLEM = new Problem(FailureCode.FORBIDDEN, "publish on chat/2");

    private GoldenFrames() {}

    static Map<String, ClientFrame> client() {
        Map<String, ClientFrame> frames = new LinkedHashMap<>();
        frames.put("connect", new ClientFrame.Connect(1, "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"));
        frames.put("connect-by-handshake", new ClientFrame.Connect(1, null));
        frames.put("publish", new ClientFrame.Publish(2L, MessageDraft.of(SMALL), null));
        frames.put(
                "publish-full",
                new ClientFrame.Publish(
                        ClientFrame.MAX_ID, MessageDraft.of(FULL), new ProducerSequence("sensor-7", 3, 42)));
        frames.put("publish-unanswered", new ClientFrame.Publish(null, MessageDraft.withoutId(BINARY), null));
        frames.put("subscribe", subscribe("s1", new Selection.OneChannel(CHANNEL), null));
        frames.put(
                "subscribe-since-position",
                subscribe("s2", new Selection.OneChannel(CHANNEL), new Since.AtPosition(POSITION)));
        frames.put("subscribe-since-last", subscribe("s3", new Selection.OneChannel(CHANNEL), new Since.Last(10)));
        frames.put("subscribe-since-cursor", subscribe("s4", matching(), new Since.AtCursor("AAECAw")));
        frames.put(
                "subscribe-full",
                new ClientFrame.Subscribe(
                        4, "s5", matching(), new Since.AtTime(TIME), Qos.AT_MOST_ONCE, Overflow.CONFLATE, 100));
        frames.put(
                "subscribe-durable",
                new ClientFrame.Subscribe(
                        4,
                        "s6",
                        new Selection.OneChannel(CHANNEL),
                        new Since.Last(10),
                        Qos.AT_LEAST_ONCE,
                        Overflow.RECOVER,
                        16,
                        "billing"));
        frames.put("unsubscribe", new ClientFrame.Unsubscribe(5, "s1"));
        frames.put("unsubscribe-delete", new ClientFrame.Unsubscribe(5, "s6", true));
        frames.put("history-last", new ClientFrame.History(6, CHANNEL, new HistoryRange.Newest(20), 100));
        frames.put("history-before", new ClientFrame.History(6, CHANNEL, new HistoryRange.Before(POSITION), 512));
        frames.put(
                "history-since", new ClientFrame.History(6, CHANNEL, new HistoryRange.From(new Since.AtTime(TIME)), 1));
        frames.put("delete", new ClientFrame.Delete(6, CHANNEL, POSITION));
        frames.put("delete-channel", new ClientFrame.Delete(6, CHANNEL, null));
        GoldenRoomFrames.client().forEach((name, frame) -> frames.put(name, new ClientFrame.InRoom(frame)));
        frames.put("ack", new ClientFrame.Ack("s1", POSITION.toString()));
        frames.put("refresh", new ClientFrame.Refresh(7, "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"));
        frames.put("ping", new ClientFrame.Ping(8L));
        frames.put("pong", new ClientFrame.Pong());
        frames.putAll(PresenceExamples.client());
        return frames;
    }

    private static Selection matching() {
        return new Selection.Matching(new ChannelFilter("chat/+/x/#"));
    }

    private static ClientFrame subscribe(String name, Selection selection, @Nullable Since since) {
        return new ClientFrame.Subscribe(3, name, selection, since, Qos.AT_LEAST_ONCE, Overflow.RECOVER, null);
    }

    static Map<String, ServerFrame> server() {
        Map<String, ServerFrame> frames = new LinkedHashMap<>();
        frames.put(
                "connected",
                new ServerFrame.Connected(
                        1, "g0-17", "alice", 15_000, TIME, new ConnectionLimits(262_144, 196_608, 256, 256)));
        frames.put("published", new ServerFrame.Published(2, POSITION, false));
        frames.put("published-repeat", new ServerFrame.Published(2, POSITION, true));
        frames.put("published-late", new ServerFrame.Published(2, POSITION, false, 1_250L));
        frames.put("published-ephemeral", new ServerFrame.Published(2, null, false));
        frames.put("subscribed-ephemeral", new ServerFrame.Subscribed(3, "s1", null));
        frames.put("subscribed", new ServerFrame.Subscribed(3, "s1", POSITION.toString()));
        frames.put("subscribed-durable", new ServerFrame.Subscribed(4, "s6", POSITION.toString(), true));
        frames.put("unsubscribed", new ServerFrame.Unsubscribed(5L, "s1", null));
        frames.put("unsubscribed-by-server", new ServerFrame.Unsubscribed(null, "s1", PROBLEM));
        frames.put("history", new ServerFrame.HistoryPage(6, CHANNEL, items(), POSITION.toString()));
        GoldenRoomFrames.server().forEach((name, frame) -> frames.put(name, new ServerFrame.InRoom(frame)));
        frames.put("deleted", new ServerFrame.Deleted(6));
        frames.put("refreshed", new ServerFrame.Refreshed(7, TIME));
        frames.put("pong", new ServerFrame.Pong(8L));
        frames.put("ping", new ServerFrame.Ping(null));
        frames.put("problem", new ServerFrame.ProblemFrame(9L, PROBLEM));
        frames.put(
                "problem-later",
                new ServerFrame.ProblemFrame(9L, Problem.later(FailureCode.OVERLOADED, Duration.ofMillis(1_800))));
        frames.put("backpressure-on", new ServerFrame.Backpressure(ServerFrame.BackpressureState.ON, 2_100, 1_800L));
        frames.put("backpressure-off", new ServerFrame.Backpressure(ServerFrame.BackpressureState.OFF, 12, null));
        frames.put("message", new ServerFrame.Message("s1", null, SMALL));
        frames.put(
                "message-full",
                new ServerFrame.Message(
                        "s4", "AAECAw", FULL.toBuilder().position(POSITION).build()));
        frames.put("message-redelivered", new ServerFrame.Message("s6", null, SMALL, true));
        frames.put("message-binary", new ServerFrame.Message("s1", null, BINARY));
        frames.put("caught_up", new ServerFrame.CaughtUp("s1", POSITION.toString()));
        frames.put("caught_up-flushed", new ServerFrame.CaughtUp("s6", POSITION.toString(), 42));
        frames.put("skipped", new ServerFrame.Skipped("s1", CHANNEL, POSITION, POSITION.plus(2)));
        frames.put("lost", new ServerFrame.Lost("s1", CHANNEL, POSITION, POSITION.plus(2)));
        frames.put("lost-filter", new ServerFrame.LostUntil("s4", "AAECAw"));
        frames.put("slow", new ServerFrame.Slow("s1", SlowPolicy.DROP_OLDEST, 12));
        frames.put("disconnect", new ServerFrame.DisconnectFrame(Disconnect.of(FailureCode.SHUTTING_DOWN)));
        frames.putAll(PresenceExamples.server());
        frames.put("disconnect-for-good", new ServerFrame.DisconnectFrame(Disconnect.of(FailureCode.UNAUTHORIZED)));
        return frames;
    }

    private static List<HistoryItem> items() {
        return List.of(
                new HistoryItem.Message(SMALL),
                new HistoryItem.Skipped(POSITION.plus(1), POSITION.plus(3)),
                new HistoryItem.Lost(POSITION.plus(4), POSITION.plus(4)));
    }
}
