package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.DurablePage;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.gateway.hub.Hub;
import io.socle.realtime.gateway.hub.OutboxLimits;
import io.socle.realtime.gateway.hub.Subscriber;
import io.socle.realtime.gateway.hub.Subscription;
import io.socle.realtime.gateway.hub.SubscriptionRequest;
import io.socle.realtime.gateway.transport.spi.DurableRequests.Pull;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One pull of a durable subscription; everything but the page's stage is confined to its event loop. */
final class DurablePulling implements SubscriptionRequest.Events {
    private static final OutboxLimits OUTBOX = new OutboxLimits(Limits.PAGE_ITEMS, Limits.PAGE_BYTES, 64);

    private final String subject;
    private final Pull pull;
    private final Executor loop;
    private final Hub.DelayedTasks delays;
    private final PullLink link;
    private final Subscriber subscriber;
    private final CompletableFuture<DurablePage> page = new CompletableFuture<>();
    private @Nullable String cursor;
    private boolean existed;
    private boolean finished;

    DurablePulling(Hub hub, String subject, Pull pull, Executor loop, Hub.DelayedTasks delays) {
        this.subject = subject;
        this.pull = pull;
        this.loop = loop;
        this.delays = delays;
        // Not at once: the subscription is in the middle of writing.
        this.link = new PullLink(pull.max(), !pull.patience().isZero(), () -> loop.execute(this::finish));
        this.subscriber = hub.subscriber(link, OUTBOX);
    }

    CompletionStage<DurablePage> page() {
        return page;
    }

    void begin() {
        try {
            subscriber.subscribe(new SubscriptionRequest(
                    pull.name(),
                    ChannelFilter.of(pull.channel()),
                    pull.since(),
                    Overflow.RECOVER,
                    pull.max(),
                    subject,
                    new SubscriptionRequest.Durable(pull.name(), Duration.ofDays(1), true),
                    this));
        } catch (RuntimeException e) {
            page.completeExceptionally(e);
        }
    }

    @Override
    public void opened(Subscription subscription, @Nullable String at) {
        cursor = at;
        existed = Boolean.TRUE.equals(subscription.existed());
        delays.runLater(loop, pull.patience().isZero() ? Duration.ofSeconds(5) : pull.patience(), this::finish);
    }

    @Override
    public void failed(Subscription subscription, Problem problem, boolean stood) {
        finished = true;
        subscriber.close();
        page.completeExceptionally(new ProblemException(problem));
    }

    /** Leaves before it answers, so that the owner knows what was sent before the client can ask again. */
    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        subscriber.close();
        String from = cursor;
        if (from == null) {
            page.completeExceptionally(new ProblemException(Problem.of(FailureCode.INTERNAL_ERROR)));
            return;
        }
        String next = link.next();
        page.complete(new DurablePage(
                pull.channel(), from, existed, link.items(), link.redelivered(), next == null ? from : next));
    }
}
