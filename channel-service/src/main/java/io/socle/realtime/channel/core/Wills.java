package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Wills of MQTT clients. One that is due is sent to its channel's owner, and again from time to time until it is known to
 * be published; its message id stays the same, so it is published once.
 */
final class Wills {
    private final SessionTables tables;

    Wills(SessionTables tables) {
        this.tables = tables;
    }

    void keep(long generation, @Nullable SessionWill will) {
        if (will != null) {
            tables.wills().put(generation, new StoredWill(will, 0));
        }
    }

    void forget(long generation) {
        tables.wills().delete(generation);
    }

    long delay(long generation) {
        StoredWill stored = tables.wills().get(generation);
        return stored == null ? 0 : stored.will().delayMs();
    }

    /** It is due: from now on its life counts. */
    void fire(long generation, long now, List<Effect> effects) {
        StoredWill stored = tables.wills().get(generation);
        if (stored == null) {
            return;
        }
        SessionWill will = stored.will();
        Long life = will.expiresAfterMs();
        RealtimeMessage message = life == null
                ? will.message()
                : will.message().toBuilder()
                        .expiry(Instant.ofEpochMilli(now).plusMillis(life))
                        .build();
        send(generation, new SessionWill(message, 0, null), now, effects);
    }

    private void send(long generation, SessionWill will, long now, List<Effect> effects) {
        long again = now + Bounds.WILL_AGAIN_MS;
        tables.wills().put(generation, new StoredWill(will, again));
        tables.firing().put(new Keys.Firing(again, generation), Tables.Mark.SET);
        effects.add(new Effect.PublishWill(generation, will.message()));
    }

    /** It has its place in its channel. */
    void published(long generation) {
        StoredWill stored = tables.wills().get(generation);
        if (stored != null && stored.again() > 0) {
            tables.firing().delete(new Keys.Firing(stored.again(), generation));
            tables.wills().delete(generation);
        }
    }

    /** Sends again what is not known to be published. */
    void tick(long now, List<Effect> effects) {
        List<Keys.Firing> due = new ArrayList<>();
        tables.firing().all((key, mark) -> {
            boolean wanted = key.time() <= now && due.size() < Bounds.SESSIONS_PER_TICK;
            if (wanted) {
                due.add(key);
            }
            return wanted;
        });
        for (Keys.Firing key : due) {
            tables.firing().delete(key);
            StoredWill stored = tables.wills().get(key.generation());
            if (stored != null) {
                send(key.generation(), stored.will(), now, effects);
            }
        }
    }

    boolean isDue(long now) {
        boolean[] due = {false};
        tables.firing().all((key, mark) -> {
            due[0] = key.time() <= now;
            return false;
        });
        return due[0];
    }
}
