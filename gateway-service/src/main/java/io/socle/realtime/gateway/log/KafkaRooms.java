package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.Partitions;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.RoomAction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends commands to the owners of rooms, with this node's origin on each; how fast they are says nothing of the owners of channels. */
final class KafkaRooms implements RoomOwners {
    private final KafkaOwners sender;
    private final String topic;
    private final int partitions;
    private final NodeClaim claim;
    private final PendingReplies pending;

    KafkaRooms(KafkaOwners sender, String topic, int partitions, NodeClaim claim, PendingReplies pending) {
        this.sender = sender;
        this.topic = topic;
        this.partitions = partitions;
        this.claim = claim;
        this.pending = pending;
    }

    @Override
    public void ask(ChannelName room, RoomAction action, Executor loop, ReplyHandler handler) {
        byte[] key = room.value().getBytes(StandardCharsets.UTF_8);
        send(Partitions.of(room, partitions), key, new Command.InRoom(room, action), loop, handler);
    }

    /** Tells every owner that this node begins a life. */
    void begin() {
        for (int partition = 0; partition < partitions; partition++) {
            send(partition, null, new Command.NodeStarted(), Runnable::run, ReplyHandler.IGNORE);
        }
    }

    private void send(int partition, byte @Nullable [] key, Command command, Executor loop, ReplyHandler handler) {
        Long request = pending.addElsewhere(loop, handler);
        if (request == null) {
            PendingReplies.refuse(loop, handler, FailureCode.OVERLOADED);
            return;
        }
        byte[] value = CommandRecords.encode(new Origin(claim.slot(), claim.incarnation(), request), command);
        sender.send(new ProducerRecord<>(topic, partition, key, value), request);
    }
}
