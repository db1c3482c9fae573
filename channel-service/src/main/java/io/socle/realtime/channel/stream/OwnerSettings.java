package io.socle.realtime.channel.stream;

import io.socle.realtime.channel.core.Bounds;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.log.LogTopics;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What every owner of the service has in common.
 *
 * @param clusterId tells epochs of one cluster from those of another
 * @param policies as configured; owners make them theirs by a record in their partition
 */
public record OwnerSettings(LogTopics topics, String clusterId, Policies policies, Bounds bounds) {
    int clusterHash() {
        CRC32C hash = new CRC32C();
        hash.update(clusterId.getBytes(StandardCharsets.UTF_8));
        return (int) hash.getValue();
    }
}
