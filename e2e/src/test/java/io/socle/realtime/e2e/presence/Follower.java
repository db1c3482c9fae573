package io.socle.realtime.e2e.presence;

import io.socle.realtime.contracts.frame.PresenceTold;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** Follows a channel's presence as clauses PRS-22, PRS-24 and PRS-31 say. */
final class Follower implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What was told, such as {@code enter ana/phone}, {@code leave ana/phone lost} and {@code mode counts 9}. */
    final List<String> told = new CopyOnWriteArrayList<>();

    /** The counts that were told. */
    final List<JsonNode> counts = new CopyOnWriteArrayList<>();

    private final Map<String, String> present = new TreeMap<>();
    private final Map<String, Long> versions = new TreeMap<>();
    private final List<Long> all = new CopyOnWriteArrayList<>();
    private final WsClient client;
    private final String channel;
    private volatile boolean began;

    Follower(Suite suite, String token, String channel) {
        this.channel = channel;
        client = WsClient.connect(suite, token, this::received);
        client.send("{\"type\":\"watch\",\"id\":2,\"subscription\":\"people\",\"channel\":\"" + channel + "\"}");
        Awaitility.await("the first page").atMost(LIMIT).until(() -> began);
    }

    private synchronized void received(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.OfPresence(PresenceTold.Members members) -> {
                members.page()
                        .members()
                        .forEach(member -> take(
                                member.subject() + "/" + member.entry(),
                                member.version(),
                                member.profile().state().utf8()));
                began = true;
            }
            case ServerFrame.Message message ->
                told(HttpApi.json(message.message().data().utf8()));
            default -> {}
        }
    }

    private void told(JsonNode data) {
        String event = data.get("event").asString();
        long version = data.get("version").asLong();
        boolean isNew = all.isEmpty() || version > all.getLast();
        all.add(version);
        if (isNew) {
            switch (event) {
                case "counts" -> counts.add(data);
                case "mode" -> mode(data);
                default -> member(event, version, data);
            }
        }
    }

    /** From now on by counts, or one by one again: then only who is asked for is known to be there. */
    private void mode(JsonNode data) {
        String mode = data.get("mode").asString();
        told.add("mode " + mode + " " + data.get("count").asInt());
        if (mode.equals("events")) {
            present.clear();
            versions.clear();
            client.send("{\"type\":\"members\",\"id\":3,\"channel\":\"" + channel + "\",\"limit\":500}");
        }
    }

    private void member(String event, long version, JsonNode data) {
        String name = data.get("subject").asString() + "/" + data.get("entry").asString();
        if (event.equals("leave")) {
            told.add("leave " + name + " " + data.get("reason").asString());
            versions.put(name, version);
            present.remove(name);
        } else {
            told.add(event + " " + name);
            take(name, version, data.has("state") ? data.get("state").toString() : "null");
        }
    }

    private void take(String name, long version, String state) {
        if (version > versions.getOrDefault(name, 0L)) {
            versions.put(name, version);
            present.put(name, state);
        }
    }

    /** Who is there, with the states. */
    synchronized Map<String, String> present() {
        return new TreeMap<>(present);
    }

    /** Waits until the last thing told is this. */
    void await(String last) {
        try {
            Awaitility.await(last)
                    .atMost(LIMIT)
                    .until(() -> !told.isEmpty() && told.getLast().equals(last));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("told " + told, e);
        }
    }

    /** Whether each version is one more than the one before it. */
    boolean isWithoutGaps() {
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i) != all.get(i - 1) + 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether each version is higher than the one before it. */
    boolean isRising() {
        return all.stream().sorted().distinct().toList().equals(all);
    }

    @Override
    public void close() {
        client.close();
    }
}
