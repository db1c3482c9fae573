package io.socle.realtime.contracts.log;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.log.v1.ChannelDeletedRecord;
import io.socle.realtime.contracts.log.v1.DeliveryRecord;
import io.socle.realtime.contracts.log.v1.InterestChangedRecord;
import io.socle.realtime.contracts.log.v1.InterestedRecord;
import io.socle.realtime.contracts.log.v1.NodeLifeRecord;
import io.socle.realtime.contracts.log.v1.ReplyRecord;
import io.socle.realtime.contracts.log.v1.WatermarkRecord;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.DateTimeException;

/** {@link Delivery} to the bytes of a delivery record and back. */
public final class DeliveryRecords {
    private DeliveryRecords() {}

    public static byte[] encode(Delivery delivery) {
        var record =
                DeliveryRecord.newBuilder().setPartition(delivery.partition()).setLogPosition(delivery.logPosition());
        switch (delivery.content()) {
            case Delivery.Publication publication ->
                record.setPublication(MessageRecords.toRecord(publication.message()));
            case Delivery.Answer answer -> record.setReply(ReplyRecords.toRecord(answer));
            case Delivery.Watermark watermark -> record.setWatermark(WatermarkRecord.getDefaultInstance());
            case Delivery.DurableEnded ended -> record.setDurableEnded(DurableRecords.toRecord(ended));
            case Delivery.SessionEnded ended -> record.setSessionEnded(SessionRecords.toRecord(ended));
            case Delivery.ChannelDeleted deleted ->
                record.setChannelDeleted(ChannelDeletedRecord.newBuilder()
                        .setChannel(deleted.channel().value())
                        .setEpoch(deleted.epoch()));
            case Delivery.Ephemeral ephemeral -> record.setEphemeral(MessageRecords.toRecord(ephemeral.message()));
            case Delivery.Interested interested -> record.setInterested(interested(interested));
            case Delivery.Shared shared -> record.setShared(SharedRecords.toRecord(shared));
            case Delivery.ToPeer told -> record.setToPeer(RoomDeliveryRecords.toRecord(told));
            case Delivery.InterestChanged changed ->
                record.setInterestChanged(InterestChangedRecord.getDefaultInstance());
        }
        return record.build().toByteArray();
    }

    private static InterestedRecord interested(Delivery.Interested interested) {
        var record =
                InterestedRecord.newBuilder().setChannel(interested.channel().value());
        interested
                .nodes()
                .forEach(node -> record.addNodes(
                        NodeLifeRecord.newBuilder().setSlot(node.slot()).setIncarnation(node.incarnation())));
        return record.build();
    }

    /** Throws UnreadableRecordException where the bytes are no delivery of a known kind. */
    public static Delivery decode(byte[] bytes) {
        try {
            DeliveryRecord record = DeliveryRecord.parseFrom(bytes);
            return new Delivery(record.getPartition(), record.getLogPosition(), content(record));
        } catch (InvalidProtocolBufferException
                | IllegalArgumentException
                | DateTimeException
                | ArithmeticException e) {
            throw new UnreadableRecordException("not a readable delivery record", e);
        }
    }

    private static Delivery.Content content(DeliveryRecord record) {
        return switch (record.getDeliveryCase()) {
            case PUBLICATION -> new Delivery.Publication(MessageRecords.fromRecord(record.getPublication()));
            case REPLY -> answer(record.getReply());
            case WATERMARK -> new Delivery.Watermark();
            case DURABLE_ENDED -> DurableRecords.fromRecord(record.getDurableEnded());
            case SESSION_ENDED -> SessionRecords.fromRecord(record.getSessionEnded());
            case CHANNEL_DELETED -> deleted(record.getChannelDeleted());
            case EPHEMERAL -> new Delivery.Ephemeral(MessageRecords.fromRecord(record.getEphemeral()));
            case INTERESTED -> interested(record.getInterested());
            case SHARED -> SharedRecords.fromRecord(record.getShared());
            case TO_PEER -> RoomDeliveryRecords.fromRecord(record.getToPeer());
            case INTEREST_CHANGED -> new Delivery.InterestChanged();
            case DELIVERY_NOT_SET -> throw new IllegalArgumentException("a kind of delivery that this version lacks");
        };
    }

    private static Delivery.Content deleted(ChannelDeletedRecord record) {
        return new Delivery.ChannelDeleted(new ChannelName(record.getChannel()), record.getEpoch());
    }

    private static Delivery.Interested interested(InterestedRecord record) {
        return new Delivery.Interested(
                new ChannelName(record.getChannel()),
                record.getNodesList().stream()
                        .map(node -> new Delivery.NodeLife(node.getSlot(), node.getIncarnation()))
                        .toList());
    }

    private static Delivery.Answer answer(ReplyRecord record) {
        return new Delivery.Answer(record.getRequest(), ReplyRecords.fromRecord(record));
    }
}
