package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Sends a publish to the channel's owner inside a span of its own; safe for use by all event loops. */
public final class Publisher {
    private final Owners owners;
    private final Tracing tracing;

    public Publisher(Owners owners, Tracing tracing) {
        this.owners = owners;
        this.tracing = tracing;
    }

    /**
     * Publishes; the message must be permitted already.
     *
     * @param transport the protocol's name, for the span
     * @param loop where the handler is called
     */
    public void publish(
            String transport,
            RealtimeMessage message,
            @Nullable ProducerSequence producer,
            Executor loop,
            ReplyHandler handler) {
        Tracing.PublishSpan span = tracing.publish(transport, message);
        owners.command(
                message.channel(), new Command.Publish(span.message(), producer), loop, (from, logPosition, reply) -> {
                    span.end(reply);
                    handler.replied(from, logPosition, reply);
                });
    }
}
