package io.socle.realtime.contracts.log;

import com.google.protobuf.InvalidProtocolBufferException;
import io.socle.realtime.contracts.log.v1.ClaimRecord;
import io.socle.realtime.contracts.log.v1.HeartbeatRecord;
import io.socle.realtime.contracts.log.v1.NodeRecord;
import io.socle.realtime.contracts.log.v1.ReleaseRecord;
import io.socle.realtime.contracts.log.v1.TickRecord;

/** What the nodes topic holds: what gateway nodes say of themselves, and that time passes. */
public final class NodeRecords {
    private NodeRecords() {}

    /** A claim's incarnation is its own offset, so it has none inside. */
    public static byte[] claim(int slot, String node) {
        return NodeRecord.newBuilder()
                .setSlot(slot)
                .setNode(node)
                .setClaim(ClaimRecord.getDefaultInstance())
                .build()
                .toByteArray();
    }

    /** The sequence counts from 1 within an incarnation. */
    public static byte[] heartbeat(int slot, String node, long incarnation, long sequence) {
        return NodeRecord.newBuilder()
                .setSlot(slot)
                .setNode(node)
                .setHeartbeat(
                        HeartbeatRecord.newBuilder().setIncarnation(incarnation).setSequence(sequence))
                .build()
                .toByteArray();
    }

    public static byte[] release(int slot, String node, long incarnation) {
        return NodeRecord.newBuilder()
                .setSlot(slot)
                .setNode(node)
                .setRelease(ReleaseRecord.newBuilder().setIncarnation(incarnation))
                .build()
                .toByteArray();
    }

    /** Time passes, also where no node speaks. */
    public static byte[] tick() {
        return NodeRecord.newBuilder()
                .setTick(TickRecord.getDefaultInstance())
                .build()
                .toByteArray();
    }

    /** Throws UnreadableRecordException where the bytes are no node record. */
    public static NodeRecord decode(byte[] bytes) {
        try {
            return NodeRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableRecordException("not a readable node record", e);
        }
    }
}
