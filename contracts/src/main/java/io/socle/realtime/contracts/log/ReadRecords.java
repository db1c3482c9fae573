package io.socle.realtime.contracts.log;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.log.v1.ReadChannelRecord;
import io.socle.realtime.contracts.log.v1.ReadFilterRecord;
import io.socle.realtime.contracts.log.v1.ReadRecord;
import io.socle.realtime.contracts.log.v1.ReadRetainedMatchingRecord;
import io.socle.realtime.contracts.log.v1.ReadRetainedRecord;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.DateTimeException;
import java.time.Instant;

/** {@link Read} with its {@link Origin} to the bytes of a read record and back. */
public final class ReadRecords {
    private ReadRecords() {}

    /** A read as it stands in the log. */
    public record Logged(Origin origin, Read read) {}

    public static byte[] encode(Origin origin, Read read) {
        var record = ReadRecord.newBuilder().setOrigin(CommandRecords.origin(origin));
        switch (read) {
            case Read.Forward forward -> record.setChannel(forward(forward));
            case Read.Backward backward -> record.setChannel(backward(backward));
            case Read.Filtered filtered -> record.setFilter(filtered(filtered));
            case Read.Retained retained ->
                record.setRetained(ReadRetainedRecord.newBuilder()
                        .setChannel(retained.channel().value()));
            case Read.RetainedMatching matching -> record.setRetainedMatching(matching(matching));
        }
        return record.build().toByteArray();
    }

    private static ReadChannelRecord forward(Read.Forward read) {
        var record = ReadChannelRecord.newBuilder()
                .setChannel(read.channel().value())
                .setMaxItems(read.credit().items())
                .setMaxBytes(read.credit().bytes())
                .setUnderWay(read.underWay());
        switch (read.start()) {
            case Read.Start.After after -> record.setAfter(MessageRecords.position(after.position()));
            case Read.Start.Last last -> record.setLast(last.messages());
            case Read.Start.Since since -> record.setSinceMs(since.time().toEpochMilli());
        }
        return record.build();
    }

    private static ReadChannelRecord backward(Read.Backward read) {
        var record = ReadChannelRecord.newBuilder()
                .setChannel(read.channel().value())
                .setMaxItems(read.credit().items())
                .setMaxBytes(read.credit().bytes())
                .setNewestFirst(true);
        if (read.before() != null) {
            record.setBefore(MessageRecords.position(read.before()));
        }
        return record.build();
    }

    private static ReadFilterRecord filtered(Read.Filtered read) {
        var record = ReadFilterRecord.newBuilder()
                .setFilter(read.filter().value())
                .setAfter(read.afterLogPosition())
                .setMaxItems(read.credit().items())
                .setMaxBytes(read.credit().bytes());
        if (read.since() != null) {
            record.setSinceMs(read.since().toEpochMilli());
        }
        return record.build();
    }

    private static ReadRetainedMatchingRecord matching(Read.RetainedMatching read) {
        return ReadRetainedMatchingRecord.newBuilder()
                .setFilter(read.filter().value())
                .setAfter(read.after())
                .setMaxItems(read.credit().items())
                .setMaxBytes(read.credit().bytes())
                .build();
    }

    /** Throws UnreadableRecordException where the bytes are no read of a known kind. */
    public static Logged decode(byte[] bytes) {
        try {
            ReadRecord record = ReadRecord.parseFrom(bytes);
            Read read = switch (record.getReadCase()) {
                case CHANNEL -> channel(record.getChannel());
                case FILTER -> filter(record.getFilter());
                case RETAINED ->
                    new Read.Retained(new ChannelName(record.getRetained().getChannel()));
                case RETAINED_MATCHING -> matching(record.getRetainedMatching());
                case READ_NOT_SET -> throw new IllegalArgumentException("a kind of read that this version lacks");
            };
            return new Logged(CommandRecords.origin(record.getOrigin()), read);
        } catch (InvalidProtocolBufferException
                | IllegalArgumentException
                | DateTimeException
                | ArithmeticException e) {
            throw new UnreadableRecordException("not a readable read record", e);
        }
    }

    private static Read channel(ReadChannelRecord record) {
        ChannelName channel = new ChannelName(record.getChannel());
        Read.Credit credit = new Read.Credit(record.getMaxItems(), record.getMaxBytes());
        if (record.getNewestFirst()) {
            return new Read.Backward(
                    channel, record.hasBefore() ? MessageRecords.position(record.getBefore()) : null, credit);
        }
        Read.Start start = switch (record.getStartCase()) {
            case AFTER -> new Read.Start.After(MessageRecords.position(record.getAfter()));
            case LAST -> new Read.Start.Last(record.getLast());
            case SINCE_MS -> new Read.Start.Since(Instant.ofEpochMilli(record.getSinceMs()));
            case START_NOT_SET -> throw new IllegalArgumentException("a read without a start");
        };
        return new Read.Forward(channel, start, credit, record.getUnderWay());
    }

    private static Read filter(ReadFilterRecord record) {
        return new Read.Filtered(
                new ChannelFilter(record.getFilter()),
                record.getAfter(),
                record.hasSinceMs() ? Instant.ofEpochMilli(record.getSinceMs()) : null,
                new Read.Credit(record.getMaxItems(), record.getMaxBytes()));
    }

    private static Read matching(ReadRetainedMatchingRecord record) {
        return new Read.RetainedMatching(
                new ChannelFilter(record.getFilter()),
                record.getAfter(),
                new Read.Credit(record.getMaxItems(), record.getMaxBytes()));
    }
}
