package io.socle.realtime.gateway.transport.mqtt.flow;

import java.util.ArrayDeque;

/** Keeps things in order of which some wait for a save and others do not. Not for use by several threads. */
public final class Gate {
    private final Journal journal;
    private final ArrayDeque<Held> held = new ArrayDeque<>();

    private static final class Held {
        final Runnable task;
        boolean ready;

        Held(Runnable task, boolean ready) {
            this.task = task;
            this.ready = ready;
        }
    }

    public Gate(Journal journal) {
        this.journal = journal;
    }

    /** Does something when all changes of the session up to now are saved, and all that came before it is done. */
    public void hold(Runnable task) {
        Held one = new Held(task, false);
        held.add(one);
        journal.whenSaved(() -> {
            one.ready = true;
            drain();
        });
    }

    /** Does something when all that came before it is done; mostly at once. */
    public void pass(Runnable task) {
        if (held.isEmpty()) {
            task.run();
        } else {
            held.add(new Held(task, true));
        }
    }

    private void drain() {
        while (!held.isEmpty() && held.peek().ready) {
            held.poll().task.run();
        }
    }

    /** How many things wait. */
    public int size() {
        return held.size();
    }
}
