package io.socle.realtime.channel.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.socle.realtime.channel.core.Bounds;
import io.socle.realtime.channel.stream.KafkaCommandSender;
import io.socle.realtime.channel.stream.OwnerMetrics;
import io.socle.realtime.channel.stream.OwnerSettings;
import io.socle.realtime.channel.stream.OwnerTopology;
import io.socle.realtime.channel.stream.PublishTraces;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.shell.owner.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner knows outlives its disk: a new instance has it from the changelog. */
class OwnerRestartTest {
    private static final ChannelName CHAT = new ChannelName("chat/1");
    private static final int MESSAGES = 200;

    @Test
    void a_new_instance_without_any_state_goes_on_where_the_old_one_was(@TempDir Path folder) {
        RealBroker broker = new RealBroker();
        String bootstrap = String.valueOf(broker.start().get("kafka.bootstrap.servers"));
        try (GatewayNode node = new GatewayNode(bootstrap, 1, 1, RealBroker.PARTITIONS)) {
            Reply last = new Reply.Done();
            Running first = new Running(bootstrap, folder.resolve("first"));
            try (first) {
                node.await(node.send(CHAT, new Command.Subscribe(new ChannelFilter(CHAT.value()))));
                for (int i = 1; i <= MESSAGES; i++) {
                    last = node.await(node.send(CHAT, publish(i)));
                }
                node.awaitMessages(MESSAGES);
            }
            Running second = new Running(bootstrap, folder.resolve("second"));
            try (second) {
                expectAllIsKnown(node, (Reply.Published) last);
            }
        } finally {
            broker.stop();
        }
    }

    private static void expectAllIsKnown(GatewayNode node, Reply.Published last) {
        assertThat(node.await(node.send(CHAT, publish(MESSAGES))))
                .as("the producer's number is known")
                .isEqualTo(new Reply.Published(last.position(), true));
        Command.Publish byId = new Command.Publish(publish(MESSAGES).message(), null);
        assertThat(node.await(node.send(CHAT, byId)))
                .as("the message id is known")
                .isEqualTo(new Reply.Published(last.position(), true));
        assertThat(node.await(node.send(CHAT, publish(MESSAGES + 1))))
                .isEqualTo(new Reply.Published(last.position().plus(1), false));
        assertThat(node.awaitMessages(1)).as("the interest is known").hasSize(1);
        Reply.Page page = (Reply.Page) node.await(
                node.send(CHAT, new Read.Forward(CHAT, new Read.Start.Last(500), new Read.Credit(500, 200_000))));
        assertThat(page.items()).hasSize(MESSAGES + 1);
    }

    private static Command.Publish publish(int number) {
        RealtimeMessage message =
                RealtimeMessage.builder("m" + number, CHAT).json("{}").build();
        return new Command.Publish(message, new ProducerSequence("p", 1, number));
    }

    /** An instance of the owner with a folder of its own. */
    private static final class Running implements AutoCloseable {
        private final KafkaStreams streams;
        private final KafkaCommandSender sender;

        Running(String bootstrap, Path folder) {
            LogTopics topics = new LogTopics(LogTopics.DEFAULT_PREFIX);
            OwnerSettings settings = new OwnerSettings(topics, "test", Policies.DEFAULT, Bounds.DEFAULT);
            sender = new KafkaCommandSender(bootstrap, topics);
            streams = new KafkaStreams(
                    OwnerTopology.build(
                            settings,
                            new OwnerMetrics(new SimpleMeterRegistry()),
                            new PublishTraces(OpenTelemetry.noop()),
                            sender,
                            () -> false),
                    new StreamsSettings(
                                    bootstrap,
                                    "restart",
                                    "instance",
                                    folder,
                                    1,
                                    0,
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(10),
                                    1 << 20,
                                    8 << 20)
                            .properties());
            streams.start();
        }

        @Override
        public void close() {
            streams.close(Duration.ofSeconds(20));
            sender.close();
        }
    }
}
