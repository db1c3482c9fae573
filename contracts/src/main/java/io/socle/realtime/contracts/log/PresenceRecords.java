package io.socle.realtime.contracts.log;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.log.v1.CommandRecord;
import io.socle.realtime.contracts.log.v1.NodeDeadRecord;
import io.socle.realtime.contracts.log.v1.NodeStartedRecord;
import io.socle.realtime.contracts.log.v1.OriginRecord;
import io.socle.realtime.contracts.log.v1.PresenceEnterRecord;
import io.socle.realtime.contracts.log.v1.PresenceLeaveRecord;
import io.socle.realtime.contracts.log.v1.PresenceLostRecord;
import io.socle.realtime.contracts.log.v1.PresenceMembersRecord;
import io.socle.realtime.contracts.log.v1.PresencePoliciesRecord;
import io.socle.realtime.contracts.log.v1.PresenceRecord;
import io.socle.realtime.contracts.log.v1.PresenceVisitsRecord;
import io.socle.realtime.contracts.log.v1.PresenceWhereRecord;
import io.socle.realtime.contracts.log.v1.TickRecord;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link PresenceCommand} with its {@link Origin} to the bytes of a command record and back. */
public final class PresenceRecords {
    private PresenceRecords() {}

    /** A command as it stands in the log. */
    public record Logged(@Nullable Origin origin, PresenceCommand command) {}

    public static byte[] encode(@Nullable Origin origin, PresenceCommand command) {
        var record = CommandRecord.newBuilder();
        if (origin != null) {
            record.setOrigin(OriginRecord.newBuilder()
                    .setSlot(origin.slot())
                    .setIncarnation(origin.incarnation())
                    .setRequest(origin.request()));
        }
        switch (command) {
            case PresenceCommand.NodeStarted started -> record.setNodeStarted(NodeStartedRecord.getDefaultInstance());
            case PresenceCommand.NodeDead(int slot, long incarnation) ->
                record.setNodeDead(NodeDeadRecord.newBuilder().setSlot(slot).setIncarnation(incarnation));
            case PresenceCommand.Tick tick -> record.setTick(TickRecord.getDefaultInstance());
            case PresenceCommand.SetPolicies(var policies) -> record.setPresencePolicies(toRecord(policies));
            default -> record.setPresence(action(command));
        }
        return record.build().toByteArray();
    }

    private static PresenceRecord action(PresenceCommand command) {
        var record = PresenceRecord.newBuilder();
        switch (command) {
            case PresenceCommand.Enter enter ->
                record.setEnter(PresenceEnterRecord.newBuilder()
                        .setKey(MemberRecords.toRecord(enter.key()))
                        .setProfile(MemberRecords.toRecord(enter.profile()))
                        .setHolder(enter.holder())
                        .setTtlMs(enter.ttlMs()));
            case PresenceCommand.Leave leave ->
                record.setLeave(PresenceLeaveRecord.newBuilder()
                        .setKey(MemberRecords.toRecord(leave.key()))
                        .setHolder(leave.holder())
                        .setReason(MemberRecords.toRecord(leave.reason())));
            case PresenceCommand.Lost lost ->
                record.setLost(PresenceLostRecord.newBuilder()
                        .setKey(MemberRecords.toRecord(lost.key()))
                        .setHolder(lost.holder()));
            case PresenceCommand.Members members -> record.setMembers(members(members));
            case PresenceCommand.Where where ->
                record.setWhere(PresenceWhereRecord.newBuilder().setSubject(where.subject()));
            case PresenceCommand.Visits visits ->
                record.setVisits(PresenceVisitsRecord.newBuilder()
                        .setChannel(visits.channel().value())
                        .setFromMs(visits.fromMs())
                        .setToMs(visits.toMs()));
            default -> throw new IllegalArgumentException("written elsewhere: " + command.getClass());
        }
        return record.build();
    }

    private static PresenceMembersRecord members(PresenceCommand.Members members) {
        var record = PresenceMembersRecord.newBuilder()
                .setChannel(members.channel().value())
                .setLimit(members.limit());
        if (members.after() != null) {
            record.setAfter(MemberRecords.toRecord(members.after()));
        }
        if (members.skill() != null) {
            record.setSkill(members.skill());
        }
        if (members.kind() != null) {
            record.setKind(MemberRecords.toRecord(members.kind()));
        }
        return record.build();
    }

    /** Policies as a record, for the owners' stores too. */
    public static PresencePoliciesRecord toRecord(PresencePolicies policies) {
        return PresencePoliciesRecord.newBuilder()
                .putAllGraceMsByNamespace(policies.graceByNamespace().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, one -> one.getValue().toMillis())))
                .setGraceMs(policies.grace().toMillis())
                .setMembers(policies.members())
                .setCountsAbove(policies.countsAbove())
                .setVisits(policies.visits())
                .setVisitsAgeMs(policies.visitsAge().toMillis())
                .build();
    }

    public static PresencePolicies fromRecord(PresencePoliciesRecord record) {
        return new PresencePolicies(
                record.getGraceMsByNamespaceMap().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, one -> Duration.ofMillis(one.getValue()))),
                Duration.ofMillis(record.getGraceMs()),
                record.getMembers(),
                record.getCountsAbove(),
                record.getVisits(),
                Duration.ofMillis(record.getVisitsAgeMs()));
    }

    /** Throws UnreadableRecordException where the bytes are no command of presence of a known kind. */
    public static Logged decode(byte[] bytes) {
        try {
            CommandRecord record = CommandRecord.parseFrom(bytes);
            Origin origin = record.hasOrigin()
                    ? new Origin(
                            record.getOrigin().getSlot(),
                            record.getOrigin().getIncarnation(),
                            record.getOrigin().getRequest())
                    : null;
            return new Logged(origin, command(record));
        } catch (InvalidProtocolBufferException | IllegalArgumentException | ArithmeticException e) {
            throw new UnreadableRecordException("not a readable command of presence", e);
        }
    }

    private static PresenceCommand command(CommandRecord record) {
        return switch (record.getCommandCase()) {
            case PRESENCE -> action(record.getPresence());
            case PRESENCE_POLICIES -> new PresenceCommand.SetPolicies(fromRecord(record.getPresencePolicies()));
            case NODE_STARTED -> new PresenceCommand.NodeStarted();
            case NODE_DEAD ->
                new PresenceCommand.NodeDead(
                        record.getNodeDead().getSlot(), record.getNodeDead().getIncarnation());
            case TICK -> new PresenceCommand.Tick();
            default -> throw new IllegalArgumentException("no command of presence that this version knows");
        };
    }

    private static PresenceCommand action(PresenceRecord record) {
        return switch (record.getActionCase()) {
            case ENTER ->
                new PresenceCommand.Enter(
                        MemberRecords.fromRecord(record.getEnter().getKey()),
                        MemberRecords.fromRecord(record.getEnter().getProfile()),
                        record.getEnter().getHolder(),
                        record.getEnter().getTtlMs());
            case LEAVE ->
                new PresenceCommand.Leave(
                        MemberRecords.fromRecord(record.getLeave().getKey()),
                        record.getLeave().getHolder(),
                        MemberRecords.fromRecord(record.getLeave().getReason()));
            case LOST ->
                new PresenceCommand.Lost(
                        MemberRecords.fromRecord(record.getLost().getKey()),
                        record.getLost().getHolder());
            case MEMBERS -> members(record.getMembers());
            case WHERE -> new PresenceCommand.Where(record.getWhere().getSubject());
            case VISITS ->
                new PresenceCommand.Visits(
                        new ChannelName(record.getVisits().getChannel()),
                        record.getVisits().getFromMs(),
                        record.getVisits().getToMs());
            case ACTION_NOT_SET -> throw new IllegalArgumentException("an action that this version lacks");
        };
    }

    private static PresenceCommand members(PresenceMembersRecord record) {
        return new PresenceCommand.Members(
                new ChannelName(record.getChannel()),
                record.hasAfter() ? MemberRecords.fromRecord(record.getAfter()) : null,
                record.getLimit(),
                record.hasSkill() ? record.getSkill() : null,
                record.hasKind() ? MemberRecords.fromRecord(record.getKind()) : null);
    }
}
