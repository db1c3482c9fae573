package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.transport.mqtt.flow.Journal;
import io.socle.realtime.gateway.transport.spi.ClientSessions;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection's hold on its session: takes it from the owner, has changes saved, gives it back. Confined to its event
 * loop, but for {@link #ended}.
 */
final class Attachment implements ClientSessions.Holder {
    /** How long changes wait that nothing waits for. */
    private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Of so many looks one saves what is worth no save of its own, such as the cursor of a filter that brings nothing. */
    private static final int LOOKS_FOR_DRIFT = 60;

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ClientSessions sessions;
    private final SessionKey key;
    private final PacketChannel channel;
    private final Events events;
    private Journal journal = Journal.none();
    /** Zero while not attached. */
    private long generation;

    private long lastEnded;
    private boolean left;
    private boolean soon;
    private int looks;
    private @Nullable ScheduledFuture<?> timer;

    /** What the connection is told. */
    interface Events {
        /** Another connection takes the session. */
        void takenOver();

        /** Something was saved, so that what waited for it went on. */
        void saved();

        /** The session cannot be kept any longer. */
        void failed(Problem problem);
    }

    Attachment(ClientSessions sessions, SessionKey key, PacketChannel channel, Events events) {
        this.sessions = sessions;
        this.key = key;
        this.channel = channel;
        this.events = events;
    }

    SessionKey key() {
        return key;
    }

    /** Takes the session; not answered where it was left before. */
    void attach(boolean cleanStart, long expiryMs, @Nullable SessionWill will, Consumer<Reply> answer) {
        var attach = new SessionAction.Attach(cleanStart, expiryMs, will);
        sessions.attach(key, attach, this, channel.loop(), reply -> {
            if (reply instanceof Reply.SessionAttached attached) {
                generation = attached.generation();
                if (left) {
                    // Nobody was told that there is a connection, so nobody is to hear of its end.
                    giveBack(new SessionAction.Detach(List.of(), null, false, 0));
                    return;
                }
            }
            answer.accept(reply);
            tellTakenOver();
        });
    }

    @Override
    public void ended(long endedGeneration) {
        channel.loop().execute(() -> {
            lastEnded = endedGeneration;
            tellTakenOver();
        });
    }

    /** The word of it may come before the answer that it is about. */
    private void tellTakenOver() {
        if (generation != 0 && lastEnded == generation && !left) {
            events.takenOver();
        }
    }

    /** From now on changes are saved. */
    void keep(Journal of) {
        journal = of;
        if (journal.keeps()) {
            journal.onUrgent(this::saveSoon);
            timer = channel.later(SAVE_NANOS, this::look);
        }
    }

    /** At the end of this turn, so that all of its changes go together. */
    private void saveSoon() {
        if (!soon && !left) {
            soon = true;
            channel.loop().execute(() -> {
                soon = false;
                save();
            });
        }
    }

    private void look() {
        looks++;
        if (journal.isDirty() || (looks % LOOKS_FOR_DRIFT == 0 && journal.isStale())) {
            save();
        }
        timer = channel.later(SAVE_NANOS, this::look);
    }

    private void save() {
        if (!left && journal.isStale()) {
            sessions.save(key, generation, journal.begin(), channel.loop(), this::saved);
        }
    }

    private void saved(Reply reply) {
        if (left) {
            return;
        }
        if (reply instanceof Reply.Refused(Problem problem)) {
            journal.failed();
            if (problem.retryable() && problem.code() != FailureCode.SESSION_FULL) {
                channel.later(RETRY_NANOS, this::save);
            } else {
                events.failed(problem);
            }
            return;
        }
        journal.saved();
        events.saved();
    }

    /**
     * Gives the session back, once.
     *
     * @param expiryMs how long it lasts from now on; null where that does not change
     * @param fires whether the will is published
     * @param graceMs for which the will waits at least
     */
    void leave(@Nullable Long expiryMs, boolean fires, long graceMs) {
        if (left) {
            return;
        }
        left = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (generation != 0) {
            giveBack(new SessionAction.Detach(journal.handOver(), expiryMs, fires, graceMs));
        }
    }

    private void giveBack(SessionAction.Detach detach) {
        sessions.detach(key, generation, detach, this);
    }
}
