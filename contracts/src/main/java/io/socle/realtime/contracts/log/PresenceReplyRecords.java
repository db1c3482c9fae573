package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.log.v1.PresenceChangedRecord;
import io.socle.realtime.contracts.log.v1.PresenceMembersPageRecord;
import io.socle.realtime.contracts.log.v1.PresencePlaceRecord;
import io.socle.realtime.contracts.log.v1.PresenceReplyRecord;
import io.socle.realtime.contracts.log.v1.PresenceSeenRecord;
import io.socle.realtime.contracts.log.v1.PresenceVisitsPageRecord;
import io.socle.realtime.contracts.log.v1.PresenceWhereaboutsRecord;
import io.socle.realtime.contracts.log.v1.PresentMemberRecord;
import io.socle.realtime.contracts.log.v1.VisitRecord;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Instant;

/** {@link PresenceReply} to its record and back. */
public final class PresenceReplyRecords {
    private PresenceReplyRecords() {}

    static PresenceReplyRecord toRecord(PresenceReply reply) {
        var record = PresenceReplyRecord.newBuilder();
        switch (reply) {
            case PresenceReply.Changed(long version) ->
                record.setChanged(PresenceChangedRecord.newBuilder().setVersion(version));
            case PresenceReply.Members members -> record.setMembers(members(members));
            case PresenceReply.Whereabouts whereabouts -> record.setWhereabouts(whereabouts(whereabouts));
            case PresenceReply.Visits visits -> {
                var page = PresenceVisitsPageRecord.newBuilder();
                visits.visits().forEach(visit -> page.addVisits(toRecord(visit)));
                record.setVisits(page);
            }
        }
        return record.build();
    }

    private static PresenceMembersPageRecord members(PresenceReply.Members members) {
        var record = PresenceMembersPageRecord.newBuilder()
                .setVersion(members.version())
                .setCounts(members.counts())
                .setCount(members.count());
        members.members()
                .forEach(member -> record.addMembers(PresentMemberRecord.newBuilder()
                        .setSubject(member.subject())
                        .setEntry(member.entry())
                        .setProfile(MemberRecords.toRecord(member.profile()))
                        .setVersion(member.version())
                        .setSinceMs(member.since().toEpochMilli())));
        if (members.next() != null) {
            record.setNext(MemberRecords.toRecord(members.next()));
        }
        return record.build();
    }

    private static PresenceWhereaboutsRecord whereabouts(PresenceReply.Whereabouts whereabouts) {
        var record = PresenceWhereaboutsRecord.newBuilder();
        whereabouts
                .present()
                .forEach(place -> record.addPresent(PresencePlaceRecord.newBuilder()
                        .setChannel(place.channel().value())
                        .setEntry(place.entry())));
        whereabouts
                .seen()
                .forEach(seen -> record.addSeen(PresenceSeenRecord.newBuilder()
                        .setChannel(seen.channel().value())
                        .setLeftMs(seen.left().toEpochMilli())));
        return record.build();
    }

    /** A visit as a record, for the owners' stores too. */
    public static VisitRecord toRecord(PresenceReply.Visit visit) {
        var record = VisitRecord.newBuilder()
                .setSubject(visit.subject())
                .setEntry(visit.entry())
                .setKind(MemberRecords.toRecord(visit.kind()))
                .setEnteredMs(visit.entered().toEpochMilli());
        if (visit.left() != null) {
            record.setLeftMs(visit.left().toEpochMilli());
        }
        if (visit.reason() != null) {
            record.setReason(MemberRecords.toRecord(visit.reason()));
        }
        return record.build();
    }

    public static PresenceReply.Visit fromRecord(VisitRecord record) {
        return new PresenceReply.Visit(
                record.getSubject(),
                record.getEntry(),
                MemberRecords.fromRecord(record.getKind()),
                Instant.ofEpochMilli(record.getEnteredMs()),
                record.hasLeftMs() ? Instant.ofEpochMilli(record.getLeftMs()) : null,
                record.hasReason() ? MemberRecords.fromRecord(record.getReason()) : null);
    }

    static PresenceReply fromRecord(PresenceReplyRecord record) {
        return switch (record.getReplyCase()) {
            case CHANGED -> new PresenceReply.Changed(record.getChanged().getVersion());
            case MEMBERS -> members(record.getMembers());
            case WHEREABOUTS ->
                new PresenceReply.Whereabouts(
                        record.getWhereabouts().getPresentList().stream()
                                .map(place ->
                                        new PresenceReply.Place(new ChannelName(place.getChannel()), place.getEntry()))
                                .toList(),
                        record.getWhereabouts().getSeenList().stream()
                                .map(seen -> new PresenceReply.Seen(
                                        new ChannelName(seen.getChannel()), Instant.ofEpochMilli(seen.getLeftMs())))
                                .toList());
            case VISITS ->
                new PresenceReply.Visits(record.getVisits().getVisitsList().stream()
                        .map(PresenceReplyRecords::fromRecord)
                        .toList());
            case REPLY_NOT_SET -> throw new IllegalArgumentException("a kind of reply that this version lacks");
        };
    }

    private static PresenceReply members(PresenceMembersPageRecord record) {
        return new PresenceReply.Members(
                record.getVersion(),
                record.getCounts(),
                record.getCount(),
                record.getMembersList().stream()
                        .map(member -> new PresenceReply.Present(
                                member.getSubject(),
                                member.getEntry(),
                                MemberRecords.fromRecord(member.getProfile()),
                                member.getVersion(),
                                Instant.ofEpochMilli(member.getSinceMs())))
                        .toList(),
                record.hasNext() ? MemberRecords.fromRecord(record.getNext()) : null);
    }
}
