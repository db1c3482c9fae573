package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.ephemeral.EphemeralPublisher;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.pressure.ChannelCeilings;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends a publish to the channel's owner inside a span of its own; safe for use by all event loops. */
public final class Publisher {
    private final Owners owners;
    private final EphemeralPublisher ephemeral;
    private final Tracing tracing;
    private final ChannelCeilings ceilings;
    private final Lag lag;
    private final ConnectionMetrics metrics;

    /**
     * When a publisher is told how long the decision took.
     *
     * @param from the shortest time worth telling
     * @param nanoClock what it is measured with
     */
    public record Lag(Duration from, LongSupplier nanoClock) {
        @Nullable
        Long millisSince(long begun) {
            long nanos = nanoClock.getAsLong() - begun;
            return nanos >= from.toNanos() ? nanos / 1_000_000 : null;
        }
    }

    /** Takes the outcome of one publish. */
    @FunctionalInterface
    public interface Outcome {
        /**
         * The one outcome.
         *
         * @param reply the owner's; Done where the channel is ephemeral and no owner decides
         * @param lagMs how long the decision took where that is worth telling; else null
         */
        void decided(Reply reply, @Nullable Long lagMs);
    }

    public Publisher(
            Owners owners,
            EphemeralPublisher ephemeral,
            Tracing tracing,
            ChannelCeilings ceilings,
            Lag lag,
            ConnectionMetrics metrics) {
        this.owners = owners;
        this.ephemeral = ephemeral;
        this.tracing = tracing;
        this.ceilings = ceilings;
        this.lag = lag;
        this.metrics = metrics;
    }

    /**
     * Publishes; the message must be permitted already.
     *
     * @param transport the protocol's name, for the span
     * @param loop where the outcome is handled, and this is called for ephemeral channels, whose outcome comes before it returns
     */
    public void publish(
            String transport,
            RealtimeMessage message,
            @Nullable ProducerSequence producer,
            Executor loop,
            Outcome outcome) {
        Tracing.PublishSpan span = tracing.publish(transport, message);
        Problem refusal = ceilings.take(message.channel());
        if (refusal != null) {
            loop.execute(() -> end(span, new Reply.Refused(refusal), null, outcome));
            return;
        }
        if (ephemeral.publishes(message.channel())) {
            Problem problem = ephemeral.publish(span.message(), producer);
            // At once: nothing is undecided, so however many come together none is one too many in flight.
            end(span, problem == null ? new Reply.Done() : new Reply.Refused(problem), null, outcome);
            return;
        }
        long begun = lag.nanoClock().getAsLong();
        owners.command(
                message.channel(),
                new Command.Publish(span.message(), producer),
                loop,
                (from, logPosition, reply) -> end(span, reply, lag.millisSince(begun), outcome));
    }

    private void end(Tracing.PublishSpan span, Reply reply, @Nullable Long lagMs, Outcome outcome) {
        span.end(reply);
        if (reply instanceof Reply.Refused(Problem problem)) {
            metrics.publishRefused(problem.code());
        }
        outcome.decided(reply, lagMs);
    }
}
