package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a link wants to receive.
 *
 * @param name the client's name for the subscription
 * @param filter what it selects; without wildcards it is one channel
 * @param since where to begin; null for now
 * @param overflow what to do when the client reads too slowly
 * @param maxUnacked most messages sent and not acknowledged; 0 for no bound
 * @param subject whose private messages may come
 * @param events told once when it stands, and when it fails
 */
public record SubscriptionRequest(
        String name,
        ChannelFilter filter,
        @Nullable Since since,
        Overflow overflow,
        int maxUnacked,
        String subject,
        Events events) {

    /** Outcomes; called on the link's event loop. */
    public interface Events {
        void opened(Subscription subscription, String cursor);

        /**
         * The subscription is over.
         *
         * @param stood whether it had been opened before
         */
        void failed(Subscription subscription, Problem problem, boolean stood);
    }
}
