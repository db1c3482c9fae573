package io.socle.realtime.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.golden.Committed;
import io.socle.realtime.contracts.log.v1.CommandRecord;
import io.socle.realtime.contracts.log.v1.DeliveryRecord;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Skill;
import io.socle.realtime.contracts.random.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands and replies of presence, as they are committed. */
class PresenceRecordsTest {
    private static final ChannelName CHANNEL = new ChannelName("chat/1");
    private static final Origin ORIGIN = new Origin(2, 1234, 77);
    private static final MemberKey KEY = new MemberKey(CHANNEL, "alice", "laptop");
    private static final Instant TIME = Instant.parse("2026-01-01T12:00:00.001Z");
    private static final MemberProfile PROFILE = new MemberProfile(
            MemberKind.AGENT,
            Payload.utf8("{\"busy\": false}"),
            List.of(new Skill("translate", "urn:x"), new Skill("draw", null)));

    private static Map<String, PresenceCommand> commands() {
        Map<String, PresenceCommand> kinds = new LinkedHashMap<>();
        kinds.put("enter", new PresenceCommand.Enter(KEY, PROFILE, 4711, 0));
        kinds.put("enter-for-time", new PresenceCommand.Enter(KEY, PROFILE, PresenceCommand.NO_HOLDER, 60_000));
        kinds.put("leave", new PresenceCommand.Leave(KEY, 4711, LeaveReason.FORBIDDEN));
        kinds.put("lost", new PresenceCommand.Lost(KEY, 4711));
        kinds.put("members", new PresenceCommand.Members(CHANNEL, null, 100, null, null));
        kinds.put(
                "members-after",
                new PresenceCommand.Members(
                        CHANNEL, new MemberPlace("alice", "laptop"), 100, "translate", MemberKind.AGENT));
        kinds.put("where", new PresenceCommand.Where("alice"));
        kinds.put("visits", new PresenceCommand.Visits(CHANNEL, 1, 2));
        kinds.put("node-started", new PresenceCommand.NodeStarted());
        kinds.put("node-dead", new PresenceCommand.NodeDead(3, 1200));
        kinds.put("tick", new PresenceCommand.Tick());
        kinds.put(
                "policies",
                new PresenceCommand.SetPolicies(new PresencePolicies(
                        Map.of("farm", Duration.ofMinutes(1)),
                        Duration.ofSeconds(15),
                        20_000,
                        200,
                        1000,
                        Duration.ofDays(1))));
        return kinds;
    }

    private static Map<String, PresenceReply> replies() {
        Map<String, PresenceReply> kinds = new LinkedHashMap<>();
        kinds.put("changed", new PresenceReply.Changed(1_767_268_800_000_001L));
        var member = new PresenceReply.Present("alice", "laptop", PROFILE, 7, TIME);
        kinds.put(
                "members", new PresenceReply.Members(8, true, 3, List.of(member), new MemberPlace("alice", "laptop")));
        kinds.put(
                "whereabouts",
                new PresenceReply.Whereabouts(
                        List.of(new PresenceReply.Place(CHANNEL, "laptop")),
                        List.of(new PresenceReply.Seen(CHANNEL, TIME))));
        kinds.put(
                "visits",
                new PresenceReply.Visits(List.of(
                        new PresenceReply.Visit("bob", "phone", MemberKind.HUMAN, TIME, null, null),
                        new PresenceReply.Visit(
                                "alice", "laptop", MemberKind.AGENT, TIME, TIME.plusSeconds(1), LeaveReason.LOST))));
        return kinds;
    }

    @Test
    void commands_are_written_and_read_as_committed() throws InvalidProtocolBufferException {
        for (Map.Entry<String, PresenceCommand> kind : commands().entrySet()) {
            byte[] bytes = PresenceRecords.encode(ORIGIN, kind.getValue());
            byte[] committed = compare(
                    "presence-command-" + kind.getKey(),
                    bytes,
                    CommandRecord.parseFrom(bytes).toString());
            assertThat(PresenceRecords.decode(committed))
                    .isEqualTo(new PresenceRecords.Logged(ORIGIN, kind.getValue()));
        }
        assertThat(commands().values().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(PresenceCommand.class.getPermittedSubclasses());
    }

    @Test
    void replies_are_written_and_read_as_committed() throws InvalidProtocolBufferException {
        for (Map.Entry<String, PresenceReply> kind : replies().entrySet()) {
            var delivery = new Delivery(5, 4711, new Delivery.Answer(77, new Reply.OfPresence(kind.getValue())));
            byte[] bytes = DeliveryRecords.encode(delivery);
            byte[] committed = compare(
                    "presence-reply-" + kind.getKey(),
                    bytes,
                    DeliveryRecord.parseFrom(bytes).toString());
            assertThat(DeliveryRecords.decode(committed)).isEqualTo(delivery);
        }
        assertThat(replies().values().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(PresenceReply.class.getPermittedSubclasses());
    }

    private static byte[] compare(String name, byte[] bytes, String text) {
        Committed file = Committed.golden("records/" + name + ".hex");
        file.requireEqual(HexFormat.of().formatHex(bytes) + "\n\n" + text);
        return HexFormat.of().parseHex(file.read().lines().findFirst().orElseThrow());
    }

    @Test
    void what_every_owner_is_told_is_the_same_for_each() {
        byte[] dead = CommandRecords.encode(null, new Command.NodeDead(3, 1200));
        assertThat(PresenceRecords.encode(null, new PresenceCommand.NodeDead(3, 1200)))
                .isEqualTo(dead);
    }

    @Test
    void a_command_of_presence_is_none_of_channels_nor_the_other_way() {
        byte[] enter = PresenceRecords.encode(ORIGIN, new PresenceCommand.Lost(KEY, 1));
        byte[] watch = CommandRecords.encode(ORIGIN, new Command.Watch(CHANNEL));
        assertThatThrownBy(() -> CommandRecords.decode(enter)).isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> PresenceRecords.decode(watch)).isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void garbage_and_damaged_records_are_read_or_unreadable_and_nothing_else() {
        List<PresenceCommand> kinds = List.copyOf(commands().values());
        Seeds.check(20_000, values -> {
            byte[] bytes = PresenceRecords.encode(null, kinds.get(values.upTo(kinds.size() - 1)));
            byte[] damaged = values.chance() ? values.bytes(64) : Arrays.copyOf(bytes, values.upTo(bytes.length));
            if (damaged.length > 0) {
                damaged[values.upTo(damaged.length - 1)] = (byte) values.upTo(255);
            }
            try {
                PresenceRecords.decode(damaged);
            } catch (UnreadableRecordException e) {
                assertThat(e).hasMessageStartingWith("not a readable");
            }
        });
    }
}
