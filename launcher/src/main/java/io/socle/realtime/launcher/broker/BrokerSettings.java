package io.socle.realtime.launcher.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Where the broker listens and keeps its data.
 *
 * @param host address for clients and controller; the broker has no authentication, so a loopback one
 * @param port of clients, 1 to 65535
 * @param controllerPort of the controller quorum of one, 1 to 65535
 * @param directory its log directory; formatted at first start
 */
public record BrokerSettings(String host, int port, int controllerPort, Path directory) {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    public String bootstrapServers() {
        return host + ":" + port;
    }

    Properties toProperties() {
        var properties = new Properties();
        properties.putAll(quorum());
        properties.putAll(oneNode());
        properties.putAll(small());
        return properties;
    }

    private Map<String, String> quorum() {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@" + host + ":" + controllerPort,
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "listeners",
                "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + host + ":" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://" + bootstrapServers(),
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                directory.toString());
    }

    private static Map<String, String> oneNode() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "8",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "8",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0",
                "auto.create.topics.enable", "false");
    }

    /**
     * The session values decide how soon a broker that was killed may register again; the cleanup interval, how soon the
     * transactions of an owner that is gone are ended, for which whoever takes over waits.
     */
    private static Map<String, String> small() {
        return Map.of(
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
                "broker.session.timeout.ms", "2000",
                "broker.heartbeat.interval.ms", "500",
                "log.cleaner.dedupe.buffer.size", "16777216",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "4",
                "num.recovery.threads.per.data.dir", "2",
                "message.max.bytes", "2097152");
    }
}
