package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to one channel. It is live, or it is behind and pulls pages from the log; a page that reaches the feed's
 * head makes it live in the same turn, so it never buffers live messages and never misses one (clause WS-20).
 */
final class ChannelSubscription extends Subscription {
    private static final Problem NO_CURSOR =
            new Problem(FailureCode.INVALID_CURSOR, "the cursor is not one of a channel");

    private final ChannelFeed feed;
    private final ChannelAccount account;
    private final AckWindow window;
    private State state = State.OPENING;
    /** Where a page begins as long as no position is known: the last so many, or a time. */
    private Read.@Nullable Start start;

    /** The offset that is taken next. */
    private long next;

    /** Whether the client is owed a caught-up. */
    private boolean announce;

    /** Whether a page is on its way. */
    private boolean reading;

    /** Set where the cursor outlives the link. */
    private final @Nullable DurableAttachment durable;

    private enum State {
        OPENING,
        LIVE,
        BEHIND,
        WAITING_FOR_ACK
    }

    ChannelSubscription(SubscriptionRequest request, Subscriber subscriber, ChannelFeed feed) {
        super(request, subscriber);
        this.feed = feed;
        this.account = new ChannelAccount(request.name(), feed.channel());
        this.window = new AckWindow(request.maxUnacked());
        SubscriptionRequest.Durable wanted = request.durable();
        this.durable = wanted == null
                ? null
                : new DurableAttachment(
                        subscriber.hub(),
                        new DurableName(feed.channel(), request.subject(), wanted.name()),
                        wanted,
                        this::fail);
    }

    /** The feed is open: begins from now, or with a first page. */
    void begin() {
        account.begin(feed.epoch());
        if (durable != null) {
            attach(durable);
            return;
        }
        switch (request().since()) {
            case null -> {
                startAt(feed.head().offset());
                state = State.LIVE;
                opened(feed.head().toString());
            }
            case Since.AtPosition(Position position) -> resume(position);
            case Since.AtCursor(String cursor) -> resume(cursor);
            case Since.Last(long messages) -> readFrom(new Read.Start.Last(messages));
            case Since.AtTime(Instant time) -> readFrom(new Read.Start.Since(time));
        }
    }

    private void resume(String cursor) {
        try {
            resume(Position.parse(cursor));
        } catch (IllegalArgumentException e) {
            fail(NO_CURSOR);
        }
    }

    private void attach(DurableAttachment attachment) {
        try {
            attachment.attach(DurableAttachment.start(request().since()), this::resume);
        } catch (IllegalArgumentException e) {
            fail(NO_CURSOR);
        }
    }

    private void resume(Position position) {
        if (position.epoch() != account.epoch()) {
            fail(new Problem(FailureCode.UNKNOWN_POSITION, "the position is of another epoch of the channel"));
            return;
        }
        startAt(position.offset());
        announce = true;
        fallBehind();
    }

    private void readFrom(Read.Start from) {
        start = from;
        announce = true;
        fallBehind();
    }

    private void startAt(long offset) {
        next = offset + 1;
        account.startAt(offset);
    }

    /** Takes a live message, if this is live. */
    void live(SharedMessage message, long offset, Instant now) {
        if (state != State.LIVE || offset < next) {
            return;
        }
        if (!owed(message, now)) {
            next = offset + 1;
        } else if (window.isFull()) {
            state = State.WAITING_FOR_ACK;
            slow(ServerFrame.SlowPolicy.UNACKED, 0);
        } else if (offer(message, offset)) {
            window.sent(offset);
            next = offset + 1;
        } else {
            slow(ServerFrame.SlowPolicy.RECOVER, 0);
            announce = true;
            fallBehind();
        }
    }

    private boolean offer(SharedMessage message, long offset) {
        while (!outbox().offer(this, message, null, offset)) {
            if (!makeRoom()) {
                return loseNewest(message, offset);
            }
        }
        subscriber().hub().touched(outbox());
        return true;
    }

    /** Nothing older can be dropped, as when the queue is full of other subscriptions' messages. */
    private boolean loseNewest(SharedMessage message, long offset) {
        if (dropsOldest()) {
            dropped(message, offset, null);
            return true;
        }
        return false;
    }

    /** Goes on from the log. */
    void fallBehind() {
        if (state == State.WAITING_FOR_ACK || isEnded()) {
            return;
        }
        if (state == State.LIVE) {
            subscriber().hub().metrics().fellBehind();
        }
        state = State.BEHIND;
        subscriber().behind(this);
    }

    @Override
    boolean wantsPage() {
        return state == State.BEHIND;
    }

    @Override
    void read(ReplyHandler handler) {
        reading = true;
        Read.Start from = start != null ? start : new Read.Start.After(account.at(next - 1));
        subscriber()
                .hub()
                .readChannel(
                        new Read.Forward(feed.channel(), from, new Read.Credit(Limits.PAGE_ITEMS, Limits.PAGE_BYTES)),
                        handler);
    }

    @Override
    void page(int partition, Reply reply) {
        reading = false;
        switch (reply) {
            case Reply.Page page when page.epoch() != account.epoch() -> channelDeleted();
            case Reply.Page page -> take(page);
            case Reply.Refused(Problem problem) when isOpened() && problem.retryable() -> retry();
            case Reply.Refused(Problem problem)
            when isOpened() && problem.code() == FailureCode.UNKNOWN_POSITION ->
                // It was a place of this channel when the subscription stood.
                channelDeleted();
            case Reply.Refused(Problem problem) -> fail(problem);
            default -> fail(Problem.of(FailureCode.INTERNAL_ERROR));
        }
    }

    /** The owner is away: the recovery goes on when it is back. */
    private void retry() {
        state = State.OPENING;
        subscriber().hub().later(this::fallBehind);
    }

    private void take(Reply.Page page) {
        if (start != null) {
            startAt(PageStart.before(page));
            start = null;
        }
        opened(account.at(account.written()).toString());
        Instant now = subscriber().hub().now();
        for (PageItem item : page.items()) {
            if (state == State.BEHIND) {
                take(item, now);
            }
        }
        if (state == State.BEHIND) {
            next = Math.max(next, page.through() + 1);
            if (page.complete() && feed.head().offset() < next) {
                goLive();
            }
        }
    }

    private void take(PageItem item, Instant now) {
        switch (item) {
            case PageItem.Message(var message)
            when message.position() != null ->
                takeMessage(
                        subscriber().hub().shared(message), message.position().offset(), now);
            case PageItem.Message(var message) -> throw new IllegalStateException("a page's message has no position");
            case PageItem.Skipped(long from, long to) -> next = Math.max(next, to + 1);
            case PageItem.Lost(long from, long to) -> {
                account.lost(Math.max(from, next), to);
                next = Math.max(next, to + 1);
            }
        }
    }

    private void takeMessage(SharedMessage message, long offset, Instant now) {
        if (offset < next) {
            return;
        }
        if (!owed(message, now)) {
            next = offset + 1;
        } else if (window.isFull()) {
            state = State.WAITING_FOR_ACK;
            slow(ServerFrame.SlowPolicy.UNACKED, 0);
        } else {
            if (durable != null) {
                durable.flushing(offset);
            }
            outbox().pageItem(this, message, null, offset);
            window.sent(offset);
            next = offset + 1;
        }
    }

    private void goLive() {
        state = State.LIVE;
        if (announce) {
            announce = false;
            Position at = account.at(next - 1);
            long flushed = durable == null ? 0 : durable.flushed();
            outbox().push(this, at.offset(), new ServerFrame.CaughtUp(name(), at.toString(), flushed));
        }
    }

    @Override
    public void ack(String cursor) {
        Position position = Position.parse(cursor);
        if (position.epoch() != account.epoch()) {
            return;
        }
        if (durable != null) {
            acknowledge(durable, position);
        }
        window.acknowledged(position.offset());
        if (state == State.WAITING_FOR_ACK && !window.isFull()) {
            state = State.BEHIND;
            subscriber().behind(this);
        }
    }

    /** Also one for what was sent before it was sent again: then it need not be sent again. */
    private void acknowledge(DurableAttachment attachment, Position position) {
        long offset = position.offset();
        if (offset > Math.max(account.written(), attachment.delivered())) {
            throw new ProblemException(FailureCode.UNKNOWN_POSITION, "position " + position + " was not sent yet");
        }
        attachment.acknowledge(offset);
        next = Math.max(next, offset + 1);
        account.wrote(offset);
    }

    @Override
    @Nullable
    String place() {
        return isOpened() && start == null ? account.at(next - 1).toString() : null;
    }

    /** What the client leaves unacknowledged for too long is sent again, once all that was sent has left. */
    @Override
    void tick(Instant now) {
        if (durable != null && !reading && outbox().isEmpty() && durable.isOverdue(now)) {
            durable.rewind();
            window.clear();
            startAt(durable.acked());
            state = State.BEHIND;
            subscriber().behind(this);
        }
    }

    @Override
    boolean wasDelivered(long place) {
        return durable != null && place <= durable.delivered();
    }

    @Override
    public @Nullable Boolean existed() {
        return durable == null ? null : durable.existed();
    }

    @Override
    void delete(ReplyHandler handler) {
        if (durable == null) {
            super.delete(handler);
        } else {
            durable.delete(handler);
        }
    }

    void durableEnded(long generation, Problem problem) {
        if (durable != null && durable.isOf(generation)) {
            durable.ended();
            fail(problem);
        }
    }

    /** The channel is gone: nothing of it is owed any more, not even what waits. */
    void channelDeleted() {
        if (durable != null) {
            durable.ended();
        }
        fail(Problem.of(FailureCode.CHANNEL_DELETED));
    }

    @Override
    void accountFor(long through, Link link) {
        account.accountFor(through, link);
    }

    @Override
    void wrote(long place) {
        account.wrote(place);
        if (durable != null) {
            durable.wrote(place, subscriber().hub().now());
        }
    }

    @Override
    void lose(SharedMessage message, long place, @Nullable String cursor) {
        account.lost(place, place);
    }

    @Override
    void leave() {
        feed.leave(this);
        if (durable != null) {
            durable.detach();
        }
    }
}
