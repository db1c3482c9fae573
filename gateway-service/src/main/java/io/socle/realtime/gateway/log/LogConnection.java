package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.NodeRecords;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.gateway.pressure.Pressure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
public final class LogConnection implements Owners, RoomOwners, PresenceOwners, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogConnection.class);
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration STANDING_CHECK = Duration.ofSeconds(1);
    /** Longer than an owner's failover takes: until then silence is no news. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final Duration EXPIRY_CHECK = Duration.ofMillis(250);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final LogSettings settings;
    private final LogTopics topics;
    private final UnaryOperator<RealtimeMessage> tracing;
    private final Pressure pressure;
    private final PendingReplies pending;
    private final Producer<byte[], byte[]> producer;
    private final KafkaPeers peers;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("log-timers").daemon().factory());
    private volatile @Nullable Thread starter;
    private volatile @Nullable Running running;
    /** Kept while the log is away, when links end whose interest is still to be counted; 0 before the log was there. */
    private volatile int partitions;

    private volatile int presencePartitions;

    private volatile boolean stopped;

    /** One claim of the slot and what rests on it. */
    private record Running(
            NodeClaim claim,
            SlotLease lease,
            OwnerSilence silence,
            KafkaOwners owners,
            KafkaRooms rooms,
            DeliveryReader reader,
            Thread thread) {}

    public LogConnection(LogSettings settings, UnaryOperator<RealtimeMessage> tracing, Pressure pressure) {
        this.settings = settings;
        this.pressure = pressure;
        this.topics = new LogTopics(settings.topicPrefix());
        this.tracing = tracing;
        this.pending = new PendingReplies(settings.inFlight(), settings.decisionTimeout(), System::nanoTime, pressure);
        this.producer = KafkaClients.producer(settings);
        this.peers = new KafkaPeers(KafkaClients.forgetfulProducer(settings), topics);
    }

    /** Begins to connect, and from then on tells the listeners. */
    public void start(LogListeners to) {
        begin(to);
        every(EXPIRY_CHECK, pending::expire);
        every(HEARTBEAT, this::heartbeat);
        every(STANDING_CHECK, () -> checkStanding(to));
    }

    private void every(Duration period, Runnable task) {
        Runnable surviving = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                // A task that throws would never run again.
                LOG.error("A timer of the log failed", e);
            }
        };
        timers.scheduleWithFixedDelay(surviving, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void begin(LogListeners to) {
        starter = Thread.ofPlatform().name("log-start").daemon().start(() -> startWhenPossible(to));
    }

    @Override
    public boolean isReady() {
        Running now = running;
        return now != null && now.thread().isAlive();
    }

    private void startWhenPossible(LogListeners to) {
        String told = "";
        try {
            while (!stopped && running == null) {
                try {
                    join(to);
                    // Whatever outlived an earlier incarnation asks the owners anew.
                    to.resync();
                } catch (KafkaException | ExecutionException e) {
                    String reason = String.valueOf(e.getMessage());
                    if (!reason.equals(told)) {
                        LOG.infof("Waiting for the log: %s", reason);
                        told = reason;
                    }
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void join(LogListeners to) throws ExecutionException, InterruptedException {
        int partitions = producer.partitionsFor(topics.channelCommands()).size();
        producer.partitionsFor(topics.reads());
        producer.partitionsFor(topics.nodes());
        producer.partitionsFor(topics.signalingCommands());
        presencePartitions = producer.partitionsFor(topics.presenceCommands()).size();
        peers.prepare();
        var place = new DeliveryReader.Place(
                new TopicPartition(topics.deliveries(), settings.slot()),
                new TopicPartition(topics.nodes(), 0),
                partitions);
        Consumer<byte[], byte[]> consumer = KafkaClients.consumer(settings);
        try {
            List<TopicPartition> read = List.of(place.deliveries(), place.nodes());
            consumer.assign(read);
            consumer.seekToEnd(read);
            read.forEach(consumer::position);
            run(consumer, place, claim(), to);
        } catch (KafkaException | ExecutionException | InterruptedException e) {
            consumer.close();
            throw e;
        }
    }

    private void run(Consumer<byte[], byte[]> consumer, DeliveryReader.Place place, NodeClaim claim, LogListeners to) {
        var lease = new SlotLease(settings.lease(), System::nanoTime);
        var silence = new OwnerSilence(place.owners(), SILENCE, System::nanoTime);
        var owners = new KafkaOwners(producer, topics, place.owners(), claim, pending, pressure);
        int parts = producer.partitionsFor(topics.signalingCommands()).size();
        var rooms = new KafkaRooms(owners, topics.signalingCommands(), parts, claim, pending);
        var nodes = new NodeReader(claim, lease, by -> replaced(claim, by, to.loss()));
        var standing = new DeliveryReader.Standing() {
            @Override
            public void node(ConsumerRecord<byte[], byte[]> logged) {
                nodes.read(logged);
            }

            @Override
            public void heard(int partition) {
                silence.heard(partition);
            }

            @Override
            public void progressed(int partition, long logPosition) {
                pressure.progressed(partition, logPosition);
            }

            @Override
            public void fenced() {
                // Not on the reader's own thread, which is to end by this.
                timers.execute(() -> leave(claim, "an owner refused its incarnation", to));
            }
        };
        var reader = new DeliveryReader(consumer, place, claim, pending, to, standing, tracing);
        for (int partition = 0; partition < place.owners(); partition++) {
            owners.command(partition, new Command.NodeStarted(), Runnable::run, ReplyHandler.IGNORE);
        }
        rooms.begin();
        for (int partition = 0; partition < presencePartitions; partition++) {
            owners.presence(partition, new PresenceCommand.NodeStarted(), Runnable::run, ReplyHandler.IGNORE);
        }
        Thread thread = Thread.ofPlatform().name("deliveries").start(reader);
        partitions = place.owners();
        running = new Running(claim, lease, silence, owners, rooms, reader, thread);
        LOG.infof("Slot %d claimed as incarnation %d", claim.slot(), claim.incarnation());
    }

    private void checkStanding(LogListeners to) {
        Running now = running;
        if (now == null) {
            return;
        }
        if (now.lease().isOver()) {
            leave(now.claim(), "it could not read back its heartbeats", to);
        } else {
            now.silence().check(to.sink()::resync);
        }
    }

    /** Gives up an incarnation, and claims the slot again; only once for each. */
    private void leave(NodeClaim claim, String why, LogListeners to) {
        if (end(claim)) {
            LOG.warnf(
                    "Incarnation %d of slot %d ends: %s. Clients are told to come back.",
                    claim.incarnation(), claim.slot(), why);
            to.loss().fenced();
            begin(to);
        }
    }

    private void replaced(NodeClaim claim, String by, SlotLoss loss) {
        if (end(claim)) {
            LOG.errorf("Slot %d was claimed by node %s: each gateway needs a slot of its own", claim.slot(), by);
            loss.replaced(by);
        }
    }

    private synchronized boolean end(NodeClaim claim) {
        Running now = running;
        if (stopped || now == null || now.claim().incarnation() != claim.incarnation()) {
            return false;
        }
        running = null;
        now.reader().stop();
        // Whether they were carried out is not known.
        pending.refuseAll(FailureCode.TIMEOUT);
        return true;
    }

    private NodeClaim claim() throws ExecutionException, InterruptedException {
        byte[] value = NodeRecords.claim(settings.slot(), settings.node());
        long offset = producer.send(new ProducerRecord<>(topics.nodes(), 0, null, value))
                .get()
                .offset();
        return new NodeClaim(settings.slot(), offset, settings.node());
    }

    private void heartbeat() {
        Running now = running;
        if (now != null) {
            NodeClaim claim = now.claim();
            long sequence = now.lease().next();
            sendNode(NodeRecords.heartbeat(claim.slot(), claim.node(), claim.incarnation(), sequence));
        }
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

    /** The way to other nodes. */
    public Peers peers() {
        return peers;
    }

    @Override
    public int partitions() {
        int known = partitions;
        if (known == 0) {
            throw new IllegalStateException("the log was never there");
        }
        return known;
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
    public int presencePartitions() {
        return presencePartitions;
    }

    @Override
    public void presence(int partition, PresenceCommand command, Executor loop, ReplyHandler handler) {
        Running now = running;
        if (now == null) {
            PendingReplies.refuse(loop, handler, FailureCode.UNAVAILABLE);
        } else {
            now.owners().presence(partition, command, loop, handler);
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
    public void ask(ChannelName room, RoomAction action, Executor loop, ReplyHandler handler) {
        Running now = running;
        if (now == null) {
            PendingReplies.refuse(loop, handler, FailureCode.UNAVAILABLE);
        } else {
            now.rooms().ask(room, action, loop, handler);
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
        peers.close(STOP_LIMIT);
        producer.close(STOP_LIMIT);
    }
}
