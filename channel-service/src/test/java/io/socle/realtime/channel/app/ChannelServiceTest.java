package io.socle.realtime.channel.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it is started in production, on a real broker. */
@QuarkusTest
@QuarkusTestResource(LocalBroker.class)
@SuppressWarnings("NullAway.Init") // The container and the test runner set the fields.
class ChannelServiceTest {
    private static final Read.Credit PLENTY = new Read.Credit(100, 100_000);
    private static long incarnations;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    private GatewayNode node;

    @BeforeEach
    void open() {
        node = new GatewayNode(bootstrap, 1, ++incarnations, LocalBroker.PARTITIONS);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void a_publication_reaches_who_subscribed_and_stays_to_be_read() {
        ChannelName channel = new ChannelName("chat/1");
        Reply.Subscribed subscribed =
                (Reply.Subscribed) node.await(node.send(channel, new Command.Subscribe(ChannelFilter.of(channel))));
        Position head = Objects.requireNonNull(subscribed.head());

        Reply reply = node.await(node.send(channel, publish("m1", channel, "hello")));
        assertThat(reply).isEqualTo(new Reply.Published(head.plus(1), false));
        assertThat(node.awaitMessages(1)).extracting(RealtimeMessage::position).containsExactly(head.plus(1));

        Reply.Page page = (Reply.Page)
                node.await(node.send(channel, new Read.Forward(channel, new Read.Start.After(head), PLENTY)));
        assertThat(page.complete()).isTrue();
        assertThat(page.items())
                .singleElement()
                .isInstanceOfSatisfying(
                        PageItem.Message.class,
                        item -> assertThat(item.message().data().utf8()).isEqualTo("hello"));
    }

    private static Command.Publish publish(String id, ChannelName channel, String text) {
        return new Command.Publish(
                RealtimeMessage.builder(id, channel).json(text).build(), null);
    }
}
