package io.socle.realtime.gateway.bridge;

import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.transport.spi.ClientSessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one node of the suite has the bridge: all ask its session's owner again and again, and the owner gives it to
 * one, and to another when that one's node has given it back or is dead. What is saved is fenced by the session's
 * generation. Confined to the bridge's loop, but for {@link #ended}, {@link #isUp} and {@link #describe}.
 */
final class Leadership implements ClientSessions.Holder {
    private static final Logger LOG = Logger.getLogger(Leadership.class);
    /** No client can have it: tokens name no subject that begins so. */
    static final String SUBJECT = "$bridge";
    /** How often a node asks for a bridge that it does not have. */
    private static final Duration ASK = Duration.ofSeconds(2);

    private static final Duration TICK = Duration.ofSeconds(1);
    /** The cursors of a bridge that is not configured for a while are kept for so long. */
    private static final Duration KEPT = Duration.ofDays(3650);

    private final String name;
    private final SessionKey key;
    private final BridgeNode node;
    private final Function<BridgeRun.Ending, BridgeRun> runs;
    private @Nullable BridgeRun run;
    private long generation;
    private long lastEnded;
    private boolean saving;
    private boolean stopped;
    private volatile String state = "waits for the log";
    private volatile boolean up;
    private volatile long lagMs;

    /**
     * Makes it.
     *
     * @param runs makes what runs while this node has the bridge
     */
    Leadership(String name, BridgeNode node, Function<BridgeRun.Ending, BridgeRun> runs) {
        this.name = name;
        this.key = new SessionKey(SUBJECT, name);
        this.node = node;
        this.runs = runs;
    }

    /** Begins to ask. */
    void start() {
        ask();
        tick();
    }

    private void ask() {
        if (stopped) {
            return;
        }
        var attach = new SessionAction.Attach(false, KEPT.toMillis(), null, true);
        node.sessions().attach(key, attach, this, node.loop().executor(), this::answered);
    }

    private void answered(Reply reply) {
        if (reply instanceof Reply.SessionAttached attached) {
            generation = attached.generation();
            if (stopped || lastEnded == generation) {
                giveBack(List.of());
                askLater();
            } else {
                begin(attached.entries());
            }
            return;
        }
        boolean taken = reply instanceof Reply.Refused(Problem problem) && problem.code() == FailureCode.TAKEN_OVER;
        state = taken ? "another gateway has it" : "waits for the log";
        askLater();
    }

    private void askLater() {
        if (!stopped) {
            node.loop().later(ASK, this::ask);
        }
    }

    private void begin(List<SessionEntry> entries) {
        LOG.infof("bridge %s: this gateway has it now", name);
        BridgeRun made = runs.apply(new BridgeRun.Ending() {
            @Override
            public void urgent() {
                save();
            }

            @Override
            public void ended(Disconnect why) {
                if (why.code() == FailureCode.SHUTTING_DOWN) {
                    stop();
                } else {
                    release("the gateway ends it: " + why.reason());
                }
            }
        });
        run = made;
        List<SessionEntry> gone = made.begin(entries);
        if (!gone.isEmpty()) {
            node.sessions().save(key, generation, gone, node.loop().executor(), reply -> {
                if (reply instanceof Reply.Refused(Problem problem)) {
                    LOG.debugf("bridge %s: cursors of former filters are kept: %s", name, problem.detail());
                }
            });
        }
        look();
    }

    private void tick() {
        if (stopped) {
            return;
        }
        if (run != null) {
            run.tick();
            save();
        }
        look();
        node.loop().later(TICK, this::tick);
    }

    private void look() {
        BridgeRun now = run;
        up = now != null && now.isUp();
        lagMs = now == null ? 0 : now.lagMs();
        if (now != null) {
            state = up ? "connected" : "not connected to the other broker";
        }
    }

    /** One save is on its way at a time, so their number is bounded by the log's latency. */
    private void save() {
        BridgeRun now = run;
        if (now == null || saving) {
            return;
        }
        Map<String, String> changed = now.takeChanged();
        if (changed.isEmpty()) {
            return;
        }
        saving = true;
        long as = generation;
        node.sessions().save(key, as, BridgeRun.changes(changed), node.loop().executor(), reply -> {
            saving = false;
            if (run != now || !(reply instanceof Reply.Refused(Problem problem))) {
                return;
            }
            now.notSaved(changed);
            if (problem.code() == FailureCode.TAKEN_OVER) {
                release("another gateway has taken it");
            }
        });
    }

    /** The session's owner takes it away. */
    @Override
    public void ended(long endedGeneration) {
        node.loop().executor().execute(() -> {
            lastEnded = endedGeneration;
            if (run != null && endedGeneration == generation) {
                release("another gateway takes it");
            }
        });
    }

    private void release(String why) {
        BridgeRun was = run;
        if (was == null) {
            return;
        }
        LOG.infof("bridge %s: this gateway has it no more: %s", name, why);
        run = null;
        was.close();
        giveBack(BridgeRun.changes(was.takeChanged()));
        state = "given back";
        look();
        askLater();
    }

    private void giveBack(List<SessionEntry> changes) {
        node.sessions()
                .detach(key, generation, new SessionAction.Detach(new ArrayList<>(changes), null, false, 0), this);
    }

    /** Gives the bridge back for good; another gateway gets it with its next question. */
    void stop() {
        stopped = true;
        release("the gateway goes away");
    }

    boolean isUp() {
        return up;
    }

    long lagMs() {
        return lagMs;
    }

    /** What to tell of it, in words. */
    String describe() {
        return state;
    }
}
