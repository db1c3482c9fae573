package io.socle.realtime.channel.stream;

import io.opentelemetry.api.trace.Span;
import io.socle.realtime.channel.core.Effect;
import io.socle.realtime.channel.core.Partition;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.ReadRecords;
import io.socle.realtime.contracts.log.UnreadableRecordException;
import io.socle.realtime.contracts.message.TraceContext;
import io.socle.realtime.shell.owner.Pulse;
import io.socle.realtime.shell.owner.TraceHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
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
 * One partition's owner in its Streams task: decodes records, lets the core decide, sends the effects. A record that
 * cannot be processed is parked and the partition goes on.
 */
final class Owner implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = Logger.getLogger(Owner.class);
    private static final Duration TIMER = Duration.ofSeconds(1);
    /** Nobody answers from the moment this process begins to leave. */
    private static final Duration LEAVING = Duration.ofMillis(20);

    /** Of no table, nor next to one, for tables are read up to the next one's number. */
    private static final int PULSE = 60;

    private final OwnerSettings settings;
    private final OwnerMetrics metrics;
    private final PublishTraces traces;
    private final CommandSender sender;
    private final BooleanSupplier leaving;
    private @Nullable Task task;

    /** What exists between init and close. */
    private record Task(
            ProcessorContext<byte[], byte[]> context, Partition partition, EffectSender effects, Timers timers) {}

    /** Where {@code leaving} answers true, what is done is committed at once. */
    Owner(
            OwnerSettings settings,
            OwnerMetrics metrics,
            PublishTraces traces,
            CommandSender sender,
            BooleanSupplier leaving) {
        this.settings = settings;
        this.metrics = metrics;
        this.traces = traces;
        this.sender = sender;
        this.leaving = leaving;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        MessageEncoding messages = new MessageEncoding();
        KeyValueStore<Bytes, byte[]> channels = context.getStateStore(StoreTables.CHANNELS);
        KeyValueStore<Bytes, byte[]> history = context.getStateStore(StoreTables.HISTORY);
        KeyValueStore<Bytes, byte[]> index = context.getStateStore(StoreTables.INDEX);
        StoreTables tables = StoreTables.of(channels, history, index, messages);
        Partition partition = new Partition(tables, settings.bounds(), settings.clusterHash());
        Timers timers = new Timers(context.taskId().partition(), partition, settings.policies(), sender);
        EffectSender effects = new EffectSender(context, messages, metrics, sender);
        int number = context.taskId().partition();
        context.schedule(TIMER, PunctuationType.WALL_CLOCK_TIME, now -> {
            timers.onTime(now);
            effects.send(new EffectSender.Cause(number, 0, now), partition.watermarks(), null);
        });
        Pulse pulse = new Pulse(List.of(channels, history, index), StoreKeys.cell(PULSE));
        context.schedule(LEAVING, PunctuationType.WALL_CLOCK_TIME, now -> {
            if (leaving.getAsBoolean()) {
                context.commit();
            }
        });
        context.schedule(Pulse.EVERY, PunctuationType.WALL_CLOCK_TIME, pulse::beat);
        task = new Task(context, partition, effects, timers);
    }

    @Override
    public void close() {
        task = null;
    }

    private Task task() {
        Task open = task;
        if (open == null) {
            throw new IllegalStateException("the owner is closed");
        }
        return open;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata place = task().context().recordMetadata().orElseThrow();
        EffectSender.Cause cause =
                new EffectSender.Cause(place.partition(), place.offset(), Math.max(0, record.timestamp()));
        if (place.topic().equals(settings.topics().reads())) {
            metrics.reads().record(() -> read(cause, record));
        } else {
            metrics.commands().record(() -> command(cause, record));
        }
    }

    private void command(EffectSender.Cause cause, Record<byte[], byte[]> record) {
        CommandRecords.Logged logged;
        try {
            logged = CommandRecords.decode(valueOf(record));
        } catch (UnreadableRecordException e) {
            park(record, e);
            return;
        }
        if (logged.command() instanceof Command.Publish publish) {
            publish(cause, record, logged.origin(), publish);
        } else {
            apply(cause, record, logged.origin(), logged.command(), TraceHeaders.read(record.headers()));
        }
    }

    private void publish(
            EffectSender.Cause cause, Record<byte[], byte[]> record, @Nullable Origin origin, Command.Publish publish) {
        TraceContext sent = TraceHeaders.read(record.headers());
        PublishTraces.Traced traced = traces.begin(
                sent == null
                        ? publish.message()
                        : publish.message().toBuilder().trace(sent).build());
        Span span = traced.span();
        try {
            Command.Publish command = new Command.Publish(traced.message(), publish.producer());
            apply(cause, record, origin, command, traced.message().trace());
        } finally {
            span.end();
        }
    }

    private void apply(
            EffectSender.Cause cause,
            Record<byte[], byte[]> record,
            @Nullable Origin origin,
            Command command,
            @Nullable TraceContext trace) {
        List<Effect> effects;
        try {
            effects = task().partition().apply(cause.logPosition(), cause.timestamp(), origin, command);
        } catch (KafkaException e) {
            // The store or the task failed, not the command.
            throw e;
        } catch (RuntimeException e) {
            effects = failed(record, origin, e);
        }
        task().effects().send(cause, effects, trace);
        task().timers().processed(command);
    }

    private void read(EffectSender.Cause cause, Record<byte[], byte[]> record) {
        ReadRecords.Logged logged;
        try {
            logged = ReadRecords.decode(valueOf(record));
        } catch (UnreadableRecordException e) {
            park(record, e);
            return;
        }
        List<Effect> effects;
        try {
            effects = task().partition().read(cause.timestamp(), logged.origin(), logged.read());
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            effects = failed(record, logged.origin(), e);
        }
        task().effects().send(cause, effects, TraceHeaders.read(record.headers()));
    }

    private static byte[] valueOf(Record<byte[], byte[]> record) {
        byte[] value = record.value();
        return value == null ? new byte[0] : value;
    }

    private List<Effect> failed(Record<byte[], byte[]> record, @Nullable Origin origin, RuntimeException defect) {
        park(record, defect);
        if (origin == null || origin.slot() < 0) {
            return List.of();
        }
        return List.of(new Effect.Answer(origin, new Reply.Refused(Problem.of(FailureCode.INTERNAL_ERROR))));
    }

    private void park(Record<byte[], byte[]> record, RuntimeException reason) {
        LOG.errorf(reason, "A record was parked in %s", settings.topics().parked());
        metrics.parked();
        Headers headers = new RecordHeaders(record.headers());
        headers.add(LogHeaders.REASON, reason.toString().getBytes(StandardCharsets.UTF_8));
        task().context().forward(record.withHeaders(headers), OwnerTopology.PARKED_SINK);
    }
}
