package io.socle.realtime.shell.owner;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.DeliveryRecords;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.UnreadableRecordException;
import io.socle.realtime.contracts.message.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One partition's owner in its Streams task: decodes records, has them decided, sends what comes of it. A record that
 * cannot be processed is parked and the partition goes on.
 *
 * @param <C> the commands that it knows
 */
final class SmallOwner<C> implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = Logger.getLogger(SmallOwner.class);
    private static final Duration TIMER = Duration.ofSeconds(1);
    /** Nobody answers from the moment this process begins to leave. */
    private static final Duration LEAVING = Duration.ofMillis(20);

    private final SmallOwners<C> all;
    private final BooleanSupplier leaving;
    private @Nullable Task<C> task;

    /** What exists between init and close. */
    private record Task<C>(ProcessorContext<byte[], byte[]> context, int partition, Decider<C> decider) {}

    SmallOwner(SmallOwners<C> all, BooleanSupplier leaving) {
        this.all = all;
        this.leaving = leaving;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(SmallOwners.STORE);
        int partition = context.taskId().partition();
        Decider<C> decider = all.opener().open(partition, new StreamsByteStore(store));
        Pulse pulse = new Pulse(List.of(store), SmallOwners.PULSE);
        context.schedule(TIMER, PunctuationType.WALL_CLOCK_TIME, now -> tellItself(decider.onTime(now)));
        context.schedule(LEAVING, PunctuationType.WALL_CLOCK_TIME, now -> {
            if (leaving.getAsBoolean()) {
                context.commit();
            }
        });
        context.schedule(Pulse.EVERY, PunctuationType.WALL_CLOCK_TIME, pulse::beat);
        task = new Task<>(context, partition, decider);
    }

    @Override
    public void close() {
        task = null;
    }

    private Task<C> task() {
        Task<C> open = task;
        if (open == null) {
            throw new IllegalStateException("the owner is closed");
        }
        return open;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        all.metrics().commands().record(() -> command(record));
    }

    private void command(Record<byte[], byte[]> record) {
        RecordMetadata place = task().context().recordMetadata().orElseThrow();
        Cause cause = new Cause(place.partition(), place.offset(), Math.max(0, record.timestamp()));
        byte[] value = record.value();
        Decider.Asked<C> asked;
        try {
            asked = task().decider().decode(value == null ? new byte[0] : value);
        } catch (UnreadableRecordException e) {
            park(record, e.toString());
            return;
        }
        TraceContext trace = TraceHeaders.read(record.headers());
        for (Outcome outcome : decide(cause, record, asked)) {
            carryOut(cause, record, outcome, trace);
        }
        tellItself(task().decider().onProcessed(asked.command()));
    }

    private List<Outcome> decide(Cause cause, Record<byte[], byte[]> record, Decider.Asked<C> asked) {
        Origin origin = asked.origin();
        try {
            return task().decider().decide(cause, origin, asked.command());
        } catch (KafkaException e) {
            // The store or the task failed, not the command.
            throw e;
        } catch (RuntimeException e) {
            LOG.error("A command could not be decided", e);
            park(record, e.toString());
            return origin == null || origin.slot() < 0
                    ? List.of()
                    : List.of(new Outcome.Answer(origin, new Reply.Refused(Problem.of(FailureCode.INTERNAL_ERROR))));
        }
    }

    private void carryOut(Cause cause, Record<byte[], byte[]> record, Outcome outcome, @Nullable TraceContext trace) {
        switch (outcome) {
            case Outcome.Tell(int slot, long incarnation, var content) ->
                tell(cause, slot, incarnation, content, trace);
            case Outcome.Answer(Origin origin, Reply reply) -> {
                all.metrics().replied(reply);
                tell(cause, origin.slot(), origin.incarnation(), new Delivery.Answer(origin.request(), reply), trace);
            }
            case Outcome.Command command -> {
                var given = new ProducerRecord<>(command.topic(), command.key(), command.value());
                TraceHeaders.write(trace, given.headers());
                all.producer().promise(given);
            }
            case Outcome.Park(String reason) -> park(record, reason);
        }
    }

    private void tell(Cause cause, int slot, long incarnation, Delivery.Content content, @Nullable TraceContext trace) {
        byte[] value = DeliveryRecords.encode(new Delivery(cause.partition(), cause.offset(), content));
        task().context()
                .forward(Slots.record(slot, incarnation, value, cause.timestamp(), trace), SmallOwners.DELIVERIES_SINK);
    }

    private void tellItself(List<byte[]> records) {
        for (byte[] record : records) {
            all.producer()
                    .append(
                            new ProducerRecord<>(all.commandsTopic(), task().partition(), null, record),
                            "timer record");
        }
    }

    private void park(Record<byte[], byte[]> record, String reason) {
        LOG.errorf("A record was parked in %s: %s", all.topics().parked(), reason);
        all.metrics().parked();
        Headers headers = new RecordHeaders(record.headers());
        headers.add(LogHeaders.REASON, reason.getBytes(StandardCharsets.UTF_8));
        task().context().forward(record.withHeaders(headers), SmallOwners.PARKED_SINK);
    }
}
