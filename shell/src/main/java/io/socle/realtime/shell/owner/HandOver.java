package io.socle.realtime.shell.owner;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Brings the processing threads to rest between two transactions. Streams itself closes all stores before it leaves the
 * group, and nobody answers for their channels meanwhile; threads at rest have nothing to commit any more, so the group can be
 * left first. Nothing depends on it for correctness: what an owner does after it left cannot be committed.
 */
final class HandOver implements KafkaClientSupplier {
    /** Longer than Streams takes to tell its threads to end, of which it has been told before the release. */
    private static final Duration GRACE = Duration.ofMillis(300);

    private static final Duration MOST_REST = Duration.ofSeconds(5);
    private static final long PACE_MILLIS = 2;

    private final Set<Thread> polling = ConcurrentHashMap.newKeySet();
    private final Set<Thread> inTransaction = ConcurrentHashMap.newKeySet();
    private final Set<Thread> atRest = ConcurrentHashMap.newKeySet();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Runnable beforeCommit;
    private volatile boolean asked;
    private volatile long releasedAt;

    /** With what each thread does before it commits. */
    HandOver(Runnable beforeCommit) {
        this.beforeCommit = beforeCommit;
    }

    /** Whether owners are to ask for a commit as soon as they can. */
    boolean isAsked() {
        return asked;
    }

    /** Asks the threads to rest; returns whether all did within the limit. */
    boolean rest(Duration limit) throws InterruptedException {
        asked = true;
        long end = System.nanoTime() + limit.toNanos();
        synchronized (atRest) {
            while (!allRest()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(atRest, left);
            }
        }
        return true;
    }

    private boolean allRest() {
        return polling.stream().filter(Thread::isAlive).allMatch(atRest::contains);
    }

    /** Lets the threads go on, to their end: Streams must have been told to close. */
    void release() {
        releasedAt = System.nanoTime();
        released.countDown();
    }

    /** What a consumer's poll does, called by the thread that processes. */
    ConsumerRecords<byte[], byte[]> poll(Supplier<ConsumerRecords<byte[], byte[]>> log) {
        Thread self = Thread.currentThread();
        if (!asked) {
            polling.add(self);
            return log.get();
        }
        try {
            if (released.getCount() == 0) {
                // A thread polls once more only where a rebalance is under way, which it has to finish.
                return System.nanoTime() - releasedAt > GRACE.toNanos() ? log.get() : nothing();
            }
            if (!inTransaction.contains(self)) {
                restUntilReleased(self);
                return ConsumerRecords.empty();
            }
            return nothing();
        } catch (InterruptedException e) {
            self.interrupt();
            return ConsumerRecords.empty();
        }
    }

    private void restUntilReleased(Thread self) throws InterruptedException {
        synchronized (atRest) {
            atRest.add(self);
            atRest.notifyAll();
        }
        boolean inTime = released.await(MOST_REST.toMillis(), TimeUnit.MILLISECONDS);
        if (!inTime) {
            release();
        }
    }

    private static ConsumerRecords<byte[], byte[]> nothing() throws InterruptedException {
        Thread.sleep(PACE_MILLIS);
        return ConsumerRecords.empty();
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new RestingConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new WatchedProducer(config);
    }

    void begun() {
        inTransaction.add(Thread.currentThread());
    }

    void ended() {
        inTransaction.remove(Thread.currentThread());
    }

    private final class RestingConsumer extends KafkaConsumer<byte[], byte[]> {
        RestingConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            return HandOver.this.poll(() -> super.poll(timeout));
        }
    }

    private final class WatchedProducer extends KafkaProducer<byte[], byte[]> {
        WatchedProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public void beginTransaction() {
            begun();
            super.beginTransaction();
        }

        @Override
        public void commitTransaction() {
            beforeCommit.run();
            super.commitTransaction();
            ended();
        }

        @Override
        public void abortTransaction() {
            super.abortTransaction();
            ended();
        }
    }
}
