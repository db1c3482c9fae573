package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.frame.DurablePage;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.session.Principal;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Durable subscriptions without a connection, for request and reply protocols. Every request is checked against the
 * principal's capabilities. Stages complete on any thread, exceptionally with a ProblemException; safe for use by all
 * threads.
 */
public interface DurableRequests {
    /**
     * Asks for what comes after the cursor.
     *
     * @param since where a new one begins; null for now
     * @param max most messages
     * @param patience how long to wait for a first message where there is none; zero for not at all
     */
    record Pull(ChannelName channel, String name, @Nullable Since since, int max, Duration patience) {}

    CompletionStage<DurablePage> pull(Principal who, Pull pull);

    /** Moves the cursor; answers the position. */
    CompletionStage<Position> acknowledge(Principal who, ChannelName channel, String name, Position position);

    /** Forgets the subscription; answers its name. */
    CompletionStage<String> delete(Principal who, ChannelName channel, String name);
}
