package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.log.v1.IceServerRecord;
import io.socle.realtime.contracts.log.v1.IceServersRecord;
import io.socle.realtime.contracts.log.v1.PeerCallRecord;
import io.socle.realtime.contracts.log.v1.PeerInfoRecord;
import io.socle.realtime.contracts.log.v1.PeerLeftRecord;
import io.socle.realtime.contracts.log.v1.PeerSaidRecord;
import io.socle.realtime.contracts.log.v1.PeerUpdatedRecord;
import io.socle.realtime.contracts.log.v1.RingingRecord;
import io.socle.realtime.contracts.log.v1.RoomJoinedRecord;
import io.socle.realtime.contracts.log.v1.SignaledRecord;
import io.socle.realtime.contracts.log.v1.ToPeerRecord;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import java.time.Instant;
import java.util.Locale;

/** What a room's owner answers and tells, to records and back. */
final class RoomDeliveryRecords {
    private RoomDeliveryRecords() {}

    static RoomJoinedRecord toRecord(Reply.RoomJoined joined) {
        var record = RoomJoinedRecord.newBuilder()
                .setPeer(joined.peer())
                .setSequence(joined.sequence())
                .setMissed(joined.missed())
                .setIceServers(toRecord(joined.iceServers()))
                .setMostPeers(joined.terms().peers())
                .setFullMesh(joined.terms().fullMesh())
                .setBound(joined.terms().bound());
        joined.peers().forEach(peer -> record.addPeers(toRecord(peer)));
        return record.build();
    }

    static Reply fromRecord(RoomJoinedRecord record) {
        return new Reply.RoomJoined(
                record.getPeer(),
                record.getSequence(),
                record.getMissed(),
                record.getPeersList().stream()
                        .map(RoomDeliveryRecords::fromRecord)
                        .toList(),
                fromRecord(record.getIceServers()),
                new RoomTerms(record.getMostPeers(), record.getFullMesh(), record.getBound()));
    }

    private static PeerInfoRecord toRecord(PeerInfo peer) {
        var record = PeerInfoRecord.newBuilder()
                .setPeer(peer.peer())
                .setSubject(peer.subject())
                .setPolite(peer.polite());
        if (peer.metadata() != null) {
            record.setMetadata(peer.metadata().json());
        }
        return record.build();
    }

    private static PeerInfo fromRecord(PeerInfoRecord record) {
        return new PeerInfo(
                record.getPeer(),
                record.getSubject(),
                record.getPolite(),
                record.hasMetadata() ? new Metadata(record.getMetadata()) : null);
    }

    static SignaledRecord toRecord(Reply.Signaled signaled) {
        var record = SignaledRecord.newBuilder();
        if (signaled.negotiation() != null) {
            record.setNegotiation(signaled.negotiation());
        }
        if (signaled.ignored() != null) {
            record.setIgnored(signaled.ignored().word());
        }
        return record.build();
    }

    static Reply fromRecord(SignaledRecord record) {
        return new Reply.Signaled(
                record.hasNegotiation() ? record.getNegotiation() : null,
                record.hasIgnored() ? Signal.Ignored.valueOf(record.getIgnored().toUpperCase(Locale.ROOT)) : null);
    }

    static IceServersRecord toRecord(IceServers servers) {
        var record = IceServersRecord.newBuilder();
        if (servers.expires() != null) {
            record.setExpiresMs(servers.expires().toEpochMilli());
        }
        for (IceServers.Server server : servers.servers()) {
            var one = IceServerRecord.newBuilder().addAllUrls(server.urls());
            if (server.credential() != null) {
                one.setUsername(server.credential().username())
                        .setPassword(server.credential().password());
            }
            record.addServers(one);
        }
        return record.build();
    }

    static IceServers fromRecord(IceServersRecord record) {
        return new IceServers(
                record.getServersList().stream()
                        .map(server -> new IceServers.Server(
                                server.getUrlsList(),
                                server.hasUsername()
                                        ? new IceServers.Credential(server.getUsername(), server.getPassword())
                                        : null))
                        .toList(),
                record.hasExpiresMs() ? Instant.ofEpochMilli(record.getExpiresMs()) : null);
    }

    static RingingRecord toRecord(Reply.Ringing ringing) {
        return RingingRecord.newBuilder()
                .setCall(ringing.call())
                .setExpiresMs(ringing.expires().toEpochMilli())
                .build();
    }

    static Reply fromRecord(RingingRecord record) {
        return new Reply.Ringing(record.getCall(), Instant.ofEpochMilli(record.getExpiresMs()));
    }

    static ToPeerRecord toRecord(Delivery.ToPeer told) {
        var record = ToPeerRecord.newBuilder()
                .setConnection(told.connection())
                .setRoom(told.room().value())
                .setPeer(told.peer())
                .setSequence(told.sequence());
        switch (told.event()) {
            case RoomEvent.Said(long from, Signal signal) ->
                record.setSaid(PeerSaidRecord.newBuilder().setFrom(from).setSignal(SignalRecords.toRecord(signal)));
            case RoomEvent.Joined(PeerInfo peer) -> record.setJoined(toRecord(peer));
            case RoomEvent.Updated(long peer, Metadata metadata) -> {
                var updated = PeerUpdatedRecord.newBuilder().setPeer(peer);
                if (metadata != null) {
                    updated.setMetadata(metadata.json());
                }
                record.setUpdated(updated);
            }
            case RoomEvent.Left(long peer, RoomEvent.Reason reason) ->
                record.setLeft(PeerLeftRecord.newBuilder().setPeer(peer).setLost(reason == RoomEvent.Reason.LOST));
            case RoomEvent.Ended(var problem) -> record.setEnded(ReplyRecords.toRecord(problem));
            case RoomEvent.Call(long call, String subject, var state) ->
                record.setCall(PeerCallRecord.newBuilder()
                        .setCall(call)
                        .setSubject(subject)
                        .setState(SignalRecords.toRecord(state)));
        }
        return record.build();
    }

    static Delivery.Content fromRecord(ToPeerRecord record) {
        return new Delivery.ToPeer(
                record.getConnection(),
                new ChannelName(record.getRoom()),
                record.getPeer(),
                record.getSequence(),
                event(record));
    }

    private static RoomEvent event(ToPeerRecord record) {
        return switch (record.getEventCase()) {
            case SAID ->
                new RoomEvent.Said(
                        record.getSaid().getFrom(),
                        SignalRecords.fromRecord(record.getSaid().getSignal()));
            case JOINED -> new RoomEvent.Joined(fromRecord(record.getJoined()));
            case UPDATED ->
                new RoomEvent.Updated(
                        record.getUpdated().getPeer(),
                        record.getUpdated().hasMetadata()
                                ? new Metadata(record.getUpdated().getMetadata())
                                : null);
            case LEFT ->
                new RoomEvent.Left(
                        record.getLeft().getPeer(),
                        record.getLeft().getLost() ? RoomEvent.Reason.LOST : RoomEvent.Reason.BYE);
            case ENDED -> new RoomEvent.Ended(ReplyRecords.fromRecord(record.getEnded()));
            case CALL ->
                new RoomEvent.Call(
                        record.getCall().getCall(),
                        record.getCall().getSubject(),
                        SignalRecords.fromRecord(record.getCall().getState()));
            case EVENT_NOT_SET -> throw new IllegalArgumentException("an event that this version lacks");
        };
    }
}
