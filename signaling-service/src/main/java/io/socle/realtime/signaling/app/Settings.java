package io.socle.realtime.signaling.app;

import io.socle.realtime.shell.owner.SmallSettings;
import io.socle.realtime.shell.owner.StreamsSettings;
import io.socle.realtime.signaling.core.Bounds;
import io.socle.realtime.signaling.stream.HmacSigner;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Configuration as the shell and the core take it. */
final class Settings {
    /** The group of the owners; what had the service's own name read the commands and kept nothing. */
    private static final String GROUP = "signaling-rooms";

    private Settings() {}

    static Bounds bounds(SignalingConfig.Signaling config) {
        List<String> turn = config.turn().urls().orElse(List.of());
        if (!turn.isEmpty() && config.turn().secret().isEmpty()) {
            throw new IllegalStateException("realtime.signaling.turn.urls needs realtime.signaling.turn.secret");
        }
        return new Bounds(
                config.peers(),
                config.fullMesh(),
                config.rooms(),
                config.grace(),
                config.stripPrivateAddresses(),
                Set.copyOf(config.bound().orElse(List.of())),
                new Bounds.Ice(
                        config.stun().orElse(List.of()),
                        turn,
                        config.turn().secret().map(HmacSigner::new).orElse(null),
                        config.turn().timeToLive()));
    }

    static StreamsSettings streams(SignalingConfig config, String bootstrapServers) {
        return SmallSettings.streams(
                config.streams(),
                bootstrapServers,
                config.topicPrefix() + GROUP,
                config.instanceId(),
                Path.of(config.stateDir()));
    }
}
