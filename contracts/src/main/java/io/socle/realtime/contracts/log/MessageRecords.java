package io.socle.realtime.contracts.log;

import com.google.protobuf.UnsafeByteOperations;
import io.socle.realtime.contracts.log.v1.AuditRecord;
import io.socle.realtime.contracts.log.v1.InstantRecord;
import io.socle.realtime.contracts.log.v1.MessageRecord;
import io.socle.realtime.contracts.log.v1.OfflineModeRecord;
import io.socle.realtime.contracts.log.v1.PositionRecord;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.time.Duration;
import java.time.Instant;

/** {@link RealtimeMessage} to {@link MessageRecord} and back. */
public final class MessageRecords {
    private MessageRecords() {}

    public static MessageRecord toRecord(RealtimeMessage message) {
        var record = MessageRecord.newBuilder()
                .setId(message.id())
                .setChannel(message.channel().value())
                .setData(UnsafeByteOperations.unsafeWrap(message.data().bytes()))
                .setQos(message.qos().level())
                .setRetain(message.retain())
                .putAllHeaders(message.headers());
        putOptional(record, message);
        putPrivacy(record, message.privacy());
        putOffline(record, message.offline());
        return record.build();
    }

    private static void putOptional(MessageRecord.Builder record, RealtimeMessage message) {
        if (message.source() != null) {
            record.setSource(message.source());
        }
        if (message.type() != null) {
            record.setType(message.type());
        }
        if (message.contentType() != null) {
            record.setContentType(message.contentType());
        }
        if (message.timestamp() != null) {
            record.setTimestamp(instant(message.timestamp()));
        }
        if (message.expiry() != null) {
            record.setExpiry(instant(message.expiry()));
        }
        if (message.correlationId() != null) {
            record.setCorrelationId(message.correlationId());
        }
        if (message.replyTo() != null) {
            record.setReplyTo(message.replyTo().value());
        }
        if (message.position() != null) {
            record.setPosition(position(message.position()));
        }
        if (message.trace() != null) {
            putTrace(record, message.trace());
        }
    }

    private static void putTrace(MessageRecord.Builder record, TraceContext trace) {
        record.setTraceparent(trace.traceparent());
        if (trace.tracestate() != null) {
            record.setTracestate(trace.tracestate());
        }
    }

    private static void putPrivacy(MessageRecord.Builder record, Privacy privacy) {
        record.addAllPrivateReceivers(privacy.receivers())
                .setNotStored(!privacy.store())
                .setAudit(audit(privacy.audit()));
        if (privacy.encryption() != null) {
            record.setEncryption(privacy.encryption());
        }
    }

    private static AuditRecord audit(Privacy.Audit audit) {
        return switch (audit) {
            case FULL -> AuditRecord.AUDIT_FULL;
            case METADATA -> AuditRecord.AUDIT_METADATA;
            case NONE -> AuditRecord.AUDIT_NONE;
        };
    }

    private static void putOffline(MessageRecord.Builder record, OfflinePolicy offline) {
        record.setOfflineMode(
                switch (offline.mode()) {
                    case QUEUE -> OfflineModeRecord.OFFLINE_QUEUE;
                    case DROP -> OfflineModeRecord.OFFLINE_DROP;
                    case LATEST -> OfflineModeRecord.OFFLINE_LATEST;
                });
        if (offline.timeToLive() != null) {
            record.setTimeToLiveMs(offline.timeToLive().toMillis());
        }
        if (offline.collapseKey() != null) {
            record.setCollapseKey(offline.collapseKey());
        }
    }

    /** Throws InvalidValueException where the record breaks a rule of the message. */
    public static RealtimeMessage fromRecord(MessageRecord record) {
        var message = RealtimeMessage.builder(record.getId(), new ChannelName(record.getChannel()))
                .data(Payload.of(record.getData().toByteArray()))
                .qos(Qos.of(record.getQos()))
                .retain(record.getRetain())
                .headers(record.getHeadersMap())
                .source(record.hasSource() ? record.getSource() : null)
                .type(record.hasType() ? record.getType() : null)
                .contentType(record.hasContentType() ? record.getContentType() : null)
                .timestamp(record.hasTimestamp() ? instant(record.getTimestamp()) : null)
                .expiry(record.hasExpiry() ? instant(record.getExpiry()) : null)
                .correlationId(record.hasCorrelationId() ? record.getCorrelationId() : null)
                .replyTo(record.hasReplyTo() ? new ChannelName(record.getReplyTo()) : null)
                .position(record.hasPosition() ? position(record.getPosition()) : null);
        if (record.hasTraceparent()) {
            message.trace(
                    new TraceContext(record.getTraceparent(), record.hasTracestate() ? record.getTracestate() : null));
        }
        return message.privacy(privacy(record)).offline(offline(record)).build();
    }

    private static Privacy privacy(MessageRecord record) {
        if (record.getPrivateReceiversCount() == 0
                && !record.getNotStored()
                && record.getAudit() == AuditRecord.AUDIT_FULL
                && !record.hasEncryption()) {
            return Privacy.PUBLIC;
        }
        var audit = switch (record.getAudit()) {
            case AUDIT_METADATA -> Privacy.Audit.METADATA;
            case AUDIT_NONE -> Privacy.Audit.NONE;
            case AUDIT_FULL, UNRECOGNIZED -> Privacy.Audit.FULL;
        };
        return new Privacy(
                record.getPrivateReceiversList(),
                !record.getNotStored(),
                audit,
                record.hasEncryption() ? record.getEncryption() : null);
    }

    private static OfflinePolicy offline(MessageRecord record) {
        if (record.getOfflineMode() == OfflineModeRecord.OFFLINE_QUEUE
                && !record.hasTimeToLiveMs()
                && !record.hasCollapseKey()) {
            return OfflinePolicy.QUEUE;
        }
        var mode = switch (record.getOfflineMode()) {
            case OFFLINE_DROP -> OfflinePolicy.Mode.DROP;
            case OFFLINE_LATEST -> OfflinePolicy.Mode.LATEST;
            case OFFLINE_QUEUE, UNRECOGNIZED -> OfflinePolicy.Mode.QUEUE;
        };
        return new OfflinePolicy(
                mode,
                record.hasTimeToLiveMs() ? Duration.ofMillis(record.getTimeToLiveMs()) : null,
                record.hasCollapseKey() ? record.getCollapseKey() : null);
    }

    static PositionRecord position(Position position) {
        return PositionRecord.newBuilder()
                .setEpoch(position.epoch())
                .setOffset(position.offset())
                .build();
    }

    static Position position(PositionRecord record) {
        return new Position(record.getEpoch(), record.getOffset());
    }

    private static InstantRecord instant(Instant time) {
        return InstantRecord.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static Instant instant(InstantRecord record) {
        return Instant.ofEpochSecond(record.getSeconds(), record.getNanos());
    }
}
