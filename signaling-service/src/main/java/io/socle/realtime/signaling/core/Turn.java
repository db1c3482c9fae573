package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One command's work on one room: the room as it is changed, and the effects so far. */
final class Turn {
    private final Tables tables;
    private final Moment moment;
    private final ChannelName name;
    private final boolean existed;
    private final long timer;
    private final List<Effect> effects = new ArrayList<>();
    final TreeMap<Long, Peer> peers = new TreeMap<>();
    final TreeMap<Long, Call> calls = new TreeMap<>();
    private final List<Pair> pairs;

    /**
     * When and why.
     *
     * @param logPosition of the command
     * @param now its time
     * @param origin who is answered; null where nobody waits
     */
    record Moment(long logPosition, long now, @Nullable Origin origin) {}

    Turn(Tables tables, Moment moment, ChannelName name) {
        this.tables = tables;
        this.moment = moment;
        this.name = name;
        Room known = tables.room(name);
        existed = known != null;
        Room room = known == null ? Room.EMPTY : known;
        timer = room.timer();
        room.peers().forEach(peer -> peers.put(peer.id(), peer));
        room.calls().forEach(call -> calls.put(call.id(), call));
        pairs = new ArrayList<>(room.pairs());
    }

    ChannelName name() {
        return name;
    }

    long now() {
        return moment.now();
    }

    boolean existed() {
        return existed;
    }

    /** An id that nothing in this partition has had before. */
    long freshId() {
        return moment.logPosition() + 1;
    }

    @Nullable
    Origin origin() {
        return moment.origin();
    }

    /** The peer that the origin's connection is; a name of a connection means nothing but to its own node. */
    Optional<Peer> speaker(String connection) {
        Origin origin = moment.origin();
        return origin == null
                ? Optional.empty()
                : peers.values().stream()
                        .filter(Peer::isHere)
                        .filter(peer -> peer.link().equals(link(connection, origin)))
                        .findFirst();
    }

    static Peer.Link link(String connection, Origin origin) {
        return new Peer.Link(connection, origin.slot(), origin.incarnation());
    }

    void answer(Reply reply) {
        Origin origin = moment.origin();
        if (origin != null) {
            effects.add(new Effect.Answer(origin, reply));
        }
    }

    void refuse(FailureCode code) {
        answer(new Reply.Refused(Problem.of(code)));
    }

    void refuse(FailureCode code, String detail) {
        answer(new Reply.Refused(new Problem(code, detail)));
    }

    void publish(RealtimeMessage message) {
        effects.add(new Effect.Publish(message));
    }

    /** Tells a peer, and keeps what another said to it. */
    void tell(long id, RoomEvent event) {
        Peer peer = peers.get(id);
        if (peer == null) {
            return;
        }
        long sequence = peer.sequence() + 1;
        Peer told = peer.told(sequence);
        if (event instanceof RoomEvent.Said said) {
            told = keep(told, new Tables.KeptSignal(sequence, said.from(), said.signal()));
        }
        peers.put(id, told);
        if (peer.isHere()) {
            tellNow(peer, sequence, event);
        }
    }

    void tellNow(Peer peer, long sequence, RoomEvent event) {
        Peer.Link link = peer.link();
        effects.add(new Effect.Tell(
                link.slot(),
                link.incarnation(),
                new Delivery.ToPeer(link.connection(), name, peer.id(), sequence, event)));
    }

    void tellOthers(long but, RoomEvent event) {
        List.copyOf(peers.keySet()).stream().filter(id -> id != but).forEach(id -> tell(id, event));
    }

    private Peer keep(Peer peer, Tables.KeptSignal signal) {
        tables.keep(name, peer.id(), signal);
        Peer.Kept kept = peer.kept();
        kept = new Peer.Kept(
                kept.after(),
                kept.signals() + 1,
                kept.characters() + signal.signal().characters());
        while (kept.signals() > SignalingLimits.KEPT_SIGNALS || kept.characters() > SignalingLimits.KEPT_CHARACTERS) {
            kept = forgetFirst(peer.id(), kept);
        }
        return peer.keeping(kept);
    }

    private Peer.Kept forgetFirst(long peer, Peer.Kept kept) {
        Tables.KeptSignal first = tables.kept(name, peer, kept.after(), 1).getFirst();
        tables.forget(name, peer, first.sequence());
        return new Peer.Kept(
                first.sequence(),
                kept.signals() - 1,
                kept.characters() - first.signal().characters());
    }

    /** What the peer has is no longer kept for it. */
    Peer forget(Peer peer, long upTo) {
        Peer.Kept kept = peer.kept();
        while (kept.signals() > 0
                && tables.kept(name, peer.id(), kept.after(), 1).getFirst().sequence() <= upTo) {
            kept = forgetFirst(peer.id(), kept);
        }
        return peer.keeping(kept);
    }

    List<Tables.KeptSignal> kept(Peer peer, long after) {
        return tables.kept(name, peer.id(), after, SignalingLimits.KEPT_SIGNALS);
    }

    Pair pair(long one, long other) {
        return pairs.stream()
                .filter(pair -> pair.isOf(one) && pair.isOf(other))
                .findFirst()
                .orElseGet(() -> Pair.begin(one, other));
    }

    void put(Pair pair) {
        pairs.removeIf(known -> known.older() == pair.older() && known.newer() == pair.newer());
        pairs.add(pair);
    }

    void dropPairs(long peer) {
        pairs.removeIf(pair -> pair.isOf(peer));
    }

    /** Writes the room as it is now, and returns what is to be done. */
    List<Effect> end() {
        long next = LongStream.concat(
                        peers.values().stream().filter(peer -> !peer.isHere()).mapToLong(Peer::until),
                        calls.values().stream().filter(Call::rings).mapToLong(Call::deadline))
                .min()
                .orElse(0);
        long wanted = peers.isEmpty() ? 0 : next;
        if (timer != wanted && timer != 0) {
            tables.removeTimer(timer, name);
        }
        if (timer != wanted && wanted != 0) {
            tables.setTimer(wanted, name);
        }
        if (!peers.isEmpty()) {
            tables.put(name, new Room(List.copyOf(peers.values()), pairs, List.copyOf(calls.values()), wanted));
        } else if (existed) {
            tables.delete(name);
        }
        if (existed != !peers.isEmpty()) {
            Tables.Summary summary = tables.summary();
            tables.put(new Tables.Summary(summary.clock(), summary.rooms() + (existed ? -1 : 1)));
        }
        return effects;
    }
}
