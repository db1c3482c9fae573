package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that outlive connections and gateway nodes; their owners keep them. Answers come on the loop that is given. Safe
 * for use by all event loops.
 */
public interface ClientSessions {
    /** A connection that has, or is to have, a session. */
    interface Holder {
        /** Another connection takes it: it is to be handed over. Called on any thread, perhaps before the attach is answered. */
        void ended(long generation);
    }

    /** Takes a session; answered by {@link Reply.SessionAttached}, when whoever had it has handed it over, or a refusal. */
    void attach(SessionKey of, SessionAction.Attach attach, Holder holder, Executor loop, Consumer<Reply> answer);

    /** Has changes saved, all or none. */
    void save(SessionKey of, long generation, List<SessionEntry> changes, Executor loop, Consumer<Reply> answer);

    /** Gives a session back; said again until its owner has heard it. */
    void detach(SessionKey of, long generation, SessionAction.Detach detach, Holder holder);

    /**
     * What is asked of a message that was under way to a client.
     *
     * @param message null where history no longer has it, or where it is not for the subject
     * @param known false where the owner could not be asked
     */
    record Found(@Nullable RealtimeMessage message, boolean known) {}

    /** Reads a message that was under way to a session's client, so it is no read of the past. */
    void find(ChannelName channel, Position position, String subject, Executor loop, Consumer<Found> answer);
}
