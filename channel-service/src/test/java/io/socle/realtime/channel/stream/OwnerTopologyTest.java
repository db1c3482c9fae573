package io.socle.realtime.channel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.shell.owner.Pulse;
import io.socle.realtime.shell.owner.Slots;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell with real stores and without a broker. */
@SuppressWarnings("NullAway.Init") // The test runner sets the fields.
class OwnerTopologyTest {
    private static final ChannelName CHAT = new ChannelName("chat/1");
    private static final Read.Credit PLENTY = new Read.Credit(100, 100_000);
    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    Path directory;

    private TopologyFixture topology;

    @BeforeEach
    void open() {
        topology = new TopologyFixture(directory, OpenTelemetry.noop(), Policies.DEFAULT);
    }

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void a_publication_goes_to_who_is_interested_and_then_the_reply_to_its_publisher() {
        topology.command(topology.origin(), new Command.Subscribe(ChannelFilter.of(CHAT)));
        topology.command(topology.origin(), publish("m1"));
        List<Delivery.Content> contents = topology.contents();
        assertThat(contents).hasSize(3);
        assertThat(contents.get(1)).isInstanceOf(Delivery.Publication.class);
        assertThat(contents.get(2))
                .isInstanceOfSatisfying(
                        Delivery.Answer.class,
                        answer -> assertThat(answer.reply()).isInstanceOf(Reply.Published.class));
        assertThat(topology.counted("realtime.channel.publications")).isEqualTo(1);
        assertThat(topology.counted("realtime.channel.deliveries")).isEqualTo(1);
    }

    @Test
    void a_delivery_has_its_incarnation_in_a_header_and_no_key() {
        topology.command(topology.origin(), publish("m1"));
        TestRecord<byte[], byte[]> record = topology.deliveries().getFirst();
        byte[] header = record.headers().lastHeader(LogHeaders.INCARNATION).value();
        assertThat(ByteBuffer.wrap(header).getLong()).isEqualTo(5);
        assertThat(record.key()).isNull();
    }

    @Test
    void a_read_sees_what_was_published_before_it() {
        topology.command(topology.origin(), publish("m1"));
        topology.read(topology.origin(), new Read.Forward(CHAT, new Read.Start.Last(10), PLENTY));
        assertThat(topology.contents().getLast())
                .isInstanceOfSatisfying(
                        Delivery.Answer.class,
                        answer -> assertThat(answer.reply())
                                .isInstanceOfSatisfying(
                                        Reply.Page.class,
                                        page -> assertThat(page.items()).hasSize(1)));
    }

    @Test
    void the_slot_is_the_partition_and_one_that_does_not_exist_gets_nothing() {
        byte[] value = new byte[0];
        assertThat(Slots.PARTITIONER.partitions("deliveries", Slots.key(3), value, 4))
                .isEqualTo(Optional.of(Set.of(3)));
        assertThat(Slots.PARTITIONER.partitions("deliveries", Slots.key(4), value, 4))
                .isEqualTo(Optional.of(Set.of()));
    }

    @Test
    void a_trace_context_is_passed_on_where_nothing_records_it() {
        topology.command(topology.origin(), new Command.Subscribe(ChannelFilter.of(CHAT)));
        topology.deliveries();
        topology.command(
                CommandRecords.encode(topology.origin(), publish("m1")),
                new RecordHeaders().add(LogHeaders.TRACEPARENT, TRACEPARENT.getBytes(StandardCharsets.US_ASCII)));
        assertThat(topology.deliveries())
                .hasSize(2)
                .allSatisfy(record -> assertThat(new String(
                                record.headers()
                                        .lastHeader(LogHeaders.TRACEPARENT)
                                        .value(),
                                StandardCharsets.US_ASCII))
                        .isEqualTo(TRACEPARENT));
    }

    @Test
    void an_unreadable_record_is_parked_with_its_reason_and_the_partition_goes_on() {
        topology.command(new byte[] {1, 2, 3}, new RecordHeaders());
        topology.command(topology.origin(), publish("m1"));
        TestRecord<byte[], byte[]> parked = topology.parked().getFirst();
        assertThat(parked.value()).containsExactly(1, 2, 3);
        assertThat(parked.headers().lastHeader(LogHeaders.REASON)).isNotNull();
        assertThat(topology.contents()).hasSize(1);
        assertThat(topology.counted("realtime.channel.parked")).isEqualTo(1);
    }

    @Test
    void a_command_that_the_core_fails_on_is_answered_and_parked() {
        topology.command(topology.origin(), new Command.NodeDead(70_000, 1));
        assertThat(topology.parked()).hasSize(1);
        assertThat(topology.contents())
                .singleElement()
                .isInstanceOfSatisfying(
                        Delivery.Answer.class,
                        answer -> assertThat(answer.reply())
                                .isInstanceOfSatisfying(
                                        Reply.Refused.class,
                                        refused -> assertThat(refused.problem().code())
                                                .isEqualTo(FailureCode.INTERNAL_ERROR)));
    }

    @Test
    void an_owner_makes_the_configured_policies_its_own_by_a_record() {
        topology.close();
        Policies configured = new Policies(
                Map.of(), new Policies.Policy(1, 1 << 20, Duration.ofHours(1)), Policies.Deduplication.DEFAULT);
        topology = new TopologyFixture(directory.resolve("other"), OpenTelemetry.noop(), configured);
        topology.passTime(Duration.ofSeconds(1));
        assertThat(topology.sent).containsExactly(new Command.SetPolicies(configured));
        topology.passTime(Duration.ofSeconds(2));
        assertThat(topology.sent).as("patient").hasSize(1);
        topology.command(CommandRecords.encode(null, topology.sent.getFirst()), new RecordHeaders());
        topology.passTime(Duration.ofMinutes(1));
        assertThat(topology.sent).as("satisfied").hasSize(1);
    }

    @Test
    void a_tick_is_appended_only_when_something_is_due() {
        topology.command(topology.origin(), publish("m1"));
        topology.passTime(Duration.ofHours(1));
        assertThat(topology.sent).isEmpty();
        // The records' log time is far ahead of the test's wall clock, which starts at 1,000,000 s.
        topology.command(CommandRecords.encode(null, shortHistory()), new RecordHeaders());
        topology.command(CommandRecords.encode(null, new Command.Tick()), new RecordHeaders());
        topology.passTime(Duration.ofSeconds(30));
        assertThat(topology.sent).contains(new Command.Tick());
    }

    @Test
    void each_changelog_is_written_to_now_and_then_so_that_kafka_closes_its_segments_DEL_10() {
        List<String> stores = List.of("channels", "history", "index");
        topology.passTime(Pulse.EVERY.minusSeconds(1));
        assertThat(stores).allMatch(store -> topology.changes(store) == 0);
        topology.passTime(Duration.ofSeconds(1));
        assertThat(stores).allMatch(store -> topology.changes(store) == 1);
        topology.command(topology.origin(), publish("m1"));
        assertThat(topology.contents()).hasSize(1);
    }

    @Test
    void a_deletion_is_a_tombstone_in_the_changelog_and_tells_the_nodes_that_want_the_channel() {
        topology.command(topology.origin(), new Command.Subscribe(ChannelFilter.of(CHAT)));
        topology.command(topology.origin(), publish("m1"));
        topology.contents();
        topology.changes("history");
        topology.command(topology.origin(3), new Command.Delete(CHAT, null));
        assertThat(topology.contents().getFirst())
                .isInstanceOfSatisfying(
                        Delivery.ChannelDeleted.class,
                        deleted -> assertThat(deleted.channel()).isEqualTo(CHAT));
        assertThat(topology.changes("history")).isPositive();
        topology.read(topology.origin(), new Read.Forward(CHAT, new Read.Start.Last(10), PLENTY));
        assertThat(topology.contents().getLast())
                .isInstanceOfSatisfying(
                        Delivery.Answer.class,
                        answer -> assertThat(answer.reply())
                                .isInstanceOfSatisfying(
                                        Reply.Page.class,
                                        page -> assertThat(page.items()).isEmpty()));
    }

    private static Command shortHistory() {
        return new Command.SetPolicies(new Policies(
                Map.of(), new Policies.Policy(10, 1 << 20, Duration.ofMinutes(10)), Policies.Deduplication.DEFAULT));
    }

    private static Command.Publish publish(String id) {
        return new Command.Publish(message(id).build(), null);
    }

    private static MessageBuilder message(String id) {
        return RealtimeMessage.builder(id, CHAT).json("{}");
    }
}
