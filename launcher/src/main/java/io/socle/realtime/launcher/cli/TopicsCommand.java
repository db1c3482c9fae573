package io.socle.realtime.launcher.cli;

import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.launcher.broker.Topics;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates topics. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Creates the Kafka topics of the suite that are missing, with the replicas that the cluster gives by"
                        + " default; changes none that is there.")
final class TopicsCommand implements Callable<Integer> {
    @Mixin
    BrokerOptions broker = new BrokerOptions();

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            defaultValue = LogTopics.DEFAULT_PREFIX,
            description = "Prefix of all names; default: ${DEFAULT-VALUE}")
    String prefix = LogTopics.DEFAULT_PREFIX;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "8",
            description = "Of commands, reads and events; default: ${DEFAULT-VALUE}. Fixed at creation.")
    int partitions = TopicPlan.Counts.DEFAULT.commands();

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "16",
            description = "Most gateway nodes; default: ${DEFAULT-VALUE}. Fixed at creation.")
    int slots = TopicPlan.Counts.DEFAULT.slots();

    @Override
    public Integer call() throws InterruptedException {
        if (partitions < 1 || slots < 1) {
            throw Refusal.usage("--partitions and --slots must be 1 or more.");
        }
        var plan = TopicPlan.of(new LogTopics(prefix), new TopicPlan.Counts(partitions, slots));
        try {
            var outcome = Topics.create(broker.servers(), plan);
            outcome.created().forEach(name -> System.out.println("created " + name));
            outcome.different().forEach(sentence -> System.err.println("realtime: " + sentence));
            return outcome.different().isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
        } catch (IllegalStateException e) {
            throw new Refusal(ExitCode.NOT_REACHED, String.valueOf(e.getMessage()));
        }
    }
}
