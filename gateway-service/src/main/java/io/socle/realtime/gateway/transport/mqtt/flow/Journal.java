package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.message.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session remembers and its owner does not know yet. Changes are saved together, in one step, so what belongs
 * together is changed in one turn; at most one save is on its way. A session that ends with its connection remembers
 * nothing. Not for use by several threads.
 */
public final class Journal {
    /** An entry that is removed. */
    private static final Supplier<@Nullable Payload> GONE = () -> null;

    private final boolean keeps;
    private final Map<String, Integer> sizes = new HashMap<>();
    /** Values are made when they are saved. */
    private final Map<String, Supplier<? extends @Nullable Payload>> unsaved = new LinkedHashMap<>();

    /** Changes that are worth no save of their own. */
    private final Map<String, Supplier<? extends @Nullable Payload>> idle = new LinkedHashMap<>();

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private List<SessionEntry> saving = List.of();
    private boolean underWay;
    private long version;
    private long savingVersion;
    private Runnable urgent = () -> {};
    private int bytes;

    /** Something that is to be done when all up to a version is saved. */
    private record Waiting(long version, Runnable task) {}

    private Journal(boolean keeps, List<SessionEntry> saved) {
        this.keeps = keeps;
        saved.forEach(entry -> measure(entry.key(), entry.value()));
    }

    /** Of a session that ends with its connection: whatever is to wait for a save does not wait. */
    public static Journal none() {
        return new Journal(false, List.of());
    }

    /**
     * Of a session that outlives its connections.
     *
     * @param saved what its owner knows
     */
    public static Journal of(List<SessionEntry> saved) {
        return new Journal(true, saved);
    }

    /** Runs this whenever something has begun to wait for a save and none is on its way. */
    public void onUrgent(Runnable task) {
        urgent = task;
    }

    public boolean keeps() {
        return keeps;
    }

    /** What all entries count against the owner's bound. */
    public int bytes() {
        return bytes;
    }

    private void measure(String key, @Nullable Payload value) {
        Integer before = sizes.remove(key);
        bytes -= before == null ? 0 : before;
        if (value != null) {
            int size = SessionEntry.bytes(key, value);
            sizes.put(key, size);
            bytes += size;
        }
    }

    void put(String key, Payload value) {
        if (keeps) {
            measure(key, value);
            change(key, () -> value);
        }
    }

    void remove(String key) {
        if (keeps && (sizes.containsKey(key) || unsaved.containsKey(key) || idle.containsKey(key))) {
            measure(key, null);
            change(key, GONE);
        }
    }

    /** The entry has changed; what it is then is asked when it is saved. */
    void touch(String key, Supplier<Payload> value) {
        if (keeps) {
            change(key, value);
        }
    }

    /** The entry has changed, and need not be saved for that alone. */
    void drift(String key, Supplier<Payload> value) {
        if (keeps && !unsaved.containsKey(key)) {
            idle.put(key, value);
        }
    }

    private void change(String key, Supplier<? extends @Nullable Payload> value) {
        idle.remove(key);
        unsaved.put(key, value);
        version++;
    }

    /** Does something when all changes up to now are saved; at once where they are. */
    public void whenSaved(Runnable task) {
        if (unsaved.isEmpty() && !underWay) {
            task.run();
            return;
        }
        waiting.add(new Waiting(version, task));
        if (isUrgent()) {
            urgent.run();
        }
    }

    /** How many things wait for a save. */
    public int waiting() {
        return waiting.size();
    }

    /** Whether something waits for a save that is not on its way. */
    public boolean isUrgent() {
        return !underWay && !waiting.isEmpty();
    }

    /** Whether there is anything to save that is worth it. */
    public boolean isDirty() {
        return !underWay && !unsaved.isEmpty();
    }

    /** Whether there is anything to save at all. */
    public boolean isStale() {
        return !underWay && !(unsaved.isEmpty() && idle.isEmpty());
    }

    /** Begins a save of everything; the changes that are to be sent. */
    public List<SessionEntry> begin() {
        if (underWay) {
            throw new IllegalStateException("a save is under way");
        }
        saving = changes();
        savingVersion = version;
        underWay = true;
        unsaved.clear();
        idle.clear();
        return saving;
    }

    private List<SessionEntry> changes() {
        List<SessionEntry> changes = new ArrayList<>(unsaved.size() + idle.size());
        unsaved.forEach((key, value) -> changes.add(made(key, value)));
        idle.forEach((key, value) -> changes.add(made(key, value)));
        return List.copyOf(changes);
    }

    private SessionEntry made(String key, Supplier<? extends @Nullable Payload> value) {
        Payload made = value.get();
        measure(key, made);
        return new SessionEntry(key, made);
    }

    /** The save has come to the owner: what waited for it is done. */
    public void saved() {
        underWay = false;
        saving = List.of();
        while (!waiting.isEmpty() && waiting.peek().version() <= savingVersion) {
            waiting.poll().task().run();
        }
        if (isUrgent()) {
            urgent.run();
        }
    }

    /** The save has failed: its changes are among the next ones, but where there are newer. */
    public void failed() {
        underWay = false;
        saving.forEach(entry -> unsaved.putIfAbsent(entry.key(), entry::value));
        saving = List.of();
    }

    /** All changes that are not known to have come to the owner. Nothing that waits is done any more. */
    public List<SessionEntry> handOver() {
        waiting.clear();
        Map<String, SessionEntry> last = new LinkedHashMap<>();
        saving.forEach(entry -> last.put(entry.key(), entry));
        changes().forEach(entry -> last.put(entry.key(), entry));
        return List.copyOf(last.values());
    }
}
