package io.socle.realtime.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.log.v1.MessageRecord;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.random.RandomValues;
import io.socle.realtime.contracts.random.Seeds;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever is logged is read back equal, and whatever cannot be read says so in one way. */
class RecordsTest {
    @Test
    void every_message_comes_back_equal() {
        Seeds.check(3_000, values -> {
            RealtimeMessage message = values.message();
            try {
                byte[] bytes = MessageRecords.toRecord(message).toByteArray();
                assertThat(MessageRecords.fromRecord(MessageRecord.parseFrom(bytes)))
                        .isEqualTo(message);
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void every_command_comes_back_equal_with_its_origin() {
        Seeds.check(3_000, values -> {
            RandomRecords records = new RandomRecords(values);
            Origin origin = values.maybe(records::origin);
            Command command = records.command();
            assertThat(CommandRecords.decode(CommandRecords.encode(origin, command)))
                    .isEqualTo(new CommandRecords.Logged(origin, command));
        });
    }

    @Test
    void every_read_comes_back_equal_with_its_origin() {
        Seeds.check(3_000, values -> {
            RandomRecords records = new RandomRecords(values);
            Origin origin = records.origin();
            Read read = records.read();
            assertThat(ReadRecords.decode(ReadRecords.encode(origin, read)))
                    .isEqualTo(new ReadRecords.Logged(origin, read));
        });
    }

    @Test
    void every_delivery_comes_back_equal() {
        Seeds.check(3_000, values -> {
            Delivery delivery = new RandomRecords(values).delivery();
            assertThat(DeliveryRecords.decode(DeliveryRecords.encode(delivery))).isEqualTo(delivery);
        });
    }

    @Test
    void node_records_say_slot_node_and_incarnation() {
        assertThat(NodeRecords.decode(NodeRecords.claim(3, "n")).hasClaim()).isTrue();
        var heartbeat = NodeRecords.decode(NodeRecords.heartbeat(3, "n", 9, 1));
        assertThat(heartbeat.getSlot()).isEqualTo(3);
        assertThat(heartbeat.getNode()).isEqualTo("n");
        assertThat(heartbeat.getHeartbeat().getIncarnation()).isEqualTo(9);
        assertThat(NodeRecords.decode(NodeRecords.release(3, "n", 9))
                        .getRelease()
                        .getIncarnation())
                .isEqualTo(9);
    }

    @Test
    void records_without_a_known_kind_are_unreadable() {
        byte[] empty = new byte[0];
        byte[] later = {(byte) 0xfa, 0x7f, 0x00};
        for (byte[] bytes : new byte[][] {empty, later}) {
            assertThatThrownBy(() -> CommandRecords.decode(bytes)).isInstanceOf(UnreadableRecordException.class);
            assertThatThrownBy(() -> ReadRecords.decode(bytes)).isInstanceOf(UnreadableRecordException.class);
            assertThatThrownBy(() -> DeliveryRecords.decode(bytes)).isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void garbage_and_damaged_records_are_read_or_unreadable_and_nothing_else() {
        Seeds.check(30_000, values -> {
            RandomRecords records = new RandomRecords(values);
            readOrUnreadable(CommandRecords::decode, values.bytes(64));
            readOrUnreadable(CommandRecords::decode, damaged(values, CommandRecords.encode(null, records.command())));
            readOrUnreadable(
                    ReadRecords::decode, damaged(values, ReadRecords.encode(records.origin(), records.read())));
            readOrUnreadable(DeliveryRecords::decode, damaged(values, DeliveryRecords.encode(records.delivery())));
            readOrUnreadable(NodeRecords::decode, damaged(values, NodeRecords.heartbeat(1, "n", values.id(), 1)));
        });
    }

    private static void readOrUnreadable(Consumer<byte[]> decode, byte[] bytes) {
        try {
            decode.accept(bytes);
        } catch (UnreadableRecordException e) {
            assertThat(e).hasMessageStartingWith("not a readable").hasCauseInstanceOf(Exception.class);
        }
    }

    private static byte[] damaged(RandomValues values, byte[] bytes) {
        byte[] result = values.chance() ? bytes.clone() : Arrays.copyOf(bytes, values.upTo(bytes.length));
        for (int i = values.upTo(3); i > 0 && result.length > 0; i--) {
            result[values.upTo(result.length - 1)] = (byte) values.upTo(255);
        }
        return result;
    }
}
