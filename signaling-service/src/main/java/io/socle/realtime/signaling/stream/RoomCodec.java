package io.socle.realtime.signaling.stream;

import io.socle.realtime.contracts.log.SignalRecords;
import io.socle.realtime.contracts.log.v1.RoomCallRecord;
import io.socle.realtime.contracts.log.v1.RoomCalleeRecord;
import io.socle.realtime.contracts.log.v1.RoomPairRecord;
import io.socle.realtime.contracts.log.v1.RoomPeerRecord;
import io.socle.realtime.contracts.log.v1.RoomStateRecord;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.signaling.core.Call;
import io.socle.realtime.signaling.core.Pair;
import io.socle.realtime.signaling.core.Peer;
import io.socle.realtime.signaling.core.Room;

/** {@link Room} to its record and back. */
final class RoomCodec {
    private RoomCodec() {}

    static RoomStateRecord toRecord(Room room) {
        var record = RoomStateRecord.newBuilder().setTimerMs(room.timer());
        room.peers().forEach(peer -> record.addPeers(toRecord(peer)));
        room.pairs().forEach(pair -> record.addPairs(toRecord(pair)));
        room.calls().forEach(call -> record.addCalls(toRecord(call)));
        return record.build();
    }

    static Room fromRecord(RoomStateRecord record) {
        return new Room(
                record.getPeersList().stream().map(RoomCodec::fromRecord).toList(),
                record.getPairsList().stream().map(RoomCodec::fromRecord).toList(),
                record.getCallsList().stream().map(RoomCodec::fromRecord).toList(),
                record.getTimerMs());
    }

    private static RoomPeerRecord toRecord(Peer peer) {
        var record = RoomPeerRecord.newBuilder()
                .setPeer(peer.id())
                .setSubject(peer.subject())
                .setSecret(peer.secret())
                .setConnection(peer.link().connection())
                .setSlot(peer.link().slot())
                .setIncarnation(peer.link().incarnation())
                .setUntilMs(peer.until())
                .setSequence(peer.sequence())
                .setKeptAfter(peer.kept().after())
                .setKept(peer.kept().signals())
                .setKeptCharacters(peer.kept().characters());
        if (peer.metadata() != null) {
            record.setMetadata(peer.metadata().json());
        }
        return record.build();
    }

    private static Peer fromRecord(RoomPeerRecord record) {
        return new Peer(
                record.getPeer(),
                record.getSubject(),
                record.getSecret(),
                record.hasMetadata() ? new Metadata(record.getMetadata()) : null,
                new Peer.Link(record.getConnection(), record.getSlot(), record.getIncarnation()),
                record.getUntilMs(),
                record.getSequence(),
                new Peer.Kept(record.getKeptAfter(), record.getKept(), record.getKeptCharacters()));
    }

    private static RoomPairRecord toRecord(Pair pair) {
        return RoomPairRecord.newBuilder()
                .setOlder(pair.older())
                .setNewer(pair.newer())
                .setNegotiation(pair.negotiation())
                .setOfferer(pair.offerer())
                .setOlderDescribed(pair.olderSide().described())
                .addAllOlderFragments(pair.olderSide().fragments())
                .setNewerDescribed(pair.newerSide().described())
                .addAllNewerFragments(pair.newerSide().fragments())
                .addAllOfferedFragments(pair.offered())
                .build();
    }

    private static Pair fromRecord(RoomPairRecord record) {
        return new Pair(
                record.getOlder(),
                record.getNewer(),
                record.getNegotiation(),
                record.getOfferer(),
                new Pair.Side(record.getOlderDescribed(), record.getOlderFragmentsList()),
                new Pair.Side(record.getNewerDescribed(), record.getNewerFragmentsList()),
                record.getOfferedFragmentsList());
    }

    private static RoomCallRecord toRecord(Call call) {
        var record = RoomCallRecord.newBuilder()
                .setCall(call.id())
                .setCaller(call.caller())
                .setDeadlineMs(call.deadline());
        for (Call.Callee callee : call.callees()) {
            var one = RoomCalleeRecord.newBuilder()
                    .setSubject(callee.subject())
                    .setState(SignalRecords.toRecord(callee.state()));
            if (callee.connection() != null) {
                one.setConnection(callee.connection());
            }
            record.addCallees(one);
        }
        return record.build();
    }

    private static Call fromRecord(RoomCallRecord record) {
        return new Call(
                record.getCall(),
                record.getCaller(),
                record.getDeadlineMs(),
                record.getCalleesList().stream()
                        .map(callee -> new Call.Callee(
                                callee.getSubject(),
                                SignalRecords.fromRecord(callee.getState()),
                                callee.hasConnection() ? callee.getConnection() : null))
                        .toList());
    }
}
