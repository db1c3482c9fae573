package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.message.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sessions remember: bytes that only gateways understand, bounded for each session. */
final class SessionEntries {
    /** Answered where changes do not fit. */
    static final int TOO_MUCH = -1;

    private final SessionTables tables;

    SessionEntries(SessionTables tables) {
        this.tables = tables;
    }

    List<SessionEntry> of(SessionKey session) {
        List<SessionEntry> entries = new ArrayList<>();
        tables.entries().tail(new Keys.SessionPart(session, ""), (key, value) -> {
            boolean ours = key.of().equals(session);
            if (ours) {
                entries.add(new SessionEntry(key.name(), value));
            }
            return ours;
        });
        return entries;
    }

    /**
     * Makes all changes, or none where they do not fit.
     *
     * @param before what the entries count now
     * @return what they count afterwards, or {@link #TOO_MUCH}
     */
    int change(SessionKey session, int before, List<SessionEntry> changes) {
        Map<String, @Nullable Payload> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.key(), change.value()));
        int after = before;
        for (Map.Entry<String, @Nullable Payload> change : last.entrySet()) {
            Payload old = tables.entries().get(new Keys.SessionPart(session, change.getKey()));
            after += size(change.getKey(), change.getValue()) - size(change.getKey(), old);
        }
        if (after > Bounds.SESSION_BYTES && after > before) {
            return TOO_MUCH;
        }
        last.forEach((name, value) -> put(new Keys.SessionPart(session, name), value));
        return after;
    }

    private static int size(String key, @Nullable Payload value) {
        return value == null ? 0 : SessionEntry.bytes(key, value);
    }

    private void put(Keys.SessionPart key, @Nullable Payload value) {
        if (value == null) {
            tables.entries().delete(key);
        } else {
            tables.entries().put(key, value);
        }
    }

    /** Forgets all of a session; answers how many there were. */
    int clear(SessionKey session) {
        List<SessionEntry> gone = of(session);
        gone.forEach(entry -> tables.entries().delete(new Keys.SessionPart(session, entry.key())));
        return gone.size();
    }
}
