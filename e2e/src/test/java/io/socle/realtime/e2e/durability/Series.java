package io.socle.realtime.e2e.durability;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The messages of one channel, published one after the other by one publisher, so that the order is known: message n+1
 * goes out when n is acknowledged, and whatever is not acknowledged is tried again with the same id.
 */
final class Series {
    private static final int RETRY_MS = 250;

    private final Publisher publisher;
    private final Ledger ledger;
    private final String channel;
    private final int count;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    Series(Publisher publisher, Ledger ledger, String channel, int count) {
        this.publisher = publisher;
        this.ledger = ledger;
        this.channel = channel;
        this.count = count;
    }

    static String data(String channel, int number) {
        return "{\"channel\":\"" + channel + "\",\"n\":" + number + "}";
    }

    /** Completes when all are acknowledged; exceptionally where one is refused for good. */
    CompletableFuture<Boolean> start() {
        next(0);
        return done;
    }

    private void next(int number) {
        if (number == count) {
            done.complete(true);
        } else {
            attempt(number, UUID.randomUUID().toString());
        }
    }

    private void attempt(int number, String id) {
        String data = data(channel, number);
        publisher.publish(channel, id, data).whenComplete((decided, failure) -> {
            if (failure == null) {
                ledger.acknowledged(channel, new Ledger.Entry(data, decided.position()), decided.repeat());
                next(number + 1);
            } else if (unwrapped(failure) instanceof Publisher.RetryException) {
                ledger.retried();
                later().execute(() -> attempt(number, id));
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static Executor later() {
        return CompletableFuture.delayedExecutor(RETRY_MS, TimeUnit.MILLISECONDS);
    }
}
