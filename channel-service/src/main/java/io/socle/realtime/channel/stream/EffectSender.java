package io.socle.realtime.channel.stream;

import io.socle.realtime.channel.core.Effect;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.log.DeliveryRecords;
import io.socle.realtime.contracts.log.v1.DeliveryRecord;
import io.socle.realtime.contracts.log.v1.SharedDeliveryRecord;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import io.socle.realtime.shell.owner.Slots;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends the effects of one record to the deliveries topic; a publication is encoded once for all its slots. Wills go to
 * their channels' owners, outside of the transaction.
 */
final class EffectSender {
    private final ProcessorContext<byte[], byte[]> context;
    private final MessageEncoding messages;
    private final OwnerMetrics metrics;
    private final CommandSender commands;

    EffectSender(
            ProcessorContext<byte[], byte[]> context,
            MessageEncoding messages,
            OwnerMetrics metrics,
            CommandSender commands) {
        this.context = context;
        this.messages = messages;
        this.metrics = metrics;
        this.commands = commands;
    }

    /** Where and when the record stands that caused the effects. */
    record Cause(int partition, long logPosition, long timestamp) {}

    void send(Cause cause, List<Effect> effects, @Nullable TraceContext trace) {
        byte @Nullable [] publication = null;
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Deliver deliver -> {
                    if (publication == null) {
                        publication = encode(cause, deliver.message());
                    }
                    metrics.delivered();
                    forward(
                            cause,
                            deliver.slot(),
                            deliver.incarnation(),
                            publication,
                            deliver.message().trace());
                }
                case Effect.EndDurable(int slot, long life, var channel, long generation, var problem) ->
                    tell(cause, slot, life, new Delivery.DurableEnded(channel, generation, problem), trace);
                case Effect.EndSession(int slot, long life, var of, long generation) ->
                    tell(cause, slot, life, new Delivery.SessionEnded(of, generation), trace);
                case Effect.PublishWill(long generation, var message) ->
                    commands.publishWill(cause.partition(), generation, message);
                case Effect.EndChannel(int slot, long life, var channel, long epoch) ->
                    tell(cause, slot, life, new Delivery.ChannelDeleted(channel, epoch), trace);
                case Effect.Interested(int slot, long life, var channel, var nodes) ->
                    tell(cause, slot, life, new Delivery.Interested(channel, nodes), trace);
                case Effect.InterestChanged(int slot, long life) ->
                    tell(cause, slot, life, new Delivery.InterestChanged(), trace);
                case Effect.Share share -> share(cause, share);
                case Effect.SharedLost(String group, long lost) -> metrics.sharedLost(group, lost);
                case Effect.Answer answer -> answer(cause, answer, trace);
                case Effect.Watermark watermark -> watermark(cause, watermark);
            }
        }
    }

    private void share(Cause cause, Effect.Share share) {
        byte[] value = DeliveryRecord.newBuilder()
                .setPartition(cause.partition())
                .setLogPosition(cause.logPosition())
                .setShared(SharedDeliveryRecord.newBuilder()
                        .setGeneration(share.generation())
                        .setLogPosition(share.logPosition())
                        .setMessage(messages.record(share.message())))
                .build()
                .toByteArray();
        metrics.shared();
        forward(cause, share.slot(), share.incarnation(), value, share.message().trace());
    }

    private void watermark(Cause cause, Effect.Watermark watermark) {
        byte[] value = DeliveryRecords.encode(
                new Delivery(cause.partition(), watermark.logPosition(), new Delivery.Watermark()));
        forward(cause, watermark.slot(), watermark.incarnation(), value, null);
    }

    private byte[] encode(Cause cause, RealtimeMessage message) {
        return DeliveryRecord.newBuilder()
                .setPartition(cause.partition())
                .setLogPosition(cause.logPosition())
                .setPublication(messages.record(message))
                .build()
                .toByteArray();
    }

    private void answer(Cause cause, Effect.Answer answer, @Nullable TraceContext trace) {
        metrics.replied(answer.reply());
        var content = new Delivery.Answer(answer.origin().request(), answer.reply());
        tell(cause, answer.origin().slot(), answer.origin().incarnation(), content, trace);
    }

    private void tell(Cause cause, int slot, long incarnation, Delivery.Content content, @Nullable TraceContext trace) {
        Delivery delivery = new Delivery(cause.partition(), cause.logPosition(), content);
        forward(cause, slot, incarnation, DeliveryRecords.encode(delivery), trace);
    }

    private void forward(Cause cause, int slot, long incarnation, byte[] value, @Nullable TraceContext trace) {
        context.forward(
                Slots.record(slot, incarnation, value, cause.timestamp(), trace), OwnerTopology.DELIVERIES_SINK);
    }
}
