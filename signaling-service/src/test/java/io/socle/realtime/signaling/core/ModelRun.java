package io.socle.realtime.signaling.core;

import static io.socle.realtime.signaling.core.RoomFixture.BOUNDS;
import static io.socle.realtime.signaling.core.RoomFixture.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One random history: three clients, two gateway nodes, an owner that crashes and does again what it had not committed. */
final class ModelRun {
    private static final int SLOTS = 2;

    private record Logged(
            long position, long time, @Nullable Origin origin, Command command, List<Effect> effects) {}

    private final Random random;
    private final List<ModelPeer> peers = List.of(new ModelPeer("a"), new ModelPeer("b"), new ModelPeer("c"));
    private final long[] incarnations = new long[SLOTS];
    private final List<Logged> uncommitted = new ArrayList<>();
    private MemoryTables committed = new MemoryTables();
    private MemoryTables tables = new MemoryTables();
    private Partition owner = new Partition(0, tables, BOUNDS);
    private long position;
    private long now = 1_000_000;
    private int connections;
    /** The connection that asks to join; nobody else waits for such an answer. */
    private @Nullable String joining;

    ModelRun(long seed) {
        random = new Random(seed);
    }

    void run(int steps) {
        for (int slot = 0; slot < SLOTS; slot++) {
            begin(slot);
        }
        for (int step = 0; step < steps; step++) {
            step();
            checkPairs();
        }
        settle();
    }

    private void step() {
        ModelPeer peer = peers.get(random.nextInt(peers.size()));
        switch (random.nextInt(24)) {
            case 0 -> crash();
            case 1 -> commit();
            case 2 -> lose(peer);
            case 3 -> leave(peer);
            case 4 -> killNode(random.nextInt(SLOTS));
            case 5 -> pass(random.nextInt(6_000));
            case 6, 7 -> come(peer);
            case 8, 9, 10 -> any(peer).forEach(peer::needs);
            case 11 -> any(peer).forEach(peer::takesBack);
            case 12 ->
                any(peer).forEach(other -> ask(peer, new RoomAction.Say("" + peer.connection, other, nonsense())));
            case 13, 14, 15, 16, 17 -> says(peer);
            default -> peer.hears();
        }
    }

    private List<Long> any(ModelPeer peer) {
        List<Long> others = peer.others();
        return !peer.isHere() || others.isEmpty() ? List.of() : List.of(others.get(random.nextInt(others.size())));
    }

    /** What a client might say that is mistaken, or late: it must do no harm. An answer to an open offer would be a lie, so none is that. */
    private Signal nonsense() {
        return switch (random.nextInt(4)) {
            case 0 -> new Signal.Answer(1_000_000, RoomFixture.sdp("lie"));
            case 1 -> new Signal.Candidate(new IceCandidate("candidate:1 1 udp 1 1.2.3.4 5 typ host", "0", 0, "old"));
            case 2 -> new Signal.EndOfCandidates(null);
            default -> new Signal.Restart();
        };
    }

    private void begin(int slot) {
        incarnations[slot]++;
        apply(new Origin(slot, incarnations[slot], 0), new Command.NodeStarted());
    }

    private void killNode(int slot) {
        peers.stream().filter(peer -> peer.isHere() && peer.slot == slot).forEach(ModelPeer::lose);
        if (random.nextBoolean()) {
            apply(null, new Command.NodeDead(slot, incarnations[slot]));
        }
        begin(slot);
    }

    private void come(ModelPeer peer) {
        if (peer.isHere()) {
            return;
        }
        int slot = random.nextInt(SLOTS);
        String connection = "c" + ++connections;
        boolean known = peer.id != 0;
        peer.slot = slot;
        peer.incarnation = incarnations[slot];
        var resume = known ? new RoomAction.Resume(peer.id, peer.sequence) : null;
        peer.connection = connection;
        joining = connection;
        // The answer comes before what is told because of it, as in the log.
        Reply reply = ask(peer, new RoomAction.Join(connection, peer.subject, peer.subject, true, null, resume));
        if (!(reply instanceof Reply.RoomJoined)) {
            peer.lose();
            peer.id = 0;
        }
    }

    private void lose(ModelPeer peer) {
        String connection = peer.connection;
        if (connection != null) {
            Origin origin = peer.origin(0);
            peer.lose();
            apply(origin, new Command.InRoom(ROOM, new RoomAction.Lost(connection)));
        }
    }

    private void leave(ModelPeer peer) {
        if (peer.isHere() && random.nextInt(3) == 0) {
            ask(peer, new RoomAction.Leave(Objects.requireNonNull(peer.connection)));
            peer.lose();
            peer.links.clear();
            peer.id = 0;
        }
    }

    private void pass(long millis) {
        now += millis;
        apply(null, new Command.Tick());
    }

    private void says(ModelPeer peer) {
        ModelPeer.Saying saying = peer.isHere() ? peer.outbox.poll() : null;
        if (saying != null && peer.connection != null) {
            Reply reply = ask(peer, new RoomAction.Say(peer.connection, saying.to(), saying.signal()));
            peer.last = random.nextBoolean() ? saying : null;
            if (reply instanceof Reply.Signaled(Long negotiation, var ignored) && negotiation != null) {
                peer.numbered(saying, negotiation);
            }
        }
    }

    private @Nullable Reply ask(ModelPeer peer, RoomAction action) {
        List<Effect> effects = apply(peer.origin(position), new Command.InRoom(ROOM, action));
        return effects.stream()
                .filter(Effect.Answer.class::isInstance)
                .map(effect -> ((Effect.Answer) effect).reply())
                .findFirst()
                .orElse(null);
    }

    private List<Effect> apply(@Nullable Origin origin, Command command) {
        List<Effect> effects = owner.apply(position, now, origin, command);
        uncommitted.add(new Logged(position, now, origin, command, effects));
        position++;
        effects.forEach(this::carryOut);
        return effects;
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Answer(Origin origin, Reply.RoomJoined joined) ->
                peers.stream()
                        .filter(peer -> Objects.equals(peer.connection, joining))
                        .forEach(peer -> peer.joined(joined, peer.id == joined.peer()));
            case Effect.Tell(int slot, long incarnation, var told) ->
                peers.stream()
                        .filter(peer -> told.connection().equals(peer.connection) && slot == peer.slot)
                        .filter(peer -> incarnation == peer.incarnation && told.peer() == peer.id)
                        .filter(peer -> told.sequence() > peer.passed)
                        .forEach(peer -> {
                            peer.passed = told.sequence();
                            peer.inbox.add(told);
                        });
            default -> {}
        }
    }

    private void commit() {
        committed = tables.copy();
        uncommitted.clear();
    }

    /** What was not committed is done again, and gives the same. */
    private void crash() {
        List<Object> before = tables.everything();
        tables = committed.copy();
        owner = new Partition(0, tables, BOUNDS);
        for (Logged logged : uncommitted) {
            assertThat(owner.apply(logged.position(), logged.time(), logged.origin(), logged.command()))
                    .isEqualTo(logged.effects());
            logged.effects().stream().filter(Effect.Tell.class::isInstance).forEach(this::carryOut);
        }
        assertThat(tables.everything()).isEqualTo(before);
    }

    /** Whatever was said, a pair is settled or one of its two waits for an answer. */
    private void checkPairs() {
        Room room = tables.room(ROOM);
        if (room == null) {
            assertThat(tables.keptSignals()).isZero();
            return;
        }
        List<Long> ids = room.peers().stream().map(Peer::id).toList();
        for (Pair pair : room.pairs()) {
            assertThat(ids).contains(pair.older(), pair.newer());
            assertThat(pair.offerer()).isIn(0L, pair.older(), pair.newer());
            assertThat(pair.olderSide().described()).isEqualTo(pair.newerSide().described());
        }
        int kept = room.peers().stream().mapToInt(peer -> peer.kept().signals()).sum();
        assertThat(tables.keptSignals()).isEqualTo(kept);
    }

    /** All come, everything is said and heard, and then both of each pair offer at once. */
    private void settle() {
        peers.forEach(peer -> {
            come(peer);
            if (!peer.isHere()) {
                come(peer);
            }
            assertThat(peer.isHere()).isTrue();
        });
        quiesce();
        peers.forEach(peer -> peer.others().forEach(peer::needs));
        quiesce();
        for (ModelPeer one : peers) {
            assertThat(one.links).as(one.subject).hasSize(peers.size() - 1);
            for (ModelPeer other : peers) {
                if (one != other) {
                    var mine = Objects.requireNonNull(one.links.get(other.id));
                    var theirs = Objects.requireNonNull(other.links.get(one.id));
                    assertThat(mine.open).isNull();
                    assertThat(mine.agreed).isNotNull().isEqualTo(theirs.agreed);
                    assertThat(mine.polite).isNotEqualTo(theirs.polite);
                }
            }
        }
        assertThat(Objects.requireNonNull(tables.room(ROOM)).pairs())
                .allSatisfy(pair -> assertThat(pair.offerer()).isZero());
    }

    private void quiesce() {
        while (peers.stream().anyMatch(peer -> !peer.inbox.isEmpty() || !peer.outbox.isEmpty())) {
            ModelPeer peer = peers.get(random.nextInt(peers.size()));
            if (random.nextBoolean()) {
                says(peer);
            } else {
                peer.hears();
            }
        }
    }
}
