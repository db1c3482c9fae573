package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionAction.Attach;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sessions as the standard tells of them, without tables, timers or bounds of work. Says in words what is to happen. */
final class NaiveSessions {
    final Map<SessionKey, One> sessions = new HashMap<>();
    /** Wills that were sent and are not known to be published. */
    private final Map<Long, Sent> sent = new TreeMap<>();

    private final Map<Integer, Long> lives = new HashMap<>();
    private final List<String> said = new ArrayList<>();
    private long now;

    private record Sent(RealtimeMessage message, long again) {}

    private record Ask(Origin origin, long generation, Attach attach, long deadline) {}

    /** One session. */
    static final class One {
        Map<String, Payload> entries = new TreeMap<>();
        long generation;

        @Nullable
        Origin holder;

        @Nullable
        Ask ask;

        @Nullable
        SessionWill will;

        long expiry;
        long left;
        long grace;

        boolean ended(long now) {
            return now >= left + expiry;
        }

        /** When its will is due. */
        long willAt(SessionWill waiting) {
            return left + Math.max(grace, Math.min(waiting.delayMs(), expiry));
        }

        int bytes() {
            return entries.entrySet().stream()
                    .mapToInt(entry -> SessionEntry.bytes(entry.getKey(), entry.getValue()))
                    .sum();
        }
    }

    /** What is to be sent because of a command, in words, in no order. */
    List<String> apply(long logPosition, long time, Origin origin, Command command) {
        now = time;
        said.clear();
        if (origin.incarnation() < lives.getOrDefault(origin.slot(), 0L)) {
            say(origin, "NODE_FENCED");
            return said;
        }
        lives.merge(origin.slot(), origin.incarnation(), Math::max);
        switch (command) {
            case Command.Session session -> session(logPosition, origin, session);
            case Command.WillPublished(long generation) -> sent.remove(generation);
            case Command.NodeDead dead -> lives.merge(dead.slot(), dead.incarnation() + 1, Math::max);
            case Command.Tick tick -> tick();
            default -> throw new IllegalArgumentException("not of sessions");
        }
        return said;
    }

    private void say(Origin to, String what) {
        said.add(to.slot() + "/" + to.incarnation() + "/" + to.request() + " " + what);
    }

    private boolean lives(Origin node) {
        return node.incarnation() >= lives.getOrDefault(node.slot(), 0L);
    }

    private void session(long logPosition, Origin origin, Command.Session command) {
        One one = sessions.get(command.of());
        if (command.action() instanceof Attach attach) {
            attach(command.of(), one, new Ask(origin, logPosition + 1, attach, now + 2_000));
            return;
        }
        if (one == null || one.holder == null || one.generation != command.generation()) {
            say(origin, "TAKEN_OVER");
            return;
        }
        if (command.action() instanceof SessionAction.Save save) {
            say(origin, one.ask != null ? "TAKEN_OVER" : change(one, save.changes()) ? "done" : "SESSION_FULL");
            return;
        }
        SessionAction.Detach detach = (SessionAction.Detach) command.action();
        change(one, detach.changes());
        Long expiry = detach.expiryMs();
        one.expiry = expiry == null ? one.expiry : expiry;
        one.will = detach.fires() ? one.will : null;
        leave(command.of(), one, detach.graceMs());
        say(origin, "done");
    }

    private static boolean change(One one, List<SessionEntry> changes) {
        Map<String, Payload> before = new TreeMap<>(one.entries);
        int bytes = one.bytes();
        Map<String, @Nullable Payload> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.key(), change.value()));
        last.forEach((key, value) -> {
            one.entries.remove(key);
            if (value != null) {
                one.entries.put(key, value);
            }
        });
        if (one.bytes() > 256 * 1024 && one.bytes() > bytes) {
            one.entries = before;
            return false;
        }
        return true;
    }

    private boolean isAnothers(@Nullable Origin node, Origin by) {
        return node != null && lives(node) && (node.slot() != by.slot() || node.incarnation() != by.incarnation());
    }

    private void attach(SessionKey key, @Nullable One known, Ask ask) {
        if (known == null && sessions.size() >= 3) {
            say(ask.origin(), "TOO_MANY_SESSIONS");
            return;
        }
        One one = known == null ? new One() : known;
        if (ask.attach().yields()
                && (isAnothers(one.holder, ask.origin())
                        || (one.ask != null && isAnothers(one.ask.origin(), ask.origin())))) {
            say(ask.origin(), "TAKEN_OVER");
            return;
        }
        sessions.put(key, one);
        Ask before = one.ask;
        one.ask = ask;
        if (before != null) {
            say(before.origin(), "TAKEN_OVER");
            one.ask = new Ask(ask.origin(), ask.generation(), ask.attach(), before.deadline());
        }
        Origin holder = one.holder;
        if (holder != null && lives(holder)) {
            if (before == null) {
                said.add(holder.slot() + "/" + holder.incarnation() + " ended " + key + one.generation);
            }
            if (!ask.attach().cleanStart() && one.expiry > 0) {
                return;
            }
        }
        if (holder != null) {
            leave(key, one, 0);
        } else {
            take(one, ask);
        }
    }

    private void leave(SessionKey key, One one, long grace) {
        one.holder = null;
        one.left = now;
        one.grace = grace;
        Ask ask = one.ask;
        if (ask != null && lives(ask.origin())) {
            take(one, ask);
        } else {
            one.ask = null;
            settle(key, one);
        }
    }

    private void take(One one, Ask ask) {
        boolean present = one.generation > 0 && !one.ended(now) && !ask.attach().cleanStart();
        SessionWill will = one.will;
        boolean back = will != null && now < one.willAt(will) && (present || one.grace > 0);
        if (will != null && !back) {
            fire(one.generation, will);
        }
        one.ask = null;
        one.holder = ask.origin();
        one.generation = ask.generation();
        one.expiry = ask.attach().expiryMs();
        one.will = ask.attach().will();
        if (!present) {
            one.entries.clear();
        }
        say(ask.origin(), "attached " + ask.generation() + " " + present + " " + one.entries.keySet());
    }

    private void settle(SessionKey key, One one) {
        SessionWill will = one.will;
        if (will != null && now >= one.willAt(will)) {
            fire(one.generation, will);
            one.will = null;
        }
        if (one.will == null && one.ended(now)) {
            sessions.remove(key);
        }
    }

    private void fire(long generation, SessionWill will) {
        Long life = will.expiresAfterMs();
        Instant expiry = life == null ? null : Instant.ofEpochMilli(now + life);
        send(generation, will.message().toBuilder().expiry(expiry).build());
    }

    private void send(long generation, RealtimeMessage message) {
        sent.put(generation, new Sent(message, now + 5_000));
        said.add("will " + generation + " " + message.id() + " " + message.expiry());
    }

    private void tick() {
        Map.copyOf(sent).forEach((generation, will) -> {
            if (will.again() <= now) {
                send(generation, will.message());
            }
        });
        Map.copyOf(sessions).forEach((key, one) -> {
            Origin holder = one.holder;
            Ask ask = one.ask;
            if (holder == null) {
                settle(key, one);
            } else if (!lives(holder) || (ask != null && ask.deadline() <= now)) {
                leave(key, one, 0);
            }
        });
    }
}
