package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.suite.InstanceCounts;
import io.socle.realtime.launcher.suite.Part;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options that say how many instances of each service there are. */
final class InstanceOptions {
    @Option(names = "--gateways", paramLabel = "N", defaultValue = "1", description = "Gateways, 1 to 10; default: 1.")
    int gateways = 1;

    @Option(
            names = "--channels",
            paramLabel = "N",
            defaultValue = "1",
            description = "Instances of channel-service, 1 to 10; default: 1.")
    int channels = 1;

    @Option(
            names = "--presences",
            paramLabel = "N",
            defaultValue = "1",
            description = "Instances of presence-service, 1 to 10; default: 1.")
    int presences = 1;

    @Option(
            names = "--signalings",
            paramLabel = "N",
            defaultValue = "1",
            description = "Instances of signaling-service, 1 to 10; default: 1.")
    int signalings = 1;

    /** The same options, for another process. */
    List<String> arguments() {
        return List.of(
                "--gateways=" + gateways,
                "--channels=" + channels,
                "--presences=" + presences,
                "--signalings=" + signalings);
    }

    InstanceCounts counts() {
        return new InstanceCounts(Map.of(
                Part.GATEWAY, gateways, Part.CHANNEL, channels, Part.PRESENCE, presences, Part.SIGNALING, signalings));
    }
}
