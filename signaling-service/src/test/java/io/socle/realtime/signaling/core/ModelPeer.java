package io.socle.realtime.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.Signal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client that behaves as perfect negotiation says, with a naive idea of each connection to another peer. */
final class ModelPeer {
    /** What a browser's connection would know. */
    static final class Link {
        final boolean polite;
        /** Own offer that waits for an answer. */
        @Nullable
        String open;

        /** Its number, as the owner has told it. */
        long number;

        /** Text of the description pair that both are to agree on: offer and answer. */
        @Nullable
        String agreed;

        Link(boolean polite) {
            this.polite = polite;
        }
    }

    /** A signal that this peer wants to say. */
    record Saying(long to, Signal signal) {}

    final String subject;
    final Map<Long, Link> links = new HashMap<>();
    /** What was told and not looked at yet; gone with the connection. */
    final ArrayDeque<Delivery.ToPeer> inbox = new ArrayDeque<>();

    final ArrayDeque<Saying> outbox = new ArrayDeque<>();

    @Nullable
    String connection;

    int slot;
    long incarnation;
    long id;
    long sequence;
    /** Highest sequence that the gateway has let through. */
    long passed;

    /** What was said last, where its answer may be lost with the connection. */
    @Nullable
    Saying last;

    private int descriptions;

    ModelPeer(String subject) {
        this.subject = subject;
    }

    boolean isHere() {
        return connection != null;
    }

    Origin origin(long request) {
        return new Origin(slot, incarnation, request);
    }

    void joined(Reply.RoomJoined joined, boolean resumed) {
        if (!resumed) {
            links.clear();
            outbox.clear();
            last = null;
        }
        id = joined.peer();
        sequence = joined.sequence();
        passed = joined.sequence();
        assertThat(joined.missed()).isFalse();
        List<Long> others = joined.peers().stream().map(PeerInfo::peer).toList();
        links.keySet().retainAll(others);
        joined.peers().forEach(peer -> links.computeIfAbsent(peer.peer(), any -> new Link(peer.polite())));
    }

    void lose() {
        connection = null;
        inbox.clear();
        unanswered();
    }

    private String description() {
        return RoomFixture.sdp(id + "d" + ++descriptions);
    }

    /** Has something to negotiate, and nothing open. */
    void needs(long other) {
        Link link = links.get(other);
        if (link != null && link.open == null) {
            String text = description();
            link.open = text;
            outbox.add(new Saying(other, new Signal.Offer(0, text)));
        }
    }

    /** The owner has given an offer its number. */
    void numbered(Saying saying, long number) {
        Link link = links.get(saying.to());
        if (link != null && saying.signal() instanceof Signal.Offer(long none, String sdp) && sdp.equals(link.open)) {
            link.number = number;
        }
    }

    void takesBack(long other) {
        Link link = links.get(other);
        if (link != null && link.open != null) {
            link.open = null;
            outbox.add(new Saying(other, new Signal.Rollback(0)));
        }
    }

    /** Whether what was said last was heard is not known: it is said again. */
    private void unanswered() {
        Saying saying = last;
        last = null;
        if (saying != null && links.containsKey(saying.to())) {
            outbox.addFirst(saying);
            links.get(saying.to()).number = 0;
        }
    }

    void hears() {
        Delivery.ToPeer told = inbox.poll();
        if (told == null) {
            return;
        }
        assertThat(told.peer()).isEqualTo(id);
        assertThat(told.sequence()).isGreaterThan(sequence);
        sequence = told.sequence();
        switch (told.event()) {
            case RoomEvent.Joined(PeerInfo peer) -> links.put(peer.peer(), new Link(peer.polite()));
            case RoomEvent.Left(long peer, var reason) -> links.remove(peer);
            case RoomEvent.Said(long from, Signal signal) -> hears(from, signal);
            default -> {}
        }
    }

    private void hears(long from, Signal signal) {
        Link link = Objects.requireNonNull(links.get(from), "said by a stranger");
        switch (signal) {
            case Signal.Offer(long negotiation, String sdp) -> {
                if (link.open != null && !link.polite) {
                    return;
                }
                link.open = null;
                String answer = description();
                link.agreed = sdp + answer;
                outbox.add(new Saying(from, new Signal.Answer(negotiation, answer)));
            }
            case Signal.Answer(long negotiation, String sdp) -> {
                // One to an offer that this peer has replaced or taken back meanwhile crossed it.
                if (link.open != null && link.number == negotiation) {
                    link.agreed = link.open + sdp;
                    link.open = null;
                }
            }
            default -> {}
        }
    }

    List<Long> others() {
        return new ArrayList<>(links.keySet());
    }
}
