package io.socle.realtime.channel.app;

import io.socle.realtime.channel.core.Bounds;
import io.socle.realtime.channel.stream.OwnerSettings;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.shell.owner.StreamsSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Configuration as the shell takes it. */
final class Settings {
    private static final String APPLICATION = "channel-service";

    private Settings() {}

    static OwnerSettings owner(ChannelConfig config) {
        return new OwnerSettings(
                new LogTopics(config.topicPrefix()), config.clusterId(), policies(config), Bounds.DEFAULT);
    }

    private static Policies policies(ChannelConfig config) {
        Policies.Policy fallback = new Policies.Policy(
                config.history().messages(),
                config.history().bytes(),
                config.history().age(),
                new Policies.Durables(
                        config.durables().perChannel(), config.durables().expireAfter()));
        Map<String, Policies.Policy> byNamespace = new HashMap<>();
        config.namespaces().forEach((name, namespace) -> byNamespace.put(name, policy(namespace, fallback)));
        return new Policies(
                byNamespace,
                fallback,
                new Policies.Deduplication(
                        config.deduplication().publications(),
                        config.deduplication().age()));
    }

    private static Policies.Policy policy(ChannelConfig.Namespace namespace, Policies.Policy fallback) {
        ChannelConfig.NamespaceHistory history = namespace.history();
        ChannelConfig.NamespaceDurables durables = namespace.durables();
        return new Policies.Policy(
                history.messages().orElse(fallback.historyMessages()),
                history.bytes().orElse(fallback.historyBytes()),
                history.age().orElse(fallback.historyAge()),
                new Policies.Durables(
                        durables.perChannel().orElse(fallback.durables().perChannel()),
                        durables.expireAfter().orElse(fallback.durables().expireAfter())));
    }

    static StreamsSettings streams(ChannelConfig config, String bootstrapServers) {
        ChannelConfig.Streams streams = config.streams();
        return new StreamsSettings(
                bootstrapServers,
                config.topicPrefix() + APPLICATION,
                config.instanceId(),
                Path.of(config.stateDir()),
                streams.threads(),
                streams.standbys(),
                streams.commitInterval(),
                streams.sessionTimeout(),
                streams.cacheBytes(),
                streams.rocksdbBytes());
    }
}
