package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of MQTT clients: each has at most one attachment, which alone may change it, and hands it over when another
 * comes (clauses MQT-80 to MQT-99). Whose node is dead has left without a word.
 */
final class Sessions {
    private final SessionTables tables;
    private final Interests interests;
    private final Bounds bounds;
    private final SessionEntries entries;
    private final Wills wills;
    /** Slots with sessions of a life that is over, which ticks find. Follows from the tables. */
    private final TreeSet<Integer> losing = new TreeSet<>();

    Sessions(Tables all, Interests interests, Bounds bounds) {
        this.tables = all.sessions();
        this.interests = interests;
        this.bounds = bounds;
        this.entries = new SessionEntries(tables);
        this.wills = new Wills(tables);
        all.slots().all((slot, incarnation) -> {
            slotEnded(slot);
            return true;
        });
    }

    /** A life of a slot is over: what it had is found by ticks, for it may be much. */
    void slotEnded(int slot) {
        if (!lost(slot, 1).isEmpty()) {
            losing.add(slot);
        }
    }

    private List<Keys.SessionPlace> lost(int slot, int most) {
        List<Keys.SessionPlace> lost = new ArrayList<>();
        long incarnation = interests.incarnation(slot);
        tables.attached().tail(new Keys.SessionPlace(slot, 0, new SessionKey("", "")), (key, mark) -> {
            boolean dead = key.slot() == slot && key.incarnation() < incarnation && lost.size() < most;
            if (dead) {
                lost.add(key);
            }
            return dead;
        });
        return lost;
    }

    /** Carries a command out; everybody who is to be answered or told is among the effects. */
    void apply(Command.Session command, @Nullable Origin origin, Moment now, List<Effect> effects) {
        Reply reply;
        if (command.action() instanceof SessionAction.Attach attach) {
            reply = origin == null
                    ? refused(FailureCode.MISSING_FIELD)
                    : attach(command.of(), attach, origin, now, effects);
        } else {
            SessionState held = tables.states().get(command.of());
            reply = held == null || held.at() == null || held.generation() != command.generation()
                    ? refused(FailureCode.TAKEN_OVER)
                    : change(command, held, now, effects);
        }
        if (origin != null && reply != null) {
            effects.add(new Effect.Answer(origin, reply));
        }
    }

    private static Reply refused(FailureCode code) {
        return new Reply.Refused(Problem.of(code));
    }

    /** Answers null where the answer is given later, or was given already. */
    private @Nullable Reply attach(
            SessionKey key, SessionAction.Attach attach, Origin origin, Moment now, List<Effect> effects) {
        SessionState known = tables.states().get(key);
        if (known == null && count() >= bounds.sessions()) {
            return refused(FailureCode.TOO_MANY_SESSIONS);
        }
        SessionState.Waiting before = known == null ? null : known.waiting();
        if (attach.yields() && known != null && isTaken(known, origin)) {
            return refused(FailureCode.TAKEN_OVER);
        }
        giveUp(before, effects);
        // Zero stands for no attachment.
        long generation = now.logPosition() + 1;
        long deadline = before == null ? now.time() + Bounds.HAND_OVER_MS : before.deadline();
        var wanted = new SessionState.Waiting(origin, generation, attach.expiryMs(), attach.will() != null, deadline);
        wills.keep(generation, attach.will());
        if (known == null) {
            tables.count().put(count() + 1);
            take(key, SessionState.NONE, wanted, attach.cleanStart(), now.time(), effects);
            return null;
        }
        NodeLife at = known.at();
        boolean alive = at != null && isAlive(at);
        if (at != null && alive && before == null) {
            effects.add(new Effect.EndSession(at.slot(), at.incarnation(), key, known.generation()));
        }
        if (alive && !attach.cleanStart() && known.expiry() > 0) {
            put(key, known.waiting(wanted));
        } else {
            SessionState free = at == null ? known : left(key, known, true, 0, now.time());
            take(key, free, wanted, attach.cleanStart(), now.time(), effects);
        }
        return null;
    }

    /** Whether it is another living node's, or will be; what the node itself has left over is not in its way. */
    private boolean isTaken(SessionState known, Origin by) {
        NodeLife at = known.at();
        SessionState.Waiting waiting = known.waiting();
        return isAnothers(at, by)
                || (waiting != null
                        && isAnothers(
                                new NodeLife(
                                        waiting.origin().slot(),
                                        waiting.origin().incarnation()),
                                by));
    }

    private boolean isAnothers(@Nullable NodeLife node, Origin by) {
        return node != null && isAlive(node) && !(node.slot() == by.slot() && node.incarnation() == by.incarnation());
    }

    private long count() {
        Long count = tables.count().get();
        return count == null ? 0 : count;
    }

    private boolean isAlive(NodeLife node) {
        return !interests.isFenced(new Origin(node.slot(), node.incarnation(), 0));
    }

    /** An attach that waits is not carried out: a later one has come. */
    private void giveUp(SessionState.@Nullable Waiting waiting, List<Effect> effects) {
        if (waiting != null) {
            wills.forget(waiting.generation());
            effects.add(new Effect.Answer(waiting.origin(), refused(FailureCode.TAKEN_OVER)));
        }
    }

    private Reply change(Command.Session command, SessionState held, Moment now, List<Effect> effects) {
        return switch (command.action()) {
            case SessionAction.Save save -> save(command.of(), held, save);
            case SessionAction.Detach detach -> detach(command.of(), held, detach, now.time(), effects);
            case SessionAction.Attach attach -> throw new IllegalArgumentException("changes nothing that is held");
        };
    }

    /** Once it is to be handed over, only that counts. */
    private Reply save(SessionKey key, SessionState held, SessionAction.Save save) {
        if (held.waiting() != null) {
            return refused(FailureCode.TAKEN_OVER);
        }
        int bytes = entries.change(key, held.bytes(), save.changes());
        if (bytes == SessionEntries.TOO_MUCH) {
            return refused(FailureCode.SESSION_FULL);
        }
        put(key, held.holding(bytes));
        return new Reply.Done();
    }

    /** Last changes that do not fit are left out: the session goes on from what was saved before. */
    private Reply detach(
            SessionKey key, SessionState held, SessionAction.Detach detach, long now, List<Effect> effects) {
        int bytes = entries.change(key, held.bytes(), detach.changes());
        SessionState last = bytes == SessionEntries.TOO_MUCH ? held : held.holding(bytes);
        Long expiry = detach.expiryMs();
        last = expiry == null ? last : last.lasting(expiry);
        goOn(key, left(key, last, detach.fires(), detach.graceMs(), now), now, effects);
        return new Reply.Done();
    }

    /** Nobody has it any more: it begins to end, and its will to wait. */
    private SessionState left(SessionKey key, SessionState held, boolean fires, long grace, long now) {
        NodeLife at = held.at();
        if (at != null) {
            tables.attached().delete(new Keys.SessionPlace(at.slot(), at.incarnation(), key));
        }
        long ends = later(now, held.expiry());
        SessionState free = held.left(ends);
        if (!free.hasWill()) {
            return free;
        }
        if (!fires) {
            wills.forget(free.generation());
            return free.withoutWill();
        }
        // The end of the session ends the delay (MQTT 5 section 3.1.3.2.2).
        long due = Math.min(later(now, wills.delay(free.generation())), ends);
        return free.firing(Math.max(due, later(now, grace)), grace > 0);
    }

    private static long later(long now, long by) {
        return by > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + by;
    }

    /** After it was left: whoever waits takes it, else time decides. Answers how many records went. */
    private int goOn(SessionKey key, SessionState free, long now, List<Effect> effects) {
        SessionState.Waiting waiting = free.waiting();
        if (waiting != null) {
            NodeLife node =
                    new NodeLife(waiting.origin().slot(), waiting.origin().incarnation());
            if (isAlive(node)) {
                take(key, free, waiting, false, now, effects);
                return 1;
            }
            wills.forget(waiting.generation());
        }
        return settle(key, free.waiting(null), now, effects);
    }

    /** Does what is due with a session that nobody has; answers how many records went. */
    private int settle(SessionKey key, SessionState free, long now, List<Effect> effects) {
        SessionState state = free;
        if (state.hasWill() && state.willAt() <= now) {
            wills.fire(state.generation(), now, effects);
            state = state.withoutWill();
        }
        if (state.hasWill() || state.endsAt() > now) {
            put(key, state);
            return 1;
        }
        unsetTimer(key, state);
        tables.states().delete(key);
        tables.count().put(count() - 1);
        return 1 + entries.clear(key);
    }

    /** Gives a session that nobody has to an attachment, and answers it. */
    private void take(
            SessionKey key,
            SessionState free,
            SessionState.Waiting by,
            boolean cleanStart,
            long now,
            List<Effect> effects) {
        boolean goesOn = free.endsAt() > now && !cleanStart;
        if (free.hasWill()) {
            decideWill(free, goesOn, now, effects);
        }
        SessionState state = free.attached(by);
        if (!goesOn) {
            entries.clear(key);
            state = state.holding(0);
        }
        tables.attached()
                .put(new Keys.SessionPlace(by.origin().slot(), by.origin().incarnation(), key), Tables.Mark.SET);
        put(key, state);
        Reply attached = new Reply.SessionAttached(by.generation(), goesOn, entries.of(key));
        effects.add(new Effect.Answer(by.origin(), attached));
    }

    /** The client is back: in time, where the session goes on, or its node sent it away. */
    private void decideWill(SessionState free, boolean goesOn, long now, List<Effect> effects) {
        if (free.willAt() > now && (goesOn || free.graced())) {
            wills.forget(free.generation());
        } else {
            wills.fire(free.generation(), now, effects);
        }
    }

    /** Its timer is set for when something is due. */
    private void put(SessionKey key, SessionState state) {
        long due = state.due();
        if (due != state.timer()) {
            unsetTimer(key, state);
            if (due > 0) {
                tables.timers().put(new Keys.SessionTimer(due, key), Tables.Mark.SET);
            }
        }
        tables.states().put(key, state.lookedAt(due));
    }

    private void unsetTimer(SessionKey key, SessionState state) {
        if (state.timer() > 0) {
            tables.timers().delete(new Keys.SessionTimer(state.timer(), key));
        }
    }

    void willPublished(long generation) {
        wills.published(generation);
    }

    /** Does what is due by now, a bounded part of it. */
    void tick(long now, List<Effect> effects) {
        wills.tick(now, effects);
        int records = 0;
        for (int slot : List.copyOf(losing)) {
            List<Keys.SessionPlace> lost = lost(slot, Bounds.SESSIONS_PER_TICK);
            for (Keys.SessionPlace place : lost) {
                records += records < Bounds.SESSION_RECORDS_PER_TICK ? leave(place.of(), now, effects) : 0;
            }
            if (lost(slot, 1).isEmpty()) {
                losing.remove(slot);
            }
        }
        for (Keys.SessionTimer timer : due(now)) {
            records += records < Bounds.SESSION_RECORDS_PER_TICK ? leave(timer.of(), now, effects) : 0;
        }
    }

    private List<Keys.SessionTimer> due(long now) {
        List<Keys.SessionTimer> due = new ArrayList<>();
        tables.timers().all((key, mark) -> {
            boolean wanted = key.time() <= now && due.size() < Bounds.SESSIONS_PER_TICK;
            if (wanted) {
                due.add(key);
            }
            return wanted;
        });
        return due;
    }

    /** Whoever has it is gone, or did not hand over in time; or nobody has it and time decides. */
    private int leave(SessionKey key, long now, List<Effect> effects) {
        SessionState state = tables.states().get(key);
        if (state == null) {
            return 0;
        }
        return goOn(key, state.at() == null ? state : left(key, state, true, 0, now), now, effects);
    }

    /** Whether a tick would do something. */
    boolean isDue(long now) {
        boolean[] due = {!losing.isEmpty() || wills.isDue(now)};
        tables.timers().all((key, mark) -> {
            due[0] |= key.time() <= now;
            return false;
        });
        return due[0];
    }
}
