package io.socle.realtime.gateway.bridge;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Recognises what comes back because this bridge has sent it: MQTT 3.1.1 has no No Local. Each message that was sent to a
 * topic that the bridge is also subscribed to is expected back once, by topic and digest of its data. What is expected and
 * does not come is forgotten, so that a like message of somebody else is not taken for it: errors go towards a second copy,
 * never towards a lost message. Not for use by several threads.
 */
final class Echoes {
    /** Most messages that are expected back; beyond, the oldest is forgotten. */
    static final int MOST = 10_000;
    /** How long after its acknowledgement a message is expected back, in milliseconds. */
    static final long PATIENCE_MS = 60_000;

    /** While not acknowledged, whether it is there at all is not known. */
    private static final long NOT_ACKNOWLEDGED = Long.MAX_VALUE;

    private final Map<Long, Expected> expected = new LinkedHashMap<>();
    private final Map<Key, ArrayDeque<Long>> byContent = new HashMap<>();

    /** Came back, or seemed to, before they were acknowledged: perhaps it was another's, and ours never arrived. */
    private final Set<Long> matchedEarly = new HashSet<>();

    private record Key(String topic, long high, long low) {}

    private record Expected(Key key, long until) {}

    /** A message is being sent, or sent again; the ticket is its sender's number for it. */
    void sent(long ticket, String topic, byte[] data) {
        if (matchedEarly.contains(ticket)) {
            return;
        }
        Key key = key(topic, data);
        expected.put(ticket, new Expected(key, NOT_ACKNOWLEDGED));
        byContent.computeIfAbsent(key, any -> new ArrayDeque<>()).add(ticket);
        if (expected.size() > MOST) {
            forget(expected.keySet().iterator().next());
        }
    }

    /** The other broker has it; the time is in milliseconds, of any clock that does not go back. */
    void acknowledged(long ticket, long now) {
        matchedEarly.remove(ticket);
        expected.computeIfPresent(ticket, (any, one) -> new Expected(one.key(), now + PATIENCE_MS));
    }

    /** Whether a message that comes is one that was sent; answers true once for each. */
    boolean isEcho(String topic, byte[] data, long now) {
        forgetOld(now);
        if (expected.isEmpty()) {
            return false;
        }
        ArrayDeque<Long> tickets = byContent.get(key(topic, data));
        if (tickets == null) {
            return false;
        }
        long ticket = tickets.getFirst();
        Expected one = expected.get(ticket);
        if (one != null && one.until() == NOT_ACKNOWLEDGED) {
            matchedEarly.add(ticket);
        }
        forget(ticket);
        return true;
    }

    /** What was not acknowledged is sent again, and then expected anew. */
    void connectionLost() {
        expected.entrySet().stream()
                .filter(one -> one.getValue().until() == NOT_ACKNOWLEDGED)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }

    /** The other broker may have kept copies meanwhile: their time begins now. */
    void connected(long now) {
        expected.replaceAll(
                (ticket, one) -> one.until() == NOT_ACKNOWLEDGED ? one : new Expected(one.key(), now + PATIENCE_MS));
    }

    /** The other broker has kept nothing for this bridge. */
    void sessionLost() {
        expected.entrySet().stream()
                .filter(one -> one.getValue().until() != NOT_ACKNOWLEDGED)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }

    int size() {
        return expected.size();
    }

    private void forgetOld(long now) {
        // Acknowledgements come in the order of sending, so the oldest are the first.
        Iterator<Map.Entry<Long, Expected>> oldest = expected.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Long, Expected> one = oldest.next();
            if (one.getValue().until() > now) {
                return;
            }
            oldest.remove();
            removeTicket(one.getKey(), one.getValue().key());
        }
    }

    private void forget(long ticket) {
        Expected one = expected.remove(ticket);
        if (one != null) {
            removeTicket(ticket, one.key());
        }
    }

    private void removeTicket(long ticket, Key key) {
        byContent.computeIfPresent(key, (any, tickets) -> {
            tickets.remove(ticket);
            return tickets.isEmpty() ? null : tickets;
        });
    }

    private static Key key(String topic, byte[] data) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(data));
            return new Key(topic, digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
