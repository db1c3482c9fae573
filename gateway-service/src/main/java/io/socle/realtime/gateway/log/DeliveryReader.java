package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.DeliveryRecords;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.log.UnreadableRecordException;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * Reads this node's partition of the deliveries topic on a thread of its own and hands batches to the event loops. It
 * reads uncommitted: owners are deterministic, so what an aborted transaction exposed comes again at the same place and is
 * dropped here by its place.
 */
final class DeliveryReader implements Runnable {
    private static final Logger LOG = Logger.getLogger(DeliveryReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** Batches that the event loops may be behind before reading stops. */
    private static final int BATCHES_AHEAD = 64;

    private final Consumer<byte[], byte[]> consumer;
    private final Place place;
    private final long incarnation;
    private final PendingReplies pending;
    private final LogListeners listeners;
    private final Standing standing;
    private final UnaryOperator<RealtimeMessage> tracing;
    private final long[] lastPublication;
    private final SharedArrivals sharedArrivals = new SharedArrivals();
    private final Semaphore ahead = new Semaphore(BATCHES_AHEAD);
    private volatile boolean stopped;

    /**
     * What is read.
     *
     * @param deliveries this node's partition
     * @param nodes the nodes topic's one partition
     * @param owners how many partitions share the channels
     */
    record Place(TopicPartition deliveries, TopicPartition nodes, int owners) {}

    /** What reading tells of this node's standing, and of the owners' progress. */
    interface Standing {
        /** A record of the nodes topic. */
        void node(ConsumerRecord<byte[], byte[]> logged);

        /** The owner of a partition knows this node. */
        void heard(int partition);

        /** The owner of a partition has dealt with all commands up to a log position. */
        void progressed(int partition, long logPosition);

        /** An owner refused this incarnation. */
        void fenced();
    }

    DeliveryReader(
            Consumer<byte[], byte[]> consumer,
            Place place,
            NodeClaim claim,
            PendingReplies pending,
            LogListeners listeners,
            Standing standing,
            UnaryOperator<RealtimeMessage> tracing) {
        this.consumer = consumer;
        this.place = place;
        this.incarnation = claim.incarnation();
        this.pending = pending;
        this.listeners = listeners;
        this.standing = standing;
        this.tracing = tracing;
        this.lastPublication = new long[place.owners()];
        Arrays.fill(lastPublication, -1);
    }

    @Override
    public void run() {
        try (consumer) {
            while (!stopped) {
                read();
            }
        } catch (WakeupException e) {
            LOG.debug("The delivery reader was asked to stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped = true;
        consumer.wakeup();
    }

    private void read() throws InterruptedException {
        try {
            var records = consumer.poll(POLL);
            records.records(place.nodes()).forEach(standing::node);
            hand(records.records(place.deliveries()));
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("Deliveries were lost: this node fell behind their retention. Every subscription recovers.");
            // Also of the nodes topic: the next heartbeat is soon enough.
            consumer.seekToEnd(consumer.assignment());
            consumer.position(place.deliveries());
            listeners.resync();
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("Reading deliveries failed; it is tried again", e);
            Thread.sleep(RETRY);
        }
    }

    private void hand(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        if (records.isEmpty()) {
            return;
        }
        Map<Executor, List<Incoming>> byLoop = new IdentityHashMap<>();
        List<Executor> loops = List.copyOf(listeners.sink().loops());
        for (ConsumerRecord<byte[], byte[]> logged : records) {
            if (isForThisIncarnation(logged)) {
                sort(logged, loops, byLoop);
            }
        }
        for (Map.Entry<Executor, List<Incoming>> entry : byLoop.entrySet()) {
            ahead.acquire();
            entry.getKey().execute(() -> accept(entry.getKey(), entry.getValue()));
        }
    }

    private void accept(Executor loop, List<Incoming> batch) {
        try {
            listeners.sink().accept(loop, batch);
        } finally {
            ahead.release();
        }
    }

    private boolean isForThisIncarnation(ConsumerRecord<byte[], byte[]> logged) {
        Header header = logged.headers().lastHeader(LogHeaders.INCARNATION);
        return header != null
                && header.value().length == Long.BYTES
                && ByteBuffer.wrap(header.value()).getLong() == incarnation;
    }

    private void sort(
            ConsumerRecord<byte[], byte[]> logged, List<Executor> loops, Map<Executor, List<Incoming>> byLoop) {
        Delivery delivery;
        try {
            delivery = DeliveryRecords.decode(logged.value());
        } catch (UnreadableRecordException e) {
            LOG.errorf(e, "Delivery at offset %d cannot be read; it is skipped", logged.offset());
            return;
        }
        if (delivery.content() instanceof Delivery.Ephemeral(RealtimeMessage message)) {
            // From another gateway: it says nothing of any owner.
            toAll(loops, new Incoming.Ephemeral(new SharedMessage(tracing.apply(message))), byLoop);
        } else {
            sortOwners(delivery, loops, byLoop);
        }
    }

    private void sortOwners(Delivery delivery, List<Executor> loops, Map<Executor, List<Incoming>> byLoop) {
        if (!(delivery.content() instanceof Delivery.Answer)) {
            standing.heard(delivery.partition());
        }
        switch (delivery.content()) {
            case Delivery.Publication publication -> sortPublication(delivery, publication, loops, byLoop);
            case Delivery.DurableEnded ended -> toAll(loops, new Incoming.DurableEnded(ended), byLoop);
            case Delivery.SessionEnded(var of, long generation) ->
                listeners.sessions().sessionEnded(of, generation);
            case Delivery.ChannelDeleted deleted -> toAll(loops, new Incoming.ChannelDeleted(deleted), byLoop);
            case Delivery.Shared shared -> sortShared(delivery, shared, loops, byLoop);
            case Delivery.Interested interested ->
                listeners.interest().interested(interested.channel(), interested.nodes());
            case Delivery.InterestChanged changed -> listeners.interest().interestChanged(delivery.partition());
            case Delivery.Ephemeral ephemeral -> throw new IllegalArgumentException("not of an owner");
            case Delivery.Answer answer -> sortAnswer(delivery, answer, byLoop);
            case Delivery.Watermark watermark -> {
                standing.progressed(delivery.partition(), delivery.logPosition());
                toAll(loops, new Incoming.Watermark(delivery.partition(), delivery.logPosition()), byLoop);
            }
        }
    }

    private static void toAll(List<Executor> loops, Incoming incoming, Map<Executor, List<Incoming>> byLoop) {
        for (Executor loop : loops) {
            byLoop.computeIfAbsent(loop, any -> new ArrayList<>()).add(incoming);
        }
    }

    private void sortPublication(
            Delivery delivery,
            Delivery.Publication publication,
            List<Executor> loops,
            Map<Executor, List<Incoming>> byLoop) {
        if (delivery.logPosition() <= lastPublication[delivery.partition()]) {
            return;
        }
        lastPublication[delivery.partition()] = delivery.logPosition();
        standing.progressed(delivery.partition(), delivery.logPosition());
        var shared = new SharedMessage(tracing.apply(publication.message()));
        toAll(loops, new Incoming.Publication(delivery.partition(), delivery.logPosition(), shared), byLoop);
    }

    private void sortShared(
            Delivery delivery, Delivery.Shared shared, List<Executor> loops, Map<Executor, List<Incoming>> byLoop) {
        if (sharedArrivals.isFirst(delivery.partition(), delivery.logPosition(), shared)) {
            var message = new SharedMessage(tracing.apply(shared.message()));
            toAll(
                    loops,
                    new Incoming.Shared(delivery.partition(), shared.generation(), shared.logPosition(), message),
                    byLoop);
        }
    }

    private void sortAnswer(Delivery delivery, Delivery.Answer answer, Map<Executor, List<Incoming>> byLoop) {
        Reply reply = answer.reply();
        if (reply instanceof Reply.Refused(Problem problem) && problem.code() == FailureCode.NODE_FENCED) {
            standing.fenced();
            // It was not carried out, and a client can do nothing about this node's slot.
            reply = new Reply.Refused(Problem.of(FailureCode.UNAVAILABLE));
        }
        PendingReplies.Pending waiting = pending.take(answer.request(), delivery.logPosition());
        if (waiting != null) {
            if (waiting.isOfChannels()) {
                standing.heard(delivery.partition());
            }
            byLoop.computeIfAbsent(waiting.loop(), any -> new ArrayList<>())
                    .add(new Incoming.Answer(waiting.handler(), delivery.partition(), delivery.logPosition(), reply));
        }
    }
}
