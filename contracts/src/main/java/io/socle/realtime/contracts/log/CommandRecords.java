package io.socle.realtime.contracts.log;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.log.v1.CommandRecord;
import io.socle.realtime.contracts.log.v1.DeleteRecord;
import io.socle.realtime.contracts.log.v1.NodeDeadRecord;
import io.socle.realtime.contracts.log.v1.NodeStartedRecord;
import io.socle.realtime.contracts.log.v1.OriginRecord;
import io.socle.realtime.contracts.log.v1.ProducerRecord;
import io.socle.realtime.contracts.log.v1.PublishRecord;
import io.socle.realtime.contracts.log.v1.SubscribeRecord;
import io.socle.realtime.contracts.log.v1.TickRecord;
import io.socle.realtime.contracts.log.v1.UnsubscribeRecord;
import io.socle.realtime.contracts.log.v1.UnwatchRecord;
import io.socle.realtime.contracts.log.v1.WatchRecord;
import io.socle.realtime.contracts.log.v1.WillPublishedRecord;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** {@link Command} with its {@link Origin} to the bytes of a command record and back. */
public final class CommandRecords {
    private CommandRecords() {}

    /** A command as it stands in the log. */
    public record Logged(@Nullable Origin origin, Command command) {}

    public static byte[] encode(@Nullable Origin origin, Command command) {
        var record = CommandRecord.newBuilder();
        if (origin != null) {
            record.setOrigin(origin(origin));
        }
        switch (command) {
            case Command.Publish publish -> record.setPublish(publish(publish));
            case Command.Subscribe subscribe ->
                record.setSubscribe(SubscribeRecord.newBuilder()
                        .setFilter(subscribe.filter().value())
                        .setEphemeral(subscribe.ephemeral()));
            case Command.Watch watch ->
                record.setWatch(
                        WatchRecord.newBuilder().setChannel(watch.channel().value()));
            case Command.Unwatch unwatch ->
                record.setUnwatch(
                        UnwatchRecord.newBuilder().setChannel(unwatch.channel().value()));
            case Command.Unsubscribe unsubscribe ->
                record.setUnsubscribe(UnsubscribeRecord.newBuilder()
                        .setFilter(unsubscribe.filter().value()));
            case Command.NodeStarted started -> record.setNodeStarted(NodeStartedRecord.getDefaultInstance());
            case Command.NodeDead dead ->
                record.setNodeDead(
                        NodeDeadRecord.newBuilder().setSlot(dead.slot()).setIncarnation(dead.incarnation()));
            case Command.Durable durable -> record.setDurable(DurableRecords.toRecord(durable));
            case Command.Session session -> record.setSession(SessionRecords.toRecord(session));
            case Command.WillPublished published ->
                record.setWillPublished(WillPublishedRecord.newBuilder().setGeneration(published.generation()));
            case Command.Delete delete -> record.setDelete(delete(delete));
            case Command.Shared shared -> record.setShared(SharedRecords.toRecord(shared));
            case Command.InRoom room -> record.setRoom(RoomCommandRecords.toRecord(room));
            case Command.Tick tick -> record.setTick(TickRecord.getDefaultInstance());
            case Command.SetPolicies set -> record.setPolicies(PolicyRecords.toRecord(set.policies()));
        }
        return record.build().toByteArray();
    }

    private static PublishRecord publish(Command.Publish publish) {
        var record = PublishRecord.newBuilder().setMessage(MessageRecords.toRecord(publish.message()));
        ProducerSequence producer = publish.producer();
        if (producer != null) {
            record.setProducer(ProducerRecord.newBuilder()
                    .setProducer(producer.producer())
                    .setEpoch(producer.epoch())
                    .setSequence(producer.sequence()));
        }
        return record.build();
    }

    private static DeleteRecord delete(Command.Delete delete) {
        var record = DeleteRecord.newBuilder().setChannel(delete.channel().value());
        Position position = delete.position();
        if (position != null) {
            record.setPosition(MessageRecords.position(position));
        }
        return record.build();
    }

    /** Throws UnreadableRecordException where the bytes are no command of a known kind. */
    public static Logged decode(byte[] bytes) {
        try {
            CommandRecord record = CommandRecord.parseFrom(bytes);
            Origin origin = record.hasOrigin() ? origin(record.getOrigin()) : null;
            return new Logged(origin, command(record));
        } catch (InvalidProtocolBufferException
                | IllegalArgumentException
                | DateTimeException
                | ArithmeticException e) {
            throw new UnreadableRecordException("not a readable command record", e);
        }
    }

    private static Command command(CommandRecord record) {
        return switch (record.getCommandCase()) {
            case PUBLISH -> publish(record.getPublish());
            case SUBSCRIBE ->
                new Command.Subscribe(
                        new ChannelFilter(record.getSubscribe().getFilter()),
                        record.getSubscribe().getEphemeral());
            case WATCH -> new Command.Watch(new ChannelName(record.getWatch().getChannel()));
            case UNWATCH ->
                new Command.Unwatch(new ChannelName(record.getUnwatch().getChannel()));
            case UNSUBSCRIBE ->
                new Command.Unsubscribe(
                        new ChannelFilter(record.getUnsubscribe().getFilter()));
            case PRESENCE, PRESENCE_POLICIES -> throw new IllegalArgumentException("a command of presence");
            case NODE_STARTED -> new Command.NodeStarted();
            case NODE_DEAD ->
                new Command.NodeDead(
                        record.getNodeDead().getSlot(), record.getNodeDead().getIncarnation());
            case DURABLE -> DurableRecords.fromRecord(record.getDurable());
            case SESSION -> SessionRecords.fromRecord(record.getSession());
            case WILL_PUBLISHED ->
                new Command.WillPublished(record.getWillPublished().getGeneration());
            case DELETE -> delete(record.getDelete());
            case SHARED -> SharedRecords.fromRecord(record.getShared());
            case ROOM -> RoomCommandRecords.fromRecord(record.getRoom());
            case TICK -> new Command.Tick();
            case POLICIES -> new Command.SetPolicies(PolicyRecords.fromRecord(record.getPolicies()));
            case COMMAND_NOT_SET -> throw new IllegalArgumentException("a kind of command that this version lacks");
        };
    }

    private static Command publish(PublishRecord record) {
        ProducerRecord producer = record.getProducer();
        return new Command.Publish(
                MessageRecords.fromRecord(record.getMessage()),
                record.hasProducer()
                        ? new ProducerSequence(producer.getProducer(), producer.getEpoch(), producer.getSequence())
                        : null);
    }

    private static Command delete(DeleteRecord record) {
        return new Command.Delete(
                new ChannelName(record.getChannel()),
                record.hasPosition() ? MessageRecords.position(record.getPosition()) : null);
    }

    static OriginRecord origin(Origin origin) {
        return OriginRecord.newBuilder()
                .setSlot(origin.slot())
                .setIncarnation(origin.incarnation())
                .setRequest(origin.request())
                .build();
    }

    static Origin origin(OriginRecord record) {
        return new Origin(record.getSlot(), record.getIncarnation(), record.getRequest());
    }
}
