package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.log.v1.RoomCancelRecord;
import io.socle.realtime.contracts.log.v1.RoomCommandRecord;
import io.socle.realtime.contracts.log.v1.RoomJoinRecord;
import io.socle.realtime.contracts.log.v1.RoomLeaveRecord;
import io.socle.realtime.contracts.log.v1.RoomLostRecord;
import io.socle.realtime.contracts.log.v1.RoomRespondRecord;
import io.socle.realtime.contracts.log.v1.RoomResumeRecord;
import io.socle.realtime.contracts.log.v1.RoomRingRecord;
import io.socle.realtime.contracts.log.v1.RoomSayRecord;
import io.socle.realtime.contracts.log.v1.RoomServersRecord;
import io.socle.realtime.contracts.log.v1.RoomUpdateRecord;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.RoomAction;

/** {@link Command.InRoom} to its record and back. */
final class RoomCommandRecords {
    private RoomCommandRecords() {}

    static RoomCommandRecord toRecord(Command.InRoom command) {
        var record = RoomCommandRecord.newBuilder()
                .setRoom(command.room().value())
                .setConnection(command.action().connection());
        switch (command.action()) {
            case RoomAction.Join join -> record.setJoin(join(join));
            case RoomAction.Say say ->
                record.setSay(
                        RoomSayRecord.newBuilder().setTo(say.to()).setSignal(SignalRecords.toRecord(say.signal())));
            case RoomAction.Update update -> {
                var changed = RoomUpdateRecord.newBuilder();
                if (update.metadata() != null) {
                    changed.setMetadata(update.metadata().json());
                }
                record.setUpdate(changed);
            }
            case RoomAction.Leave leave -> record.setLeave(RoomLeaveRecord.getDefaultInstance());
            case RoomAction.Lost lost -> record.setLost(RoomLostRecord.getDefaultInstance());
            case RoomAction.Servers servers -> record.setServers(RoomServersRecord.getDefaultInstance());
            case RoomAction.Ring ring -> record.setRing(ring(ring));
            case RoomAction.Respond respond ->
                record.setRespond(RoomRespondRecord.newBuilder()
                        .setSubject(respond.subject())
                        .setCall(respond.call())
                        .setState(SignalRecords.toRecord(state(respond.response()))));
            case RoomAction.Cancel cancel ->
                record.setCancel(RoomCancelRecord.newBuilder().setCall(cancel.call()));
        }
        return record.build();
    }

    private static RoomJoinRecord join(RoomAction.Join join) {
        var record = RoomJoinRecord.newBuilder()
                .setSubject(join.subject())
                .setSecret(join.secret())
                .setPermitted(join.permitted());
        if (join.metadata() != null) {
            record.setMetadata(join.metadata().json());
        }
        RoomAction.Resume resume = join.resume();
        if (resume != null) {
            record.setResume(
                    RoomResumeRecord.newBuilder().setPeer(resume.peer()).setAfter(resume.after()));
        }
        return record.build();
    }

    private static RoomRingRecord ring(RoomAction.Ring ring) {
        var record = RoomRingRecord.newBuilder().addAllCallees(ring.callees()).setTimeoutMs(ring.timeoutMs());
        if (ring.metadata() != null) {
            record.setMetadata(ring.metadata().json());
        }
        return record.build();
    }

    private static CallState state(CallResponse response) {
        return switch (response) {
            case ACCEPT -> CallState.ACCEPTED;
            case REJECT -> CallState.REJECTED;
            case BUSY -> CallState.BUSY;
        };
    }

    static Command fromRecord(RoomCommandRecord record) {
        return new Command.InRoom(new ChannelName(record.getRoom()), action(record.getConnection(), record));
    }

    private static RoomAction action(String connection, RoomCommandRecord record) {
        return switch (record.getActionCase()) {
            case JOIN -> join(connection, record.getJoin());
            case SAY ->
                new RoomAction.Say(
                        connection,
                        record.getSay().getTo(),
                        SignalRecords.fromRecord(record.getSay().getSignal()));
            case UPDATE ->
                new RoomAction.Update(
                        connection,
                        record.getUpdate().hasMetadata()
                                ? new Metadata(record.getUpdate().getMetadata())
                                : null);
            case LEAVE -> new RoomAction.Leave(connection);
            case LOST -> new RoomAction.Lost(connection);
            case SERVERS -> new RoomAction.Servers(connection);
            case RING -> ring(connection, record.getRing());
            case RESPOND ->
                new RoomAction.Respond(
                        connection,
                        record.getRespond().getSubject(),
                        record.getRespond().getCall(),
                        response(SignalRecords.fromRecord(record.getRespond().getState())));
            case CANCEL -> new RoomAction.Cancel(connection, record.getCancel().getCall());
            case ACTION_NOT_SET -> throw new IllegalArgumentException("an action that this version lacks");
        };
    }

    private static RoomAction join(String connection, RoomJoinRecord record) {
        return new RoomAction.Join(
                connection,
                record.getSubject(),
                record.getSecret(),
                record.getPermitted(),
                record.hasMetadata() ? new Metadata(record.getMetadata()) : null,
                record.hasResume()
                        ? new RoomAction.Resume(
                                record.getResume().getPeer(), record.getResume().getAfter())
                        : null);
    }

    private static RoomAction ring(String connection, RoomRingRecord record) {
        return new RoomAction.Ring(
                connection,
                record.getCalleesList(),
                record.getTimeoutMs(),
                record.hasMetadata() ? new Metadata(record.getMetadata()) : null);
    }

    private static CallResponse response(CallState state) {
        return switch (state) {
            case ACCEPTED -> CallResponse.ACCEPT;
            case REJECTED -> CallResponse.REJECT;
            case BUSY -> CallResponse.BUSY;
            default -> throw new IllegalArgumentException("not what somebody who is called answers");
        };
    }
}
