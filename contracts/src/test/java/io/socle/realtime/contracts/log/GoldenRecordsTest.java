package io.socle.realtime.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.golden.Committed;
import io.socle.realtime.contracts.log.v1.CommandRecord;
import io.socle.realtime.contracts.log.v1.DeliveryRecord;
import io.socle.realtime.contracts.log.v1.ReadRecord;
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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What earlier versions logged is still read, and what is logged now is what they read: one committed file of hexadecimal
 * bytes for each kind of record in src/test/resources/golden/records.
 */
class GoldenRecordsTest {
    private static final ChannelName CHANNEL = new ChannelName("chat/1");
    private static final Position POSITION = new Position(0x3f2a00000000001cL, 57);
    private static final Instant TIME = Instant.parse("2026-01-01T12:00:00.001Z");
    private static final Origin ORIGIN = new Origin(2, 1234, 77);
    private static final Read.Credit CREDIT = new Read.Credit(512, 262_144);

    private static final RealtimeMessage MESSAGE = RealtimeMessage.builder("m-1", CHANNEL)
            .source("alice")
            .type("com.example.greeting")
            .json("{\"text\": \"hi\"}")
            .qos(Qos.EXACTLY_ONCE)
            .retain(true)
            .privacy(new Privacy(List.of("bob"), false, Privacy.Audit.METADATA, "mls"))
            .offline(new OfflinePolicy(OfflinePolicy.Mode.LATEST, Duration.ofMinutes(5), "greeting"))
            .trace(new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1"))
            .headers(Map.of("lang", "de"))
            .timestamp(TIME.plusNanos(1))
            .expiry(TIME.plusSeconds(60))
            .correlationId("c-1")
            .replyTo(new ChannelName("chat/1/replies"))
            .position(POSITION)
            .build();

    private static final SessionKey SESSION = new SessionKey("alice", "pump-7");
    private static final SessionEntry ENTRY = new SessionEntry("s/chat/#", Payload.utf8("1"));
    private static final SessionEntry GONE = new SessionEntry("o/17", null);

    @Test
    void commands_are_written_and_read_as_committed() throws InvalidProtocolBufferException {
        for (Map.Entry<String, Command> kind : commands().entrySet()) {
            byte[] bytes = CommandRecords.encode(ORIGIN, kind.getValue());
            byte[] committed = compare("command-" + kind.getKey(), bytes, CommandRecord.parseFrom(bytes));
            assertThat(CommandRecords.decode(committed)).isEqualTo(new CommandRecords.Logged(ORIGIN, kind.getValue()));
        }
        assertThat(commands().values().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(Command.class.getPermittedSubclasses());
    }

    private static Map<String, Command> commands() {
        Map<String, Command> kinds = new LinkedHashMap<>();
        kinds.put("publish", new Command.Publish(MESSAGE, new ProducerSequence("sensor-7", 3, 42)));
        kinds.put("subscribe", new Command.Subscribe(new ChannelFilter("chat/#")));
        kinds.put("subscribe-ephemeral", new Command.Subscribe(new ChannelFilter("typing/1"), true));
        kinds.put("watch", new Command.Watch(CHANNEL));
        kinds.put("unwatch", new Command.Unwatch(CHANNEL));
        kinds.put("unsubscribe", new Command.Unsubscribe(new ChannelFilter("chat/#")));
        kinds.put("node-started", new Command.NodeStarted());
        kinds.put("node-dead", new Command.NodeDead(3, 1200));
        kinds.put("durable-attach", durable(0, new DurableAction.Attach(new Read.Start.After(POSITION), false)));
        kinds.put("durable-attach-last", durable(0, new DurableAction.Attach(new Read.Start.Last(10), true)));
        kinds.put("durable-attach-since", durable(0, new DurableAction.Attach(new Read.Start.Since(TIME), false)));
        kinds.put("durable-attach-now", durable(0, new DurableAction.Attach(null, false)));
        kinds.put("durable-ack", durable(4711, new DurableAction.Ack(POSITION, 60)));
        kinds.put("durable-detach", durable(4711, new DurableAction.Detach(60)));
        kinds.put("durable-delete", durable(0, new DurableAction.Delete()));
        SessionWill will = new SessionWill(MESSAGE, 5_000, 60_000L);
        kinds.put("session-attach", session(0, new SessionAction.Attach(true, 3_600_000, will)));
        kinds.put("session-attach-yielding", session(0, new SessionAction.Attach(false, 3_600_000, null, true)));
        kinds.put("session-save", session(4711, new SessionAction.Save(List.of(ENTRY, GONE))));
        kinds.put("session-detach", session(4711, new SessionAction.Detach(List.of(ENTRY), 60_000L, true, 30_000)));
        kinds.put("will-published", new Command.WillPublished(4711));
        kinds.put("shared-join", shared(0, new SharedAction.Join(100, 1, 60_000)));
        kinds.put("shared-done", shared(4711, new SharedAction.Done(List.of(4700L, 4702L))));
        kinds.put("shared-away", shared(4711, new SharedAction.Away(60_000)));
        kinds.put("shared-leave", shared(4711, new SharedAction.Leave()));
        kinds.put("delete", new Command.Delete(CHANNEL, POSITION));
        kinds.put("delete-channel", new Command.Delete(CHANNEL, null));
        kinds.putAll(GoldenRoomRecords.commands());
        kinds.put("tick", new Command.Tick());
        kinds.put(
                "policies",
                new Command.SetPolicies(new Policies(
                        Map.of("chat", new Policies.Policy(100, 1_000_000, Duration.ofHours(1))),
                        Policies.Policy.DEFAULT,
                        Policies.Deduplication.DEFAULT)));
        return kinds;
    }

    private static Command session(long generation, SessionAction action) {
        return new Command.Session(SESSION, generation, action);
    }

    private static Command shared(long generation, SharedAction action) {
        SharedName of = new SharedName("workers", new ChannelFilter("chat/+"));
        return new Command.Shared(of, new SharedMember("alice", "worker-1"), generation, action);
    }

    private static Command durable(long generation, DurableAction action) {
        return new Command.Durable(new DurableName(CHANNEL, "alice", "billing"), generation, action);
    }

    @Test
    void reads_are_written_and_read_as_committed() throws InvalidProtocolBufferException {
        for (Map.Entry<String, Read> kind : reads().entrySet()) {
            byte[] bytes = ReadRecords.encode(ORIGIN, kind.getValue());
            byte[] committed = compare("read-" + kind.getKey(), bytes, ReadRecord.parseFrom(bytes));
            assertThat(ReadRecords.decode(committed)).isEqualTo(new ReadRecords.Logged(ORIGIN, kind.getValue()));
        }
    }

    private static Map<String, Read> reads() {
        Map<String, Read> kinds = new LinkedHashMap<>();
        kinds.put("after", new Read.Forward(CHANNEL, new Read.Start.After(POSITION), CREDIT));
        kinds.put("under-way", new Read.Forward(CHANNEL, new Read.Start.After(POSITION), CREDIT, true));
        kinds.put("last", new Read.Forward(CHANNEL, new Read.Start.Last(10), CREDIT));
        kinds.put("since", new Read.Forward(CHANNEL, new Read.Start.Since(TIME), CREDIT));
        kinds.put("before", new Read.Backward(CHANNEL, POSITION, CREDIT));
        kinds.put("filtered", new Read.Filtered(new ChannelFilter("chat/+"), 4711, TIME, CREDIT));
        kinds.put("retained", new Read.Retained(CHANNEL));
        kinds.put("retained-matching", new Read.RetainedMatching(new ChannelFilter("chat/+"), "chat/1", CREDIT));
        return kinds;
    }

    @Test
    void deliveries_are_written_and_read_as_committed() throws InvalidProtocolBufferException {
        for (Map.Entry<String, Delivery.Content> kind : contents().entrySet()) {
            Delivery delivery = new Delivery(5, 4711, kind.getValue());
            byte[] bytes = DeliveryRecords.encode(delivery);
            byte[] committed = compare("delivery-" + kind.getKey(), bytes, DeliveryRecord.parseFrom(bytes));
            assertThat(DeliveryRecords.decode(committed)).isEqualTo(delivery);
        }
    }

    private static Map<String, Delivery.Content> contents() {
        Map<String, Delivery.Content> kinds = new LinkedHashMap<>();
        kinds.put("publication", new Delivery.Publication(MESSAGE));
        kinds.put("watermark", new Delivery.Watermark());
        kinds.put("published", answer(new Reply.Published(POSITION, true)));
        kinds.put("subscribed", answer(new Reply.Subscribed(POSITION)));
        kinds.put("refused", answer(new Reply.Refused(new Problem(FailureCode.SEQUENCE_GAP, "41 is missing"))));
        kinds.put("attached", answer(new Reply.Attached(POSITION, 4711, true, 60)));
        kinds.put("durable-ended", new Delivery.DurableEnded(CHANNEL, 4711, Problem.of(FailureCode.TAKEN_OVER)));
        kinds.put("channel-deleted", new Delivery.ChannelDeleted(CHANNEL, POSITION.epoch()));
        kinds.put("ephemeral", new Delivery.Ephemeral(MESSAGE));
        kinds.put("interested", new Delivery.Interested(CHANNEL, List.of(new Delivery.NodeLife(2, 1234))));
        kinds.put("interest-changed", new Delivery.InterestChanged());
        kinds.put("session-attached", answer(new Reply.SessionAttached(4711, true, List.of(ENTRY))));
        kinds.put("session-ended", new Delivery.SessionEnded(SESSION, 4711));
        kinds.put("shared", new Delivery.Shared(4711, 4700, MESSAGE));
        kinds.put("joined", answer(new Reply.Joined(4711)));
        kinds.putAll(GoldenRoomRecords.contents());
        kinds.put("done", answer(new Reply.Done()));
        kinds.put(
                "page",
                answer(new Reply.Page(
                        POSITION.epoch(),
                        List.of(
                                new Reply.PageItem.Lost(50, 55),
                                new Reply.PageItem.Skipped(56, 56),
                                new Reply.PageItem.Message(MESSAGE)),
                        57,
                        60,
                        false)));
        kinds.put(
                "filter-page",
                answer(new Reply.FilterPage(
                        List.of(
                                new Reply.FilterItem.Lost(4700, CHANNEL, POSITION),
                                new Reply.FilterItem.Message(4701, MESSAGE)),
                        4701,
                        true,
                        4600L)));
        kinds.put("retained-page", answer(new Reply.RetainedPage(List.of(MESSAGE), "chat/1")));
        return kinds;
    }

    private static Delivery.Content answer(Reply reply) {
        return new Delivery.Answer(77, reply);
    }

    @Test
    void node_records_are_written_as_committed() {
        compare("node-claim", NodeRecords.claim(2, "g-2"));
        compare("node-heartbeat", NodeRecords.heartbeat(2, "g-2", 1234, 7));
        compare("node-tick", NodeRecords.tick());
        compare("node-release", NodeRecords.release(2, "g-2", 1234));
    }

    private static void compare(String name, byte[] bytes) {
        compare(name, bytes, NodeRecords.decode(bytes));
    }

    /** The text form goes along so that a difference can be read; returns the committed bytes. */
    private static byte[] compare(String name, byte[] bytes, MessageLite record) {
        Committed file = Committed.golden("records/" + name + ".hex");
        file.requireEqual(HexFormat.of().formatHex(bytes) + "\n\n" + record);
        return HexFormat.of().parseHex(file.read().lines().findFirst().orElseThrow());
    }
}
