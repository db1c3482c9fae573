package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.log.NodeRecords;
import io.socle.realtime.contracts.log.UnreadableRecordException;
import io.socle.realtime.contracts.log.v1.NodeRecord;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Finds in the nodes topic what concerns this node: its own heartbeats, and a later claim of its slot. */
final class NodeReader {
    private static final Logger LOG = Logger.getLogger(NodeReader.class);

    private final NodeClaim claim;
    private final SlotLease lease;
    private final Consumer<String> replaced;

    NodeReader(NodeClaim claim, SlotLease lease, Consumer<String> replaced) {
        this.claim = claim;
        this.lease = lease;
        this.replaced = replaced;
    }

    void read(ConsumerRecord<byte[], byte[]> logged) {
        NodeRecord record;
        try {
            record = NodeRecords.decode(logged.value());
        } catch (UnreadableRecordException e) {
            LOG.errorf(e, "Node record at offset %d cannot be read; it is skipped", logged.offset());
            return;
        }
        if (record.getSlot() != claim.slot()) {
            return;
        }
        switch (record.getEventCase()) {
            case HEARTBEAT -> {
                if (record.getHeartbeat().getIncarnation() == claim.incarnation()) {
                    lease.readBack(record.getHeartbeat().getSequence());
                }
            }
            case CLAIM -> {
                if (logged.offset() > claim.incarnation()) {
                    replaced.accept(record.getNode());
                }
            }
            case RELEASE, TICK, EVENT_NOT_SET -> {
                // Not about who holds the slot now.
            }
        }
    }
}
