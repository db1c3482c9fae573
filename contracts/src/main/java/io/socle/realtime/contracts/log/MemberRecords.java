package io.socle.realtime.contracts.log;

import com.google.protobuf.UnsafeByteOperations;
import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.log.v1.LeaveReasonRecord;
import io.socle.realtime.contracts.log.v1.MemberKeyRecord;
import io.socle.realtime.contracts.log.v1.MemberKindRecord;
import io.socle.realtime.contracts.log.v1.MemberPlaceRecord;
import io.socle.realtime.contracts.log.v1.MemberProfileRecord;
import io.socle.realtime.contracts.log.v1.SkillRecord;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Skill;

/** Members to the parts of their records and back. */
public final class MemberRecords {
    private MemberRecords() {}

    static MemberKeyRecord toRecord(MemberKey key) {
        return MemberKeyRecord.newBuilder()
                .setChannel(key.channel().value())
                .setSubject(key.subject())
                .setEntry(key.entry())
                .build();
    }

    static MemberKey fromRecord(MemberKeyRecord record) {
        return new MemberKey(new ChannelName(record.getChannel()), record.getSubject(), record.getEntry());
    }

    public static MemberProfileRecord toRecord(MemberProfile profile) {
        var record = MemberProfileRecord.newBuilder()
                .setKind(toRecord(profile.kind()))
                .setState(UnsafeByteOperations.unsafeWrap(profile.state().bytes()));
        for (Skill skill : profile.skills()) {
            var one = SkillRecord.newBuilder().setTag(skill.tag());
            if (skill.schema() != null) {
                one.setSchema(skill.schema());
            }
            record.addSkills(one);
        }
        return record.build();
    }

    public static MemberProfile fromRecord(MemberProfileRecord record) {
        return new MemberProfile(
                fromRecord(record.getKind()),
                Payload.of(record.getState().toByteArray()),
                record.getSkillsList().stream()
                        .map(skill -> new Skill(skill.getTag(), skill.hasSchema() ? skill.getSchema() : null))
                        .toList());
    }

    public static MemberKindRecord toRecord(MemberKind kind) {
        return switch (kind) {
            case HUMAN -> MemberKindRecord.MEMBER_HUMAN;
            case AGENT -> MemberKindRecord.MEMBER_AGENT;
            case DEVICE -> MemberKindRecord.MEMBER_DEVICE;
            case SERVICE -> MemberKindRecord.MEMBER_SERVICE;
        };
    }

    public static MemberKind fromRecord(MemberKindRecord record) {
        return switch (record) {
            case MEMBER_HUMAN -> MemberKind.HUMAN;
            case MEMBER_AGENT -> MemberKind.AGENT;
            case MEMBER_DEVICE -> MemberKind.DEVICE;
            case MEMBER_SERVICE -> MemberKind.SERVICE;
            case UNRECOGNIZED -> throw new IllegalArgumentException("a kind of member that this version lacks");
        };
    }

    public static LeaveReasonRecord toRecord(LeaveReason reason) {
        return switch (reason) {
            case LEFT -> LeaveReasonRecord.LEAVE_LEFT;
            case LOST -> LeaveReasonRecord.LEAVE_LOST;
            case EXPIRED -> LeaveReasonRecord.LEAVE_EXPIRED;
            case FORBIDDEN -> LeaveReasonRecord.LEAVE_FORBIDDEN;
        };
    }

    public static LeaveReason fromRecord(LeaveReasonRecord record) {
        return switch (record) {
            case LEAVE_LEFT -> LeaveReason.LEFT;
            case LEAVE_LOST -> LeaveReason.LOST;
            case LEAVE_EXPIRED -> LeaveReason.EXPIRED;
            case LEAVE_FORBIDDEN -> LeaveReason.FORBIDDEN;
            case UNRECOGNIZED -> throw new IllegalArgumentException("a reason that this version lacks");
        };
    }

    static MemberPlaceRecord toRecord(MemberPlace place) {
        return MemberPlaceRecord.newBuilder()
                .setSubject(place.subject())
                .setEntry(place.entry())
                .build();
    }

    static MemberPlace fromRecord(MemberPlaceRecord record) {
        return new MemberPlace(record.getSubject(), record.getEntry());
    }
}
