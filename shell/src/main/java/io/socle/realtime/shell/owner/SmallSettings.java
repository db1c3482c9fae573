package io.socle.realtime.shell.owner;

import io.socle.realtime.shell.app.StreamsConfig;
import java.nio.file.Path;

/** Configuration of a service whose state is small, as the owners take it. */
public final class SmallSettings {
    private SmallSettings() {}

    /** With the name of the consumer group, and of this instance in it. */
    public static StreamsSettings streams(
            StreamsConfig config, String bootstrapServers, String group, String instance, Path stateDirectory) {
        return new StreamsSettings(
                bootstrapServers,
                group,
                instance,
                stateDirectory,
                config.threads(),
                config.standbys(),
                config.commitInterval(),
                config.sessionTimeout(),
                config.cacheBytes(),
                config.rocksdbBytes());
    }
}
