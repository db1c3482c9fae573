package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import java.time.Duration;
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
 * @param durable set where the subscription goes on when the link is gone
 * @param events told once when it stands, and when it fails
 */
public record SubscriptionRequest(
        String name,
        ChannelFilter filter,
        @Nullable Since since,
        Overflow overflow,
        int maxUnacked,
        String subject,
        @Nullable Durable durable,
        Events events) {

    /** One that ends with the link. */
    public SubscriptionRequest(
            String name,
            ChannelFilter filter,
            @Nullable Since since,
            Overflow overflow,
            int maxUnacked,
            String subject,
            Events events) {
        this(name, filter, since, overflow, maxUnacked, subject, null, events);
    }

    /** The same with another way to deal with a slow client. */
    SubscriptionRequest with(Overflow other) {
        return new SubscriptionRequest(name, filter, since, other, maxUnacked, subject, durable, events);
    }

    /**
     * What makes a subscription durable.
     *
     * @param name the subject's name for it
     * @param ackTime how long a message may stay unacknowledged before it is sent again
     * @param pull whether it reads one page and leaves; then acknowledgements come without an attachment
     */
    public record Durable(String name, Duration ackTime, boolean pull) {
        public Durable(String name, Duration ackTime) {
            this(name, ackTime, false);
        }
    }

    /** Outcomes; called on the link's event loop. */
    public interface Events {
        /**
         * It stands.
         *
         * @param cursor where it begins; null where only ephemeral channels are selected
         */
        void opened(Subscription subscription, @Nullable String cursor);

        /**
         * The subscription is over.
         *
         * @param stood whether it had been opened before
         */
        void failed(Subscription subscription, Problem problem, boolean stood);
    }
}
