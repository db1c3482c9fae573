package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.log.v1.AttachedRecord;
import io.socle.realtime.contracts.log.v1.DurableAckRecord;
import io.socle.realtime.contracts.log.v1.DurableAttachRecord;
import io.socle.realtime.contracts.log.v1.DurableDeleteRecord;
import io.socle.realtime.contracts.log.v1.DurableDetachRecord;
import io.socle.realtime.contracts.log.v1.DurableEndedRecord;
import io.socle.realtime.contracts.log.v1.DurableRecord;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Everything of durable subscriptions to their records and back. */
final class DurableRecords {
    private DurableRecords() {}

    static DurableRecord toRecord(Command.Durable durable) {
        var record = DurableRecord.newBuilder()
                .setChannel(durable.of().channel().value())
                .setSubject(durable.of().subject())
                .setName(durable.of().name())
                .setGeneration(durable.generation());
        switch (durable.action()) {
            case DurableAction.Attach attach -> record.setAttach(toRecord(attach));
            case DurableAction.Ack ack ->
                record.setAck(DurableAckRecord.newBuilder()
                        .setPosition(MessageRecords.position(ack.position()))
                        .setDelivered(ack.delivered()));
            case DurableAction.Detach detach ->
                record.setDetach(DurableDetachRecord.newBuilder().setDelivered(detach.delivered()));
            case DurableAction.Delete delete -> record.setDelete(DurableDeleteRecord.getDefaultInstance());
        }
        return record.build();
    }

    private static DurableAttachRecord toRecord(DurableAction.Attach attach) {
        var record = DurableAttachRecord.newBuilder().setPull(attach.pull());
        switch (attach.start()) {
            case null -> {}
            case Read.Start.After after -> record.setAfter(MessageRecords.position(after.position()));
            case Read.Start.Last last -> record.setLast(last.messages());
            case Read.Start.Since since -> record.setSinceMs(since.time().toEpochMilli());
        }
        return record.build();
    }

    static Command fromRecord(DurableRecord record) {
        DurableAction action = switch (record.getActionCase()) {
            case ATTACH ->
                new DurableAction.Attach(
                        start(record.getAttach()), record.getAttach().getPull());
            case ACK ->
                new DurableAction.Ack(
                        MessageRecords.position(record.getAck().getPosition()),
                        record.getAck().getDelivered());
            case DETACH -> new DurableAction.Detach(record.getDetach().getDelivered());
            case DELETE -> new DurableAction.Delete();
            case ACTION_NOT_SET -> throw new IllegalArgumentException("an action that this version lacks");
        };
        DurableName of = new DurableName(new ChannelName(record.getChannel()), record.getSubject(), record.getName());
        return new Command.Durable(of, record.getGeneration(), action);
    }

    private static Read.@Nullable Start start(DurableAttachRecord record) {
        return switch (record.getStartCase()) {
            case AFTER -> new Read.Start.After(MessageRecords.position(record.getAfter()));
            case LAST -> new Read.Start.Last(record.getLast());
            case SINCE_MS -> new Read.Start.Since(Instant.ofEpochMilli(record.getSinceMs()));
            case START_NOT_SET -> null;
        };
    }

    static AttachedRecord toRecord(Reply.Attached attached) {
        return AttachedRecord.newBuilder()
                .setCursor(MessageRecords.position(attached.cursor()))
                .setGeneration(attached.generation())
                .setExisted(attached.existed())
                .setDelivered(attached.delivered())
                .build();
    }

    static Reply fromRecord(AttachedRecord record) {
        return new Reply.Attached(
                MessageRecords.position(record.getCursor()),
                record.getGeneration(),
                record.getExisted(),
                record.getDelivered());
    }

    static DurableEndedRecord toRecord(Delivery.DurableEnded ended) {
        return DurableEndedRecord.newBuilder()
                .setChannel(ended.channel().value())
                .setGeneration(ended.generation())
                .setProblem(ReplyRecords.toRecord(ended.problem()))
                .build();
    }

    static Delivery.Content fromRecord(DurableEndedRecord record) {
        return new Delivery.DurableEnded(
                new ChannelName(record.getChannel()),
                record.getGeneration(),
                ReplyRecords.fromRecord(record.getProblem()));
    }
}
