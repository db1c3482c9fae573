package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.log.NodeRecords;
import io.socle.realtime.contracts.log.UnreadableRecordException;
import io.socle.realtime.presence.core.NodeEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of the nodes topic as the core's events. */
final class NodeCodec {
    private NodeCodec() {}

    /** Throws UnreadableRecordException where the record is no event of a known kind. */
    static NodeEvent decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw unreadable("a node record without value");
        }
        var node = NodeRecords.decode(record.value());
        return switch (node.getEventCase()) {
            case CLAIM -> new NodeEvent.Claimed(node.getSlot(), record.offset(), node.getNode());
            case HEARTBEAT ->
                new NodeEvent.Beat(node.getSlot(), node.getHeartbeat().getIncarnation());
            case RELEASE ->
                new NodeEvent.Released(node.getSlot(), node.getRelease().getIncarnation());
            case TICK -> new NodeEvent.Ticked();
            case EVENT_NOT_SET -> throw unreadable("a kind of node event that this version lacks");
        };
    }

    private static UnreadableRecordException unreadable(String why) {
        return new UnreadableRecordException(why, new IllegalArgumentException(why));
    }
}
