package io.socle.realtime.contracts.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to an MQTT client's session (clauses MQT-80 to MQT-99). */
public sealed interface SessionAction {
    /**
     * A connection takes the session, and makes it where there is none. Whoever had it is told, and hands over first.
     *
     * @param cleanStart whether it begins anew
     * @param expiryMs how long it lasts without a connection; 0 where it ends with this one
     * @param yields whether it is refused as taken over where another living node has the session, or waits for it; so of
     *     several nodes that want it one gets it and keeps it while it lives
     */
    record Attach(
            boolean cleanStart, long expiryMs, @Nullable SessionWill will, boolean yields) implements SessionAction {
        /** One that takes it from whoever has it, as clients of MQTT do. */
        public Attach(boolean cleanStart, long expiryMs, @Nullable SessionWill will) {
            this(cleanStart, expiryMs, will, false);
        }
    }

    /** Entries change, all of them or none. */
    record Save(List<SessionEntry> changes) implements SessionAction {
        public Save {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The connection is over.
     *
     * @param changes the last ones
     * @param expiryMs how long the session lasts from now on; null where it stays as it was
     * @param fires whether the will is published
     * @param graceMs for which the will waits at least, because it is the node that goes and not the client; the client
     *     calls it off by coming back in any way. 0 for none
     */
    record Detach(List<SessionEntry> changes, @Nullable Long expiryMs, boolean fires, long graceMs)
            implements SessionAction {
        public Detach {
            changes = List.copyOf(changes);
        }
    }
}
