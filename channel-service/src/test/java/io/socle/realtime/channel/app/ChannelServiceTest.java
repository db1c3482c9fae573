package io.socle.realtime.channel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.log.Partitions;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it is started in production, on a real broker. */
@QuarkusTest
@QuarkusTestResource(RealBroker.class)
@SuppressWarnings("NullAway.Init") // The container and the test runner set the fields.
class ChannelServiceTest {
    private static final Read.Credit PLENTY = new Read.Credit(100, 100_000);
    private static long incarnations;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Inject
    ChannelConfig config;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private GatewayNode node;

    @BeforeEach
    void open() {
        node = new GatewayNode(bootstrap, 1, ++incarnations, RealBroker.PARTITIONS);
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

    @Test
    void a_node_with_interest_is_told_again_and_again_how_far_it_was_served() {
        ChannelName channel = new ChannelName("watermarks");
        int partition = Partitions.of(channel, RealBroker.PARTITIONS);
        node.await(node.send(channel, new Command.Subscribe(ChannelFilter.of(channel))));
        await().atMost(LIMIT).until(() -> node.watermark(partition) >= 0);
        long before = node.watermark(partition);
        node.await(node.send(channel, publish("w1", channel, "hello")));
        await().atMost(LIMIT).until(() -> node.watermark(partition) > before);
    }

    @Test
    void publications_of_many_channels_arrive_once_each_and_in_order() {
        for (int partition = 0; partition < RealBroker.PARTITIONS; partition++) {
            node.await(node.send(partition, new Command.Subscribe(new ChannelFilter("many/#"))));
        }
        for (int i = 0; i < 500; i++) {
            ChannelName channel = new ChannelName("many/" + i % 10);
            node.send(channel, publish("m" + i, channel, "x"));
            if (i % 7 == 0) {
                node.send(channel, publish("m" + i, channel, "x"));
            }
        }
        Map<String, List<Long>> offsets = node.awaitMessages(500).stream()
                .collect(Collectors.groupingBy(
                        message -> message.channel().value(),
                        Collectors.mapping(
                                message -> Objects.requireNonNull(message.position())
                                        .offset(),
                                Collectors.toList())));
        assertThat(offsets).hasSize(10);
        assertThat(offsets.values())
                .allSatisfy(each -> assertThat(each)
                        .isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList()));
    }

    @Test
    void configured_policies_reach_the_owners() {
        ChannelName channel = new ChannelName("short/1");
        Position[] last = new Position[1];
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            last[0] = ((Reply.Published) node.await(
                            node.send(channel, publish(UUID.randomUUID().toString(), channel, "x"))))
                    .position();
            Reply.Page page = (Reply.Page)
                    node.await(node.send(channel, new Read.Forward(channel, new Read.Start.Last(100), PLENTY)));
            assertThat(page.head()).isGreaterThan(3);
            assertThat(page.items()).hasSize(3);
        });
        Reply.Page page = (Reply.Page) node.await(node.send(
                channel, new Read.Forward(channel, new Read.Start.After(new Position(last[0].epoch(), 0)), PLENTY)));
        assertThat(page.items().getFirst()).isEqualTo(new PageItem.Lost(1, last[0].offset() - 3));
    }

    @Test
    void a_state_that_is_large_has_more_memory_than_another_services() {
        assertThat(config.streams().cacheBytes()).isEqualTo(16 << 20);
        assertThat(config.streams().rocksdbBytes()).isEqualTo(64 << 20);
        assertThat(config.streams().commitInterval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void an_unreadable_command_does_not_stop_its_partition() {
        ChannelName channel = new ChannelName("poison");
        for (int partition = 0; partition < RealBroker.PARTITIONS; partition++) {
            node.sendRaw(partition, new byte[] {9, 9, 9});
        }
        assertThat(node.await(node.send(channel, publish("m", channel, "x")))).isInstanceOf(Reply.Published.class);
    }

    @Test
    void health_and_metrics_answer_on_the_management_port() throws Exception {
        ChannelName channel = new ChannelName("healthy");
        node.await(node.send(channel, publish("m", channel, "x")));
        // Where nobody asked in its first seconds, a process is taken for one that has come to others, and settles
        // first.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(get("/q/health/ready")).contains("RUNNING").contains("channel-owners"));
        assertThat(get("/q/health/live")).contains("\"UP\"");
        assertThat(get("/q/metrics")).contains("realtime_channel_publications_total");
    }

    private String get(String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + managementPort + path);
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }

    private static Command.Publish publish(String id, ChannelName channel, String text) {
        return new Command.Publish(
                RealtimeMessage.builder(id, channel).json(text).build(), null);
    }
}
