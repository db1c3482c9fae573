package io.socle.realtime.launcher.cli;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.launcher.check.ClusterCheck;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a Kafka cluster. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks that Kafka is as the suite needs it: topics, replication, brokers, version. Changes nothing.",
            "One line for each finding, the worst first, and what to do."
        },
        exitCodeOnInvalidInput = ExitCode.NOT_REACHED,
        exitCodeListHeading = "%nExit codes, as of monitoring plugins:%n",
        exitCodeList = {"0:ok", "1:warning", "2:critical", "3:could not be checked"})
final class CheckCommand implements Callable<Integer> {
    /** How findings are written. */
    enum Form {
        TEXT,
        JSON
    }

    @Mixin
    BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties of Kafka's client, such as for TLS and SASL.")
    @Nullable
    Path commandConfig;

    @Option(
            names = "--topic-prefix",
            paramLabel = "TEXT",
            defaultValue = LogTopics.DEFAULT_PREFIX,
            description = "Prefix of all names; default: ${DEFAULT-VALUE}")
    String topicPrefix = LogTopics.DEFAULT_PREFIX;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Of commands, reads and events; default: as many as the commands have.")
    @Nullable
    Integer partitions;

    @Option(
            names = "--gateways",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many gateways there are to be; default: ${DEFAULT-VALUE}")
    int gateways = 1;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How findings are written; default: ${DEFAULT-VALUE}")
    Form output = Form.TEXT;

    @Override
    public Integer call() throws InterruptedException {
        if (gateways < 1 || (partitions != null && partitions < 1)) {
            throw new Refusal(ExitCode.NOT_REACHED, "--partitions and --gateways must be 1 or more.");
        }
        var commands = partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions);
        var report = new ClusterCheck(new LogTopics(topicPrefix), commands, gateways).run(client());
        if (output == Form.JSON) {
            System.out.println(report.json());
        } else {
            report.text().forEach(System.out::println);
        }
        return report.worst().exitCode();
    }

    private Map<String, String> client() {
        var client = new HashMap<String, String>();
        if (commandConfig != null) {
            var properties = read(commandConfig);
            properties.stringPropertyNames().forEach(name -> client.put(name, properties.getProperty(name)));
        }
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.servers());
        return client;
    }

    private static Properties read(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            throw new Refusal(ExitCode.NOT_REACHED, "The file " + file + " cannot be read: " + e.getMessage() + ".");
        }
    }
}
