package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.durability.HttpPublisher;
import io.socle.realtime.e2e.durability.Publisher;
import io.socle.realtime.e2e.durability.WebSocketPublisher;
import io.socle.realtime.e2e.history.History;
import io.socle.realtime.e2e.history.Rules;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * The clients of one run, by seed: writers over HTTP and WebSocket, readers over WebSocket and event streams, of channels
 * and of filters, some durable and some that roam. All write down what they see.
 */
final class Workload implements AutoCloseable {
    private static final int CHANNELS = 12;
    private static final int WRITERS_OF_A_KIND = 5;
    private static final int WEBSOCKETS_OF_WRITERS = 2;
    /** The first stays, the others roam. */
    private static final int DURABLES = 3;

    /** A reader gives up a link that was silent for so long. */
    private static final Duration SILENCE = Stage.HEARTBEAT.multipliedBy(2);

    /** Longer than any clock of a run is wrong. */
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private static final Duration PACE = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final List<String> channels;
    private final String filter;
    private final Random random;
    private final Supplier<Suite> suite;
    private final String token;
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final Map<String, Long> heads = new ConcurrentHashMap<>();
    private final Reader.Setting setting;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Reader> durables = new ArrayList<>();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Thread> writing = new ArrayList<>();
    private final List<Thread> reading = new ArrayList<>();

    /**
     * @param suite as the next client reaches it
     * @param parent of the run's channels, which no other run has
     */
    Workload(Supplier<Suite> suite, String parent, long seed, History history) {
        this.suite = suite;
        var tokens = suite.get().tokens();
        this.token =
                tokens.sign(Tokens.claims("faults").publish("#").subscribe("#").expiresIn(TOKEN_LIFE));
        this.random = new Random(seed);
        this.channels =
                IntStream.range(0, CHANNELS).mapToObj(i -> parent + "/" + i).toList();
        this.filter = parent + "/+";
        this.setting = new Reader.Setting(token, history, SILENCE, over);
        for (int i = 0; i < 2; i++) {
            channelsByWebSocket("ws-channels-" + i);
            steady("ws-filter-" + i, matching("ws-filter-" + i), WebSocketLink::open);
            streamOfHalf("sse-channels-" + i, i);
            roaming("roaming-channel-" + i, single("roaming-channel-" + i, channels.get(random.nextInt(CHANNELS))));
        }
        steady("sse-filter", matching("sse-filter"), EventStreamLink::open);
        roaming("roaming-filter", matching("roaming-filter"));
        for (int i = 0; i < DURABLES; i++) {
            durable("durable-" + i + " " + parent, i > 0);
        }
    }

    private Checkpoint matching(String name) {
        return new Checkpoint(name, Set.copyOf(channels), filter);
    }

    private static Checkpoint single(String name, String channel) {
        return new Checkpoint(name, Set.of(channel), null);
    }

    private void channelsByWebSocket(String name) {
        var checkpoints = channels.stream()
                .map(channel -> single(name + " " + channel, channel))
                .toList();
        readers.add(new Reader(name, checkpoints, List.of(WebSocketLink::open), false, setting, suite.get(), fork()));
    }

    private void streamOfHalf(String name, int remainder) {
        var half = channels.stream()
                .filter(channel -> channels.indexOf(channel) % 2 == remainder)
                .toList();
        steady(name, new Checkpoint(name, Set.copyOf(half), null), EventStreamLink::open);
    }

    private void steady(String name, Checkpoint checkpoint, Link.Opener opener) {
        readers.add(new Reader(name, List.of(checkpoint), List.of(opener), false, setting, suite.get(), fork()));
    }

    private void roaming(String name, Checkpoint checkpoint) {
        List<Link.Opener> both = List.of(WebSocketLink::open, EventStreamLink::open);
        readers.add(new Reader(name, List.of(checkpoint), both, true, setting, suite.get(), fork()));
    }

    private void durable(String name, boolean roams) {
        var checkpoint = Checkpoint.durable(name, channels.get(random.nextInt(CHANNELS)));
        var reader = new Reader(
                name, List.of(checkpoint), List.of(WebSocketLink::open), roams, setting, suite.get(), fork());
        readers.add(reader);
        durables.add(reader);
    }

    private Random fork() {
        return new Random(random.nextLong());
    }

    /** Starts the readers, and when all subscriptions stand, the writers. */
    void start() {
        readers.forEach(reader -> reading.add(Thread.ofVirtual().start(reader)));
        Awaitility.await("all subscriptions to stand")
                .atMost(LIMIT)
                .until(() -> checkpoints().stream().allMatch(Checkpoint::stands));
        var common = new Writer.Common(channels, heads, enough, PACE);
        publishers.add(new HttpPublisher(suite.get(), token));
        for (int i = 0; i < WEBSOCKETS_OF_WRITERS; i++) {
            publishers.add(new WebSocketPublisher(suite.get(), token));
        }
        for (int i = 0; i < WRITERS_OF_A_KIND; i++) {
            write(new Writer("http-" + i, publishers.getFirst(), common, setting, fork()));
            Publisher socket = publishers.get(1 + i % WEBSOCKETS_OF_WRITERS);
            write(new Writer("ws-" + i, socket, common, setting, fork()));
        }
    }

    private void write(Writer writer) {
        writing.add(Thread.ofVirtual().start(writer));
    }

    private List<Checkpoint> checkpoints() {
        return readers.stream().flatMap(reader -> reader.checkpoints().stream()).toList();
    }

    /** Lets the writers finish what they have begun, and returns when all of it is decided, or after the limit. */
    void finishWriting(Duration limit) throws InterruptedException {
        enough.countDown();
        readers.forEach(Reader::settle);
        long end = System.nanoTime() + limit.toNanos();
        for (Thread writer : writing) {
            writer.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    /** Returns when every subscription has everything that was acknowledged, or after the limit. */
    void awaitCaughtUp(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!checkpoints().stream().allMatch(checkpoint -> checkpoint.has(heads)) && System.nanoTime() < end) {
            setting.pause(Duration.ofMillis(100));
        }
    }

    /** When all acknowledgements must have been handed on, each durable subscription is left and attached to once more. */
    void attachAgain(Rules rules) throws InterruptedException {
        setting.pause(rules.acksHandedOn().plusSeconds(1));
        durables.forEach(Reader::leave);
        setting.pause(Duration.ofSeconds(1));
        awaitCaughtUp(rules.catchUp());
    }

    /** The newest acknowledged offsets together: grows while publishing goes on. */
    long acknowledged() {
        return heads.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() throws InterruptedException {
        enough.countDown();
        over.countDown();
        publishers.forEach(Publisher::close);
        for (Thread thread : reading) {
            thread.join(LIMIT);
        }
    }
}
