package io.socle.realtime.e2e.presence;

import io.socle.realtime.contracts.frame.PresenceTold;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A subject that enters, changes and leaves at random, and whose connection breaks now and then, on a thread of its own. */
final class Wanderer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String subject;
    private final String token;
    private final List<Suite> gateways;
    private final List<String> channels;
    private final AtomicInteger changes;
    private final Random random;
    private final Thread thread;
    /** Where the connection that lives has entered, and with which state. */
    private final Map<String, String> entered = new TreeMap<>();

    private WsClient client;
    private volatile boolean ending;
    private volatile String failure = "";

    /**
     * Begins.
     *
     * @param gateways one for each connection in turn
     * @param changes counts what was answered
     */
    Wanderer(String subject, String token, List<Suite> gateways, List<String> channels, AtomicInteger changes) {
        this.subject = subject;
        this.token = token;
        this.gateways = gateways;
        this.channels = channels;
        this.changes = changes;
        this.random = new Random(subject.hashCode());
        this.client = connect();
        this.thread = Thread.ofVirtual().name(subject).start(this::wander);
    }

    private WsClient connect() {
        return WsClient.connect(gateways.get(random.nextInt(gateways.size())), token);
    }

    private void wander() {
        try {
            while (!ending) {
                step();
                changes.incrementAndGet();
            }
        } catch (AssertionError | RuntimeException e) {
            failure = subject + ": " + e;
        }
    }

    private void step() {
        String channel = channels.get(random.nextInt(channels.size()));
        int choice = random.nextInt(10);
        if (choice == 0) {
            client.close();
            entered.clear();
            client = connect();
        } else if (choice < 5 && entered.containsKey(channel)) {
            ask(PresenceTold.Left.class, "leave", channel, "");
            entered.remove(channel);
        } else {
            String state = Integer.toString(random.nextInt(100));
            ask(PresenceTold.Entered.class, "enter", channel, ",\"state\":" + state);
            entered.put(channel, state);
        }
    }

    /** Asks until it is carried out: while no owner is there the answer is that its outcome is unknown. */
    private void ask(Class<? extends PresenceTold> type, String command, String channel, String more) {
        String json =
                "{\"type\":\"%s\",\"id\":5,\"channel\":\"%s\",\"entry\":\"e\"%s}".formatted(command, channel, more);
        while (true) {
            client.send(json);
            switch (client.next(LIMIT)) {
                case ServerFrame.OfPresence(PresenceTold told)
                when type.isInstance(told) -> {
                    return;
                }
                case ServerFrame.ProblemFrame problem when problem.problem().retryable() -> {}
                case ServerFrame other -> throw new AssertionError(json + " was answered by " + other);
            }
        }
    }

    /** Does no more; the connection stays. Afterwards all the rest may be asked. */
    void end() throws InterruptedException {
        ending = true;
        if (!thread.join(LIMIT.multipliedBy(2))) {
            throw new AssertionError(subject + " does not end");
        }
        if (!failure.isEmpty()) {
            throw new AssertionError(failure);
        }
    }

    /** What a channel's members have of it: name and state, or nothing. */
    Map<String, String> on(String channel) {
        return entered.containsKey(channel) ? Map.of(subject + "/e", entered.get(channel)) : Map.of();
    }

    /** Where it should be. */
    List<String> whereabouts() {
        return List.copyOf(entered.keySet());
    }

    /** Where presence says that it is. */
    List<String> saidToBe() {
        var told = Ask.of(
                client,
                PresenceTold.Whereabouts.class,
                "{\"type\":\"where\",\"id\":8,\"subject\":\"" + subject + "\"}");
        return told.present().stream().map(place -> place.channel().value()).toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
