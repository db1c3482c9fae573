package io.socle.realtime.e2e.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kills the owner and then the broker under load and holds every subscriber against what was acknowledged. */
class DurabilityIT {
    private static final int CHANNELS = 100;
    private static final int PER_CHANNEL = 100;
    private static final int MESSAGES = CHANNELS * PER_CHANNEL;
    private static final int WEBSOCKET_PUBLISHERS = 5;
    private static final int SUBSCRIBERS_OF_A_KIND = 5;
    /** An event stream may have 32 (SSE-1). */
    private static final int CHANNELS_OF_A_STREAM = 25;

    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private final List<String> channels =
            IntStream.range(0, CHANNELS).mapToObj(i -> "durable/" + i).toList();
    private final Suite suite = Suite.start("durability", Map.of());
    private final String token = suite.tokens().everything("durable");
    private final Ledger ledger = new Ledger();
    private final List<Reader> readers = new ArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        suite.close();
    }

    @Test
    void every_acknowledged_message_arrives_once_and_in_order_though_owner_and_broker_are_killed() {
        // PUB-1, PUB-3, PUB-4, PUB-12, ORD-1, ORD-2, SUB-2
        subscribe();
        long owner = suite.pid("channel").orElseThrow();
        long broker = suite.pid("kafka").orElseThrow();
        CompletableFuture<?> published = publish();
        awaitAcknowledged(MESSAGES * 3 / 10);
        Duration first = killAndRecover("channel", owner);
        awaitAcknowledged(MESSAGES * 65 / 100);
        Duration second = killAndRecover("kafka", broker);
        Awaitility.await("everything to be published").atMost(RECOVERY).until(published::isDone);
        assertThat(published).as(suite.logTail()).isCompleted();
        int expected = readers.stream()
                .mapToInt(reader -> reader.channels().size() * PER_CHANNEL)
                .sum();
        awaitDelivered(expected);
        report(expected, first, second);
        checkPositions();
        readers.forEach(this::check);
    }

    private void subscribe() {
        for (int i = 0; i < SUBSCRIBERS_OF_A_KIND; i++) {
            websocket(
                    "websocket channels " + i,
                    (client, name) -> channels.forEach(channel ->
                            client.send("{\"type\":\"subscribe\",\"id\":%d,\"subscription\":\"%s\",\"channel\":\"%s\"}"
                                    .formatted(client.nextId(), channel, channel))));
            websocket(
                    "websocket filter " + i,
                    (client, name) -> client.send(
                            "{\"type\":\"subscribe\",\"id\":%d,\"subscription\":\"f\",\"filter\":\"durable/+\"}"
                                    .formatted(client.nextId())));
            List<String> some = IntStream.range(0, CHANNELS_OF_A_STREAM)
                    .mapToObj(n -> channels.get(n * 4 + n % 4))
                    .toList();
            stream(
                    "stream channels " + i,
                    some,
                    some.stream().map(channel -> "channel=" + channel).collect(Collectors.joining("&")));
            stream("stream filter " + i, channels, "filter=durable/%2B");
        }
        Awaitility.await("all subscriptions of WebSockets to stand")
                .atMost(RECOVERY)
                .until(() -> readers.stream().mapToInt(Reader::begun).sum() == SUBSCRIBERS_OF_A_KIND * (CHANNELS + 1));
    }

    private interface Subscribing {
        void subscribe(WsClient client, String name);
    }

    private void websocket(String name, Subscribing subscribing) {
        var reader = new Reader(name, channels);
        readers.add(reader);
        var client = WsClient.connect(suite, token, reader);
        client.onClosed(broken::incrementAndGet);
        open.add(client);
        subscribing.subscribe(client, name);
    }

    private void stream(String name, List<String> of, String query) {
        var reader = new Reader(name, of);
        readers.add(reader);
        var client = SseClient.open(suite, token, query, null, reader, event -> {});
        client.onEnded(broken::incrementAndGet);
        open.add(client);
    }

    /** Even channels by HTTP, odd ones by WebSocket. */
    private CompletableFuture<?> publish() {
        var http = new HttpPublisher(suite, token);
        open.add(http);
        List<Publisher> sockets = new ArrayList<>();
        for (int i = 0; i < WEBSOCKET_PUBLISHERS; i++) {
            sockets.add(new WebSocketPublisher(suite, token));
        }
        open.addAll(sockets);
        return CompletableFuture.allOf(IntStream.range(0, CHANNELS)
                .mapToObj(i -> new Series(
                        i % 2 == 0 ? http : sockets.get(i / 2 % WEBSOCKET_PUBLISHERS),
                        ledger,
                        channels.get(i),
                        PER_CHANNEL))
                .map(Series::start)
                .toArray(CompletableFuture[]::new));
    }

    private void awaitAcknowledged(int count) {
        Awaitility.await(count + " acknowledged, " + suite.logTail())
                .atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> ledger.acknowledged() >= count);
    }

    /** Kills and returns how long nothing was acknowledged: the supervisor starts the process again by itself. */
    private Duration killAndRecover(String service, long before) {
        ledger.takeLongestPause();
        suite.kill(before);
        int then = ledger.acknowledged();
        assertThat(then).as("there is something left to publish").isLessThan(MESSAGES);
        // What was under way at the kill may still come in; a hundred more is past all of that.
        awaitAcknowledged(Math.min(MESSAGES, then + 2 * CHANNELS));
        Duration pause = ledger.takeLongestPause();
        assertThat(suite.pid(service).orElseThrow())
                .as("the supervisor started another")
                .isNotEqualTo(before);
        return pause;
    }

    private void awaitDelivered(int expected) {
        Awaitility.await("all deliveries")
                .atMost(RECOVERY)
                .until(() -> readers.stream().mapToInt(Reader::received).sum() >= expected
                        || readers.stream()
                                .anyMatch(reader -> !reader.complaints().isEmpty()));
    }

    private void report(int expected, Duration first, Duration second) {
        int delivered = readers.stream().mapToInt(Reader::received).sum();
        int repeats = readers.stream().mapToInt(Reader::repeats).sum();
        System.out.printf(
                "acknowledged %d (tried again %d, of which logged before %d), delivered %d to %d subscribers, repeats %d,"
                        + " lost %d, links broken %d, pause after the kill of channel-service %d ms, of the broker %d ms%n",
                ledger.acknowledged(),
                ledger.retries(),
                ledger.repeats(),
                delivered,
                readers.size(),
                repeats,
                expected - delivered + repeats,
                broken.get(),
                first.toMillis(),
                second.toMillis());
    }

    /** Offsets of each channel are contiguous from 1, in one epoch, in the order of the publisher. */
    private void checkPositions() {
        for (String channel : channels) {
            List<Ledger.Entry> entries = ledger.of(channel);
            assertThat(entries).hasSize(PER_CHANNEL);
            long epoch = entries.getFirst().position().epoch();
            for (int n = 0; n < PER_CHANNEL; n++) {
                assertThat(entries.get(n))
                        .isEqualTo(new Ledger.Entry(Series.data(channel, n), new Position(epoch, n + 1L)));
            }
        }
    }

    private void check(Reader reader) {
        assertThat(reader.complaints()).isEmpty();
        for (String channel : reader.channels()) {
            assertThat(reader.of(channel)).isEqualTo(ledger.of(channel));
        }
        assertThat(broken).as("no subscriber lost its link").hasValue(0);
    }
}
