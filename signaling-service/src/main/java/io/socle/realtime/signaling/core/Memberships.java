package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who is in a room, and who may come back (clauses SIG-1 to SIG-14). */
final class Memberships {
    private final Tables tables;
    private final Bounds bounds;
    private final Calls calls;

    Memberships(Tables tables, Bounds bounds, Calls calls) {
        this.tables = tables;
        this.bounds = bounds;
        this.calls = calls;
    }

    void join(Turn turn, RoomAction.Join join) {
        Origin origin = turn.origin();
        if (origin == null) {
            return;
        }
        if (!join.permitted() && !Calls.isCalled(turn, join.subject())) {
            turn.refuse(FailureCode.FORBIDDEN);
        } else if (turn.speaker(join.connection()).isPresent()) {
            turn.refuse(FailureCode.ALREADY_IN_ROOM);
        } else if (join.resume() != null) {
            resume(turn, join, join.resume(), Turn.link(join.connection(), origin));
        } else if (turn.peers.size() >= bounds.peers()) {
            turn.refuse(FailureCode.ROOM_FULL);
        } else if (!turn.existed() && tables.summary().rooms() >= bounds.rooms()) {
            turn.refuse(FailureCode.TOO_MANY_ROOMS);
        } else {
            enter(turn, join, Turn.link(join.connection(), origin));
        }
    }

    private void enter(Turn turn, RoomAction.Join join, Peer.Link link) {
        Peer peer =
                new Peer(turn.freshId(), join.subject(), join.secret(), join.metadata(), link, 0, 0, Peer.Kept.NONE);
        turn.peers.put(peer.id(), peer);
        turn.answer(joined(turn, peer, 0, false));
        List.copyOf(turn.peers.keySet()).stream()
                .filter(other -> other != peer.id())
                .forEach(other -> turn.tell(other, new RoomEvent.Joined(peer.asSeenBy(other))));
    }

    private void resume(Turn turn, RoomAction.Join join, RoomAction.Resume resume, Peer.Link link) {
        Peer known = turn.peers.get(resume.peer());
        if (known == null
                || !known.subject().equals(join.subject())
                || !known.secret().equals(join.secret())) {
            turn.refuse(FailureCode.PEER_UNKNOWN);
            return;
        }
        if (resume.after() > known.sequence()) {
            turn.refuse(FailureCode.INVALID_VALUE, "resume.after is beyond what the peer was told");
            return;
        }
        if (known.isHere()) {
            turn.tellNow(known, 0, new RoomEvent.Ended(Problem.of(FailureCode.TAKEN_OVER)));
        }
        boolean missed = resume.after() < known.kept().after();
        Peer back = turn.forget(known.here(link), resume.after());
        turn.peers.put(back.id(), back);
        turn.answer(joined(turn, back, resume.after(), missed));
        turn.kept(back, resume.after()).stream()
                .filter(kept -> turn.peers.containsKey(kept.from()))
                .forEach(kept -> turn.tellNow(back, kept.sequence(), new RoomEvent.Said(kept.from(), kept.signal())));
        if (join.metadata() != null && !join.metadata().equals(back.metadata())) {
            change(turn, back.id(), join.metadata());
        }
    }

    private Reply joined(Turn turn, Peer peer, long sequence, boolean missed) {
        List<PeerInfo> others = turn.peers.values().stream()
                .filter(other -> other.id() != peer.id())
                .map(other -> other.asSeenBy(peer.id()))
                .toList();
        return new Reply.RoomJoined(
                peer.id(),
                sequence,
                missed,
                others,
                IceCredentials.of(bounds.ice(), peer.subject(), turn.name(), turn.now()),
                new RoomTerms(
                        bounds.peers(),
                        bounds.fullMesh(),
                        bounds.bound().contains(turn.name().namespace())));
    }

    void update(Turn turn, RoomAction.Update update) {
        turn.speaker(update.connection())
                .ifPresentOrElse(
                        peer -> {
                            if (!Objects.equals(peer.metadata(), update.metadata())) {
                                change(turn, peer.id(), update.metadata());
                            }
                            turn.answer(new Reply.Done());
                        },
                        () -> turn.refuse(FailureCode.NOT_IN_ROOM));
    }

    private static void change(Turn turn, long peer, @Nullable Metadata metadata) {
        turn.peers.computeIfPresent(peer, (id, known) -> known.saying(metadata));
        turn.tellOthers(peer, new RoomEvent.Updated(peer, metadata));
    }

    /** Whoever is no peer any more has what it wants. */
    void leave(Turn turn, RoomAction.Leave leave) {
        turn.speaker(leave.connection()).ifPresent(peer -> remove(turn, peer, RoomEvent.Reason.BYE));
        turn.answer(new Reply.Done());
    }

    void lost(Turn turn, RoomAction.Lost lost) {
        turn.speaker(lost.connection()).ifPresent(peer -> lose(turn, peer));
        turn.answer(new Reply.Done());
    }

    /** Its connection is gone: the others are told only if it does not come back. */
    void lose(Turn turn, Peer peer) {
        if (bounds.grace().isZero()) {
            remove(turn, peer, RoomEvent.Reason.LOST);
        } else {
            turn.peers.put(peer.id(), peer.away(turn.now() + bounds.grace().toMillis()));
        }
    }

    void expire(Turn turn) {
        List.copyOf(turn.peers.values()).stream()
                .filter(peer -> !peer.isHere() && peer.until() <= turn.now())
                .forEach(peer -> remove(turn, peer, RoomEvent.Reason.LOST));
    }

    private void remove(Turn turn, Peer peer, RoomEvent.Reason reason) {
        turn.forget(peer, Long.MAX_VALUE);
        turn.peers.remove(peer.id());
        turn.dropPairs(peer.id());
        calls.callerLeft(turn, peer.id());
        turn.tellOthers(peer.id(), new RoomEvent.Left(peer.id(), reason));
    }
}
