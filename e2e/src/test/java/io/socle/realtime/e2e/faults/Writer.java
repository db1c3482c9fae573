package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.durability.Publisher;
import io.socle.realtime.e2e.durability.Publisher.RetryException;
import io.socle.realtime.e2e.history.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Publishes one message after the other, each until it is decided, with the same id at every attempt (PUB-3). */
final class Writer implements Runnable {
    private static final Duration ATTEMPT = Duration.ofSeconds(6);
    private static final String UNKNOWN_OUTCOME = "timeout";

    private final String name;
    private final Publisher publisher;
    private final List<String> channels;
    private final Map<String, Long> heads;
    private final Reader.Setting setting;
    private final CountDownLatch enough;
    private final Duration pace;
    private final Random random;

    /** What the writers of a run share: the newest acknowledged offset of each channel, and the word to stop. */
    record Common(List<String> channels, Map<String, Long> heads, CountDownLatch enough, Duration pace) {}

    Writer(String name, Publisher publisher, Common common, Reader.Setting setting, Random random) {
        this.name = name;
        this.publisher = publisher;
        this.channels = common.channels();
        this.heads = common.heads();
        this.enough = common.enough();
        this.pace = common.pace();
        this.setting = setting;
        this.random = random;
    }

    @Override
    public void run() {
        try {
            for (int number = 0; !enough.await(nextPause(), TimeUnit.NANOSECONDS); number++) {
                publish(number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long nextPause() {
        return (long) (pace.toNanos() * (0.5 + random.nextDouble()));
    }

    private void publish(int number) throws InterruptedException {
        String channel = channels.get(random.nextInt(channels.size()));
        String id = new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong()).toString();
        String json = Payload.json(name, number, random);
        while (!setting.isOver() && !attempt(channel, id, json)) {
            setting.pause(Duration.ofMillis(random.nextInt(50, 400)));
        }
    }

    /** Returns whether it is decided. */
    private boolean attempt(String channel, String id, String json) throws InterruptedException {
        setting.history().add(name, new Event.Send(channel, id, Payload.hash(json)));
        try {
            var decided = publisher.publish(channel, id, json).get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
            setting.history().add(name, new Event.Ack(channel, id, decided.position(), decided.repeat()));
            heads.merge(channel, decided.position().offset(), Math::max);
            return true;
        } catch (TimeoutException e) {
            setting.history().add(name, new Event.Unknown(channel, id, "no answer within " + ATTEMPT));
            publisher.reconnect();
            return false;
        } catch (ExecutionException e) {
            return failed(channel, id, e.getCause() == null ? e : e.getCause());
        }
    }

    private boolean failed(String channel, String id, Throwable failure) {
        if (failure instanceof RetryException retry) {
            boolean unknown = retry.code().isEmpty() || retry.code().equals(UNKNOWN_OUTCOME);
            setting.history()
                    .add(
                            name,
                            unknown
                                    ? new Event.Unknown(channel, id, String.valueOf(retry.getMessage()))
                                    : new Event.Refused(channel, id, retry.code()));
            return false;
        }
        setting.history().add(name, new Event.Refused(channel, id, String.valueOf(failure.getMessage())));
        return true;
    }
}
