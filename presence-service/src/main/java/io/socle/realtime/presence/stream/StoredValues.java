package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.log.MemberRecords;
import io.socle.realtime.contracts.log.PresenceRecords;
import io.socle.realtime.contracts.log.PresenceReplyRecords;
import io.socle.realtime.contracts.log.v1.PresenceChannelStateRecord;
import io.socle.realtime.contracts.log.v1.PresenceLostNodeRecord;
import io.socle.realtime.contracts.log.v1.PresenceMemberStateRecord;
import io.socle.realtime.contracts.log.v1.PresencePoliciesRecord;
import io.socle.realtime.contracts.log.v1.PresenceTimeRecord;
import io.socle.realtime.contracts.log.v1.VisitRecord;
import io.socle.realtime.presence.core.ChannelState;
import io.socle.realtime.presence.core.LostNode;
import io.socle.realtime.presence.core.MemberState;

/** The values of the tables as their records. */
final class StoredValues {
    static final StoreTable.Values<ChannelState> CHANNEL = new StoreTable.Values<>(
            state -> PresenceChannelStateRecord.newBuilder()
                    .setVersion(state.version())
                    .setMembers(state.members())
                    .setCounts(state.counts())
                    .setJoins(state.joins())
                    .setLeaves(state.leaves())
                    .setUpdates(state.updates())
                    .setCountsDueMs(state.countsDue())
                    .setFirstVisit(state.firstVisit())
                    .setLastVisit(state.lastVisit())
                    .setSweepDueMs(state.sweepDue())
                    .build()
                    .toByteArray(),
            bytes -> {
                var record = PresenceChannelStateRecord.parseFrom(bytes);
                return new ChannelState(
                        record.getVersion(),
                        record.getMembers(),
                        record.getCounts(),
                        record.getJoins(),
                        record.getLeaves(),
                        record.getUpdates(),
                        record.getCountsDueMs(),
                        record.getFirstVisit(),
                        record.getLastVisit(),
                        record.getSweepDueMs());
            });

    static final StoreTable.Values<MemberState> MEMBER = new StoreTable.Values<>(
            state -> PresenceMemberStateRecord.newBuilder()
                    .setProfile(MemberRecords.toRecord(state.profile()))
                    .setVersion(state.version())
                    .setEnteredMs(state.entered())
                    .setSlot(state.slot())
                    .setIncarnation(state.incarnation())
                    .setHolder(state.holder())
                    .setLeavesMs(state.leaves())
                    .build()
                    .toByteArray(),
            bytes -> {
                var record = PresenceMemberStateRecord.parseFrom(bytes);
                return new MemberState(
                        MemberRecords.fromRecord(record.getProfile()),
                        record.getVersion(),
                        record.getEnteredMs(),
                        record.getSlot(),
                        record.getIncarnation(),
                        record.getHolder(),
                        record.getLeavesMs());
            });

    static final StoreTable.Values<PresenceReply.Visit> VISIT = new StoreTable.Values<>(
            visit -> PresenceReplyRecords.toRecord(visit).toByteArray(),
            bytes -> PresenceReplyRecords.fromRecord(VisitRecord.parseFrom(bytes)));

    static final StoreTable.Values<LostNode> LOST_NODE = new StoreTable.Values<>(
            lost -> PresenceLostNodeRecord.newBuilder()
                    .setIncarnation(lost.incarnation())
                    .setLostMs(lost.time())
                    .build()
                    .toByteArray(),
            bytes -> {
                var record = PresenceLostNodeRecord.parseFrom(bytes);
                return new LostNode(record.getIncarnation(), record.getLostMs());
            });

    static final StoreTable.Values<Long> NUMBER = new StoreTable.Values<>(
            time -> PresenceTimeRecord.newBuilder().setTimeMs(time).build().toByteArray(),
            bytes -> PresenceTimeRecord.parseFrom(bytes).getTimeMs());

    static final StoreTable.Values<PresencePolicies> POLICIES = new StoreTable.Values<>(
            policies -> PresenceRecords.toRecord(policies).toByteArray(),
            bytes -> PresenceRecords.fromRecord(PresencePoliciesRecord.parseFrom(bytes)));

    /** Of keys that say all by being there. */
    static final StoreTable.Values<Boolean> THERE = new StoreTable.Values<>(any -> new byte[] {1}, bytes -> true);

    private StoredValues() {}
}
