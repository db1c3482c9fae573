package io.socle.realtime.launcher.cli;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.launcher.broker.BrokerSettings;
import io.socle.realtime.launcher.broker.EmbeddedBroker;
import io.socle.realtime.launcher.broker.Topics;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.suite.Services;
import io.socle.realtime.launcher.suite.SuiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The broker process of the suite: Kafka with the suite's topics, until SIGTERM. */
@Command(name = "broker", hidden = true, description = "Runs the embedded Kafka broker.")
final class BrokerCommand implements Callable<Integer> {
    @Option(names = "--directory", required = true, paramLabel = "DIR", description = "Where its data is.")
    Path directory = Path.of(".");

    @Option(names = "--port", defaultValue = "9092", description = "Port of clients.")
    int port;

    @Option(names = "--controller-port", defaultValue = "9093", description = "Port of the controller.")
    int controllerPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = new BrokerSettings(SuiteSettings.LOOPBACK, port, controllerPort, directory);
        var broker = EmbeddedBroker.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "close-broker"));
        var plan = TopicPlan.of(new LogTopics(LogTopics.DEFAULT_PREFIX), TopicPlan.Counts.DEFAULT);
        var outcome = Topics.create(settings.bootstrapServers(), plan);
        outcome.created().forEach(name -> System.out.println("created topic " + name));
        outcome.different().forEach(System.out::println);
        System.out.println(Services.BROKER_READY + ", cluster " + EmbeddedBroker.clusterId(directory));
        broker.awaitShutdown();
        return ExitCode.OK;
    }
}
