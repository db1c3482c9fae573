package io.socle.realtime.gateway.ephemeral;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.DeliveryRecords;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.DeliverySink;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Publishes to ephemeral channels: no owner decides, nothing is kept. Safe for use by all event loops. */
public final class EphemeralPublisher {
    private static final Duration ROOM_AGAIN = Duration.ofSeconds(10);

    private final EphemeralNamespaces namespaces;
    private final Owners owners;
    private final Routes routes;
    private final LocalFanOut local;
    private final UnaryOperator<RealtimeMessage> delivering;
    private final InstantSource clock;

    /**
     * Makes it.
     *
     * @param delivering makes a message's trace that of its delivery here
     */
    public EphemeralPublisher(
            EphemeralNamespaces namespaces,
            Owners owners,
            Routes routes,
            DeliverySink sink,
            UnaryOperator<RealtimeMessage> delivering,
            InstantSource clock,
            EphemeralMetrics metrics) {
        this.namespaces = namespaces;
        this.owners = owners;
        this.routes = routes;
        this.local = new LocalFanOut(sink, metrics);
        this.delivering = delivering;
        this.clock = clock;
    }

    /** Whether messages of a channel are published here, and not by its owner. */
    public boolean publishes(ChannelName channel) {
        return namespaces.contains(channel);
    }

    /** Sends a message to whoever is there; returns why it was not, or null. */
    public @Nullable Problem publish(RealtimeMessage message, @Nullable ProducerSequence producer) {
        Problem refusal = EphemeralNamespaces.refusal(message, producer);
        if (refusal == null && !owners.isReady()) {
            refusal = Problem.of(FailureCode.UNAVAILABLE);
        }
        if (refusal != null) {
            return refusal;
        }
        RealtimeMessage sent = asSent(message);
        if (!routes.send(message.channel(), () -> DeliveryRecords.encode(delivery(sent)))) {
            return Problem.later(FailureCode.OVERLOADED, ROOM_AGAIN);
        }
        local.send(new SharedMessage(delivering.apply(sent)));
        return null;
    }

    private RealtimeMessage asSent(RealtimeMessage message) {
        return message.toBuilder()
                .qos(Qos.AT_MOST_ONCE)
                .timestamp(message.timestamp() == null ? clock.instant() : message.timestamp())
                .build();
    }

    private static Delivery delivery(RealtimeMessage message) {
        return new Delivery(0, 0, new Delivery.Ephemeral(message));
    }
}
