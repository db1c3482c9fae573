package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.log.v1.SharedAwayRecord;
import io.socle.realtime.contracts.log.v1.SharedDeliveryRecord;
import io.socle.realtime.contracts.log.v1.SharedDoneRecord;
import io.socle.realtime.contracts.log.v1.SharedJoinRecord;
import io.socle.realtime.contracts.log.v1.SharedLeaveRecord;
import io.socle.realtime.contracts.log.v1.SharedRecord;
import io.socle.realtime.contracts.message.ChannelFilter;

/** Everything of shared subscriptions to their records and back. */
final class SharedRecords {
    private SharedRecords() {}

    static SharedRecord toRecord(Command.Shared shared) {
        var record = SharedRecord.newBuilder()
                .setGroup(shared.of().group())
                .setFilter(shared.of().filter().value())
                .setSubject(shared.member().subject())
                .setClient(shared.member().client())
                .setGeneration(shared.generation());
        switch (shared.action()) {
            case SharedAction.Join join ->
                record.setJoin(SharedJoinRecord.newBuilder()
                        .setWindow(join.window())
                        .setQos(join.qos())
                        .setKeepMs(join.keepMs()));
            case SharedAction.Done done ->
                record.setDone(SharedDoneRecord.newBuilder().addAllLogPositions(done.logPositions()));
            case SharedAction.Away away ->
                record.setAway(SharedAwayRecord.newBuilder().setKeepMs(away.keepMs()));
            case SharedAction.Leave leave -> record.setLeave(SharedLeaveRecord.getDefaultInstance());
        }
        return record.build();
    }

    static Command fromRecord(SharedRecord record) {
        SharedAction action = switch (record.getActionCase()) {
            case JOIN ->
                new SharedAction.Join(
                        record.getJoin().getWindow(),
                        record.getJoin().getQos(),
                        record.getJoin().getKeepMs());
            case DONE -> new SharedAction.Done(record.getDone().getLogPositionsList());
            case AWAY -> new SharedAction.Away(record.getAway().getKeepMs());
            case LEAVE -> new SharedAction.Leave();
            case ACTION_NOT_SET -> throw new IllegalArgumentException("an action that this version lacks");
        };
        return new Command.Shared(
                new SharedName(record.getGroup(), new ChannelFilter(record.getFilter())),
                new SharedMember(record.getSubject(), record.getClient()),
                record.getGeneration(),
                action);
    }

    static SharedDeliveryRecord toRecord(Delivery.Shared shared) {
        return SharedDeliveryRecord.newBuilder()
                .setGeneration(shared.generation())
                .setLogPosition(shared.logPosition())
                .setMessage(MessageRecords.toRecord(shared.message()))
                .build();
    }

    static Delivery.Content fromRecord(SharedDeliveryRecord record) {
        return new Delivery.Shared(
                record.getGeneration(), record.getLogPosition(), MessageRecords.fromRecord(record.getMessage()));
    }
}
