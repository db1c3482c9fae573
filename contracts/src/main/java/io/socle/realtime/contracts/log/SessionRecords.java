package io.socle.realtime.contracts.log;

import com.google.protobuf.UnsafeByteOperations;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.log.v1.SessionAttachRecord;
import io.socle.realtime.contracts.log.v1.SessionAttachedRecord;
import io.socle.realtime.contracts.log.v1.SessionDetachRecord;
import io.socle.realtime.contracts.log.v1.SessionEndedRecord;
import io.socle.realtime.contracts.log.v1.SessionEntryRecord;
import io.socle.realtime.contracts.log.v1.SessionKeyRecord;
import io.socle.realtime.contracts.log.v1.SessionRecord;
import io.socle.realtime.contracts.log.v1.SessionSaveRecord;
import io.socle.realtime.contracts.log.v1.SessionWillRecord;
import io.socle.realtime.contracts.message.Payload;
import java.util.List;

/** Everything of sessions of MQTT clients to their records and back. */
public final class SessionRecords {
    private SessionRecords() {}

    static SessionRecord toRecord(Command.Session session) {
        var record = SessionRecord.newBuilder().setOf(key(session.of())).setGeneration(session.generation());
        switch (session.action()) {
            case SessionAction.Attach attach -> record.setAttach(toRecord(attach));
            case SessionAction.Save save ->
                record.setSave(SessionSaveRecord.newBuilder().addAllChanges(entries(save.changes())));
            case SessionAction.Detach detach -> record.setDetach(toRecord(detach));
        }
        return record.build();
    }

    private static SessionAttachRecord toRecord(SessionAction.Attach attach) {
        var record = SessionAttachRecord.newBuilder()
                .setCleanStart(attach.cleanStart())
                .setExpiryMs(attach.expiryMs())
                .setYields(attach.yields());
        if (attach.will() != null) {
            record.setWill(toRecord(attach.will()));
        }
        return record.build();
    }

    private static SessionDetachRecord toRecord(SessionAction.Detach detach) {
        var record = SessionDetachRecord.newBuilder()
                .addAllChanges(entries(detach.changes()))
                .setFires(detach.fires())
                .setGraceMs(detach.graceMs());
        if (detach.expiryMs() != null) {
            record.setExpiryMs(detach.expiryMs());
        }
        return record.build();
    }

    public static SessionWillRecord toRecord(SessionWill will) {
        var record = SessionWillRecord.newBuilder()
                .setMessage(MessageRecords.toRecord(will.message()))
                .setDelayMs(will.delayMs());
        if (will.expiresAfterMs() != null) {
            record.setExpiresAfterMs(will.expiresAfterMs());
        }
        return record.build();
    }

    public static SessionWill fromRecord(SessionWillRecord record) {
        return new SessionWill(
                MessageRecords.fromRecord(record.getMessage()),
                record.getDelayMs(),
                record.hasExpiresAfterMs() ? record.getExpiresAfterMs() : null);
    }

    static Command fromRecord(SessionRecord record) {
        SessionAction action = switch (record.getActionCase()) {
            case ATTACH -> attach(record.getAttach());
            case SAVE -> new SessionAction.Save(changes(record.getSave().getChangesList()));
            case DETACH -> detach(record.getDetach());
            case ACTION_NOT_SET -> throw new IllegalArgumentException("an action that this version lacks");
        };
        return new Command.Session(key(record.getOf()), record.getGeneration(), action);
    }

    private static SessionAction attach(SessionAttachRecord record) {
        return new SessionAction.Attach(
                record.getCleanStart(),
                record.getExpiryMs(),
                record.hasWill() ? fromRecord(record.getWill()) : null,
                record.getYields());
    }

    private static SessionAction detach(SessionDetachRecord record) {
        return new SessionAction.Detach(
                changes(record.getChangesList()),
                record.hasExpiryMs() ? record.getExpiryMs() : null,
                record.getFires(),
                record.getGraceMs());
    }

    private static List<SessionEntryRecord> entries(List<SessionEntry> entries) {
        return entries.stream().map(SessionRecords::entry).toList();
    }

    private static SessionEntryRecord entry(SessionEntry entry) {
        var record = SessionEntryRecord.newBuilder().setKey(entry.key());
        if (entry.value() != null) {
            record.setValue(UnsafeByteOperations.unsafeWrap(entry.value().bytes()));
        }
        return record.build();
    }

    private static List<SessionEntry> changes(List<SessionEntryRecord> records) {
        return records.stream()
                .map(record -> new SessionEntry(
                        record.getKey(),
                        record.hasValue() ? Payload.of(record.getValue().toByteArray()) : null))
                .toList();
    }

    static SessionAttachedRecord toRecord(Reply.SessionAttached attached) {
        return SessionAttachedRecord.newBuilder()
                .setGeneration(attached.generation())
                .setPresent(attached.present())
                .addAllEntries(entries(attached.entries()))
                .build();
    }

    static Reply fromRecord(SessionAttachedRecord record) {
        return new Reply.SessionAttached(record.getGeneration(), record.getPresent(), changes(record.getEntriesList()));
    }

    static SessionEndedRecord toRecord(Delivery.SessionEnded ended) {
        return SessionEndedRecord.newBuilder()
                .setOf(key(ended.of()))
                .setGeneration(ended.generation())
                .build();
    }

    static Delivery.Content fromRecord(SessionEndedRecord record) {
        return new Delivery.SessionEnded(key(record.getOf()), record.getGeneration());
    }

    private static SessionKeyRecord key(SessionKey key) {
        return SessionKeyRecord.newBuilder()
                .setSubject(key.subject())
                .setClientId(key.clientId())
                .build();
    }

    private static SessionKey key(SessionKeyRecord record) {
        return new SessionKey(record.getSubject(), record.getClientId());
    }
}
