package io.socle.realtime.launcher.check;

import java.util.OptionalInt;
import org.apache.kafka.server.common.MetadataVersion;

/** Looks whether Kafka is new enough for the services' exactly-once processing. */
final class VersionCheck {
    private static final String SUBJECT = "version";
    private static final String NEEDED =
            "needed is Kafka 2.5, and tested is " + MetadataVersion.LATEST_PRODUCTION.version();
    private static final String REMEDY = "upgrade, and then raise metadata.version (kafka-features.sh upgrade)";

    private VersionCheck() {}

    /** Any cluster with the feature is newer than 2.5. */
    static Finding check(OptionalInt metadataLevel) {
        if (metadataLevel.isEmpty()) {
            return Finding.warning(SUBJECT, "the cluster has no metadata.version; " + NEEDED, REMEDY);
        }
        int level = metadataLevel.getAsInt();
        if (level < MetadataVersion.MINIMUM_VERSION.featureLevel()) {
            return Finding.warning(
                    SUBJECT,
                    "metadata.version is below " + MetadataVersion.MINIMUM_VERSION.version() + "; " + NEEDED,
                    REMEDY);
        }
        return Finding.ok(SUBJECT, "metadata.version is " + name(level));
    }

    private static String name(int level) {
        return level > MetadataVersion.latestTesting().featureLevel()
                ? "level " + level + ", newer than this program knows"
                : MetadataVersion.fromFeatureLevel((short) level).version();
    }
}
