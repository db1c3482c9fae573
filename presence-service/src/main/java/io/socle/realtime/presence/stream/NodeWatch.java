package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.log.UnreadableRecordException;
import io.socle.realtime.presence.core.LiveNode;
import io.socle.realtime.presence.core.NodeChange;
import io.socle.realtime.presence.core.NodeDirectory;
import io.socle.realtime.shell.stream.LogReader;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Keeps the directory of gateway nodes from the whole nodes topic, and has the owners told who left. */
public final class NodeWatch implements LogReader.Handler {
    private static final Logger LOG = Logger.getLogger(NodeWatch.class);

    private final NodeDirectory empty;
    private final NodeNotices notices;
    private volatile NodeDirectory directory;
    private boolean caughtUp;

    public NodeWatch(Duration lease, NodeNotices notices) {
        this.notices = notices;
        this.empty = NodeDirectory.empty(lease.toMillis());
        this.directory = empty;
    }

    /** The directory as of the last record read. Any thread. */
    public NodeDirectory directory() {
        return directory;
    }

    @Override
    public void begin() {
        directory = empty;
        caughtUp = false;
    }

    @Override
    public void caughtUp() {
        caughtUp = true;
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record) {
        try {
            var step = directory.apply(record.timestamp(), NodeCodec.decode(record));
            directory = step.directory();
            step.changes().forEach(this::changed);
        } catch (UnreadableRecordException e) {
            // Every reader of the topic meets it: told, but not parked many times over.
            LOG.warnf("Node record at offset %d: %s", record.offset(), e.getMessage());
        }
    }

    private void changed(NodeChange change) {
        if (change instanceof NodeChange.Left(LiveNode node, NodeChange.Cause cause)) {
            // Whatever the cause: its interest is void, and its commands are to be refused from now on.
            notices.dead(node.slot(), node.incarnation());
            if (caughtUp && cause == NodeChange.Cause.EXPIRED) {
                LOG.infof("Gateway node %s with slot %d fell silent", node.node(), node.slot());
                return;
            }
        }
        LOG.debugf("Nodes: %s", change);
    }

    /** Only who knows the present may tell of deaths: by what came later the node may have been replaced. */
    @Override
    public void flush() {
        if (caughtUp) {
            notices.send();
        }
    }
}
