package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.CommandRecords;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.PresenceRecords;
import io.socle.realtime.contracts.log.ReadRecords;
import io.socle.realtime.contracts.message.TraceContext;
import io.socle.realtime.gateway.pressure.Pressure;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends commands and reads to the log, with this node's origin on each. */
final class KafkaOwners implements Owners {
    private static final Logger LOG = Logger.getLogger(KafkaOwners.class);

    private static final long QUIET_NANOS = 1_000_000_000L;

    private final AtomicLong complained = new AtomicLong(System.nanoTime() - 2 * QUIET_NANOS);
    private final Producer<byte[], byte[]> producer;
    private final LogTopics topics;
    private final int partitions;
    private final NodeClaim claim;
    private final PendingReplies pending;
    private final Pressure pressure;

    KafkaOwners(
            Producer<byte[], byte[]> producer,
            LogTopics topics,
            int partitions,
            NodeClaim claim,
            PendingReplies pending,
            Pressure pressure) {
        this.producer = producer;
        this.topics = topics;
        this.partitions = partitions;
        this.claim = claim;
        this.pending = pending;
        this.pressure = pressure;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public void command(int partition, Command command, Executor loop, ReplyHandler handler) {
        if (command instanceof Command.Publish publish) {
            publish(partition, publish, loop, handler);
            return;
        }
        // What waits for another connection's hand-over tells nothing of how fast the owner is.
        Long request =
                waitsForOthers(command) ? pending.addRead(loop, handler) : pending.addCommand(partition, loop, handler);
        if (request == null) {
            PendingReplies.refuse(loop, handler, pressure.noRoom(partition));
            return;
        }
        send(record(partition, null, command, request), request);
    }

    private static boolean waitsForOthers(Command command) {
        return command instanceof Command.Session session && session.action() instanceof SessionAction.Attach;
    }

    private void publish(int partition, Command.Publish publish, Executor loop, ReplyHandler handler) {
        Problem refusal = pressure.refusal(partition);
        Long request = refusal == null ? pending.addPublish(partition, loop, handler) : null;
        if (request == null) {
            PendingReplies.refuse(loop, handler, refusal == null ? pressure.noRoom(partition) : refusal);
            return;
        }
        byte[] key = publish.message().channel().value().getBytes(StandardCharsets.UTF_8);
        var logged = record(partition, key, publish, request);
        addTrace(logged, publish.message().trace());
        send(logged, request);
    }

    private ProducerRecord<byte[], byte[]> record(int partition, byte @Nullable [] key, Command command, long request) {
        byte[] value = CommandRecords.encode(origin(request), command);
        return new ProducerRecord<>(topics.channelCommands(), partition, key, value);
    }

    @Override
    public void read(int partition, Read read, Executor loop, ReplyHandler handler) {
        Long request = pending.addRead(loop, handler);
        if (request == null) {
            PendingReplies.refuse(loop, handler, pressure.noRoom(partition));
            return;
        }
        byte[] value = ReadRecords.encode(origin(request), read);
        send(new ProducerRecord<>(topics.reads(), partition, null, value), request);
    }

    /** Sends a command to an owner of presence. */
    void presence(int partition, PresenceCommand command, Executor loop, ReplyHandler handler) {
        Long request = pending.addElsewhere(loop, handler);
        if (request == null) {
            PendingReplies.refuse(loop, handler, FailureCode.OVERLOADED);
            return;
        }
        byte[] value = PresenceRecords.encode(origin(request), command);
        send(new ProducerRecord<>(topics.presenceCommands(), partition, null, value), request);
    }

    private Origin origin(long request) {
        return new Origin(claim.slot(), claim.incarnation(), request);
    }

    private static void addTrace(ProducerRecord<byte[], byte[]> logged, @Nullable TraceContext trace) {
        if (trace != null) {
            logged.headers().add(LogHeaders.TRACEPARENT, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
            if (trace.tracestate() != null) {
                logged.headers().add(LogHeaders.TRACESTATE, trace.tracestate().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    void send(ProducerRecord<byte[], byte[]> logged, long request) {
        Thread caller = Thread.currentThread();
        try {
            producer.send(logged, (metadata, failure) -> {
                if (failure != null) {
                    // The producer refuses on the caller's thread what it does not even try; what it tried and failed
                    // with may still have reached the log.
                    boolean tried = Thread.currentThread() != caller;
                    failed(logged.topic(), failure, request, tried ? FailureCode.TIMEOUT : FailureCode.UNAVAILABLE);
                } else if (metadata.topic().equals(topics.channelCommands())) {
                    pressure.logged(metadata.partition(), request, metadata.offset());
                }
            });
        } catch (KafkaException e) {
            failed(logged.topic(), e, request, FailureCode.UNAVAILABLE);
        }
    }

    /** Told once a second at most: while Kafka is away every command fails. */
    private void failed(String topic, Exception failure, long request, FailureCode code) {
        long now = System.nanoTime();
        long last = complained.get();
        if (now - last > QUIET_NANOS && complained.compareAndSet(last, now)) {
            LOG.warnf("Records of %s do not reach the log: %s", topic, failure.toString());
        }
        pending.refuse(request, code);
    }
}
