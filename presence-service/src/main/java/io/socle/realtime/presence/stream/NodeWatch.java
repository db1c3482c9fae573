package io.socle.realtime.presence.stream;

import io.socle.realtime.contracts.log.UnreadableRecordException;
import io.socle.realtime.presence.core.LiveNode;
import io.socle.realtime.presence.core.NodeChange;
import io.socle.realtime.presence.core.NodeDirectory;
import io.socle.realtime.shell.stream.LogReader;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Keeps the directory of gateway nodes from the whole nodes topic. */
public final class NodeWatch implements LogReader.Handler {
    private static final Logger LOG = Logger.getLogger(NodeWatch.class);

    private final NodeDirectory empty;
    private volatile NodeDirectory directory;

    public NodeWatch(Duration lease) {
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
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record) {
        try {
            var step = directory.apply(record.timestamp(), NodeCodec.decode(record));
            directory = step.directory();
            step.changes().forEach(NodeWatch::log);
        } catch (UnreadableRecordException e) {
            // Every reader of the topic meets it: told, but not parked many times over.
            LOG.warnf("Node record at offset %d: %s", record.offset(), e.getMessage());
        }
    }

    /** Only a death is news: each start reads all changes of the past hour again. */
    private static void log(NodeChange change) {
        if (change instanceof NodeChange.Left(LiveNode node, NodeChange.Cause cause)
                && cause == NodeChange.Cause.EXPIRED) {
            LOG.infof("Gateway node %s with slot %d fell silent", node.node(), node.slot());
        } else {
            LOG.debugf("Nodes: %s", change);
        }
    }

    @Override
    public void flush() {
        // Nothing is left open: the directory is built again from the topic.
    }
}
