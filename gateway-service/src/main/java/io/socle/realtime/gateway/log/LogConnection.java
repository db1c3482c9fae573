package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.NodeRecords;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This node's connection to the log: claims its slot, then reads deliveries and sends commands until it is stopped. It
 * starts on a thread of its own, for Kafka may not be there yet.
 */
public final class LogConnection implements Owners, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogConnection.class);
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration EXPIRY_CHECK = Duration.ofMillis(250);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final LogSettings settings;
    private final LogTopics topics;
    private final UnaryOperator<RealtimeMessage> tracing;
    private final PendingReplies pending;
    private final Producer<byte[], byte[]> producer;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("log-timers").daemon().factory());
    private volatile @Nullable Thread starter;
    private volatile @Nullable Running running;
    private volatile boolean stopped;

    private record Running(NodeClaim claim, KafkaOwners owners, DeliveryReader reader, Thread thread) {}

    public LogConnection(LogSettings settings, UnaryOperator<RealtimeMessage> tracing) {
        this.settings = settings;
        this.topics = new LogTopics(settings.topicPrefix());
        this.tracing = tracing;
        this.pending = new PendingReplies(settings.inFlight(), settings.decisionTimeout(), System::nanoTime);
        this.producer = KafkaClients.producer(settings);
    }

    /** Begins to connect, and from then on hands deliveries to the sink. */
    public void start(DeliverySink sink) {
        starter = Thread.ofPlatform().name("log-start").daemon().start(() -> startWhenPossible(sink));
        timers.scheduleWithFixedDelay(
                pending::expire, EXPIRY_CHECK.toMillis(), EXPIRY_CHECK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean isReady() {
        Running now = running;
        return now != null && now.thread().isAlive();
    }

    /** How many commands and reads are undecided. */
    public int pendingReplies() {
        return pending.size();
    }

    private void startWhenPossible(DeliverySink sink) {
        try {
            while (!stopped && running == null) {
                try {
                    running = begin(sink);
                } catch (KafkaException | ExecutionException e) {
                    LOG.infof("Waiting for the log: %s", e.getMessage());
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Running begin(DeliverySink sink) throws ExecutionException, InterruptedException {
        int partitions = producer.partitionsFor(topics.channelCommands()).size();
        producer.partitionsFor(topics.reads());
        producer.partitionsFor(topics.nodes());
        TopicPartition deliveries = new TopicPartition(topics.deliveries(), settings.slot());
        Consumer<byte[], byte[]> consumer = KafkaClients.consumer(settings);
        try {
            consumer.assign(List.of(deliveries));
            consumer.seekToEnd(List.of(deliveries));
            consumer.position(deliveries);
            NodeClaim claim = claim();
            var owners = new KafkaOwners(producer, topics, partitions, claim, pending);
            for (int partition = 0; partition < partitions; partition++) {
                owners.command(partition, new Command.NodeStarted(), Runnable::run, ReplyHandler.IGNORE);
            }
            var reader = new DeliveryReader(consumer, deliveries, claim, partitions, pending, sink, tracing);
            Thread thread = Thread.ofPlatform().name("deliveries").start(reader);
            timers.scheduleAtFixedRate(
                    () -> heartbeat(claim), HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.infof("Slot %d claimed as incarnation %d", claim.slot(), claim.incarnation());
            return new Running(claim, owners, reader, thread);
        } catch (KafkaException | ExecutionException | InterruptedException e) {
            consumer.close();
            throw e;
        }
    }

    private NodeClaim claim() throws ExecutionException, InterruptedException {
        byte[] value = NodeRecords.claim(settings.slot(), settings.node());
        long offset = producer.send(new ProducerRecord<>(topics.nodes(), 0, null, value))
                .get()
                .offset();
        return new NodeClaim(settings.slot(), offset, settings.node());
    }

    private void heartbeat(NodeClaim claim) {
        sendNode(NodeRecords.heartbeat(claim.slot(), claim.node(), claim.incarnation()));
    }

    private void sendNode(byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topics.nodes(), 0, null, value), (metadata, failure) -> {
                if (failure != null) {
                    LOG.warnf("The log did not take this node's sign of life: %s", failure.toString());
                }
            });
        } catch (KafkaException e) {
            LOG.warnf("This node's sign of life could not be sent: %s", e.toString());
        }
    }

    @Override
    public int partitions() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("the log is not connected yet");
        }
        return now.owners().partitions();
    }

    @Override
    public void command(int partition, Command command, Executor loop, ReplyHandler handler) {
        Running now = running;
        if (now == null) {
            PendingReplies.refuse(loop, handler, FailureCode.UNAVAILABLE);
        } else {
            now.owners().command(partition, command, loop, handler);
        }
    }

    @Override
    public void read(int partition, Read read, Executor loop, ReplyHandler handler) {
        Running now = running;
        if (now == null) {
            PendingReplies.refuse(loop, handler, FailureCode.UNAVAILABLE);
        } else {
            now.owners().read(partition, read, loop, handler);
        }
    }

    @Override
    public void close() {
        stopped = true;
        Thread starting = starter;
        if (starting != null) {
            starting.interrupt();
        }
        timers.shutdownNow();
        Running now = running;
        if (now != null) {
            NodeClaim claim = now.claim();
            sendNode(NodeRecords.release(claim.slot(), claim.node(), claim.incarnation()));
            now.reader().stop();
        }
        producer.close(STOP_LIMIT);
    }
}
