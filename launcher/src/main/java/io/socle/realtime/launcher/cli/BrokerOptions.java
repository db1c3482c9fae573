package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.suite.Part;
import io.socle.realtime.launcher.suite.SuiteSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that say which Kafka a command is about. */
final class BrokerOptions {
    @Mixin
    SuiteOptions suite = new SuiteOptions();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Default: the broker of this machine's suite.")
    @Nullable
    String bootstrapServers;

    String servers() {
        return bootstrapServers == null
                ? SuiteSettings.LOOPBACK + ":" + Part.KAFKA.port(suite.portOffset)
                : bootstrapServers;
    }
}
