package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.FilterItem;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A subscription to all that a filter selects: per partition live, or behind and pulling pages from the log. */
final class FilterSubscription extends Subscription {
    private final FilterFeed feed;
    private final BitSet behind = new BitSet();
    private long[] places;
    private @Nullable Instant since;
    private boolean announce;
    private boolean retrying;
    private int turn;
    /** The cursor after the newest message that was given up; null if none was since it was told. */
    private @Nullable String lostUntil;

    FilterSubscription(SubscriptionRequest request, Subscriber subscriber, FilterFeed feed) {
        super(request, subscriber);
        this.feed = feed;
        this.places = feed.places();
    }

    /** The feed is open: begins from now, or behind. */
    void begin() {
        places = feed.places();
        switch (request().since()) {
            case null -> {}
            case Since.AtCursor(String cursor) -> resume(cursor);
            case Since.AtTime(Instant time) -> {
                since = time;
                Arrays.fill(places, -1);
                allBehind();
            }
            case Since.AtPosition position -> refuse(FailureCode.INVALID_CURSOR, "a filter resumes from a cursor");
            case Since.Last last -> refuse(FailureCode.INVALID_VALUE, "since.last is for channels");
        }
        if (!isEnded()) {
            opened(FilterCursor.encode(places));
        }
    }

    private void refuse(FailureCode code, String detail) {
        fail(new Problem(code, detail));
    }

    private void resume(String cursor) {
        try {
            places = FilterCursor.decode(cursor, places.length);
        } catch (ProblemException e) {
            fail(e.problem());
            return;
        }
        allBehind();
    }

    private void allBehind() {
        announce = true;
        behind.set(0, places.length);
        subscriber().behind(this);
    }

    /** Takes a live message, if this is live in its partition. */
    void live(int partition, long logPosition, SharedMessage message, Instant now) {
        if (behind.get(partition) || logPosition <= places[partition] || !isOpened()) {
            return;
        }
        if (!owed(message, now) || offer(message, partition, logPosition)) {
            places[partition] = logPosition;
        } else {
            slow(ServerFrame.SlowPolicy.RECOVER, 0);
            announce = true;
            fallBehind(partition);
        }
    }

    /** Where it is live it has all up to this log position; a cursor that moves with the log stays within history. */
    void watermark(int partition, long logPosition) {
        if (isOpened() && !behind.get(partition) && logPosition > places[partition]) {
            places[partition] = logPosition;
        }
    }

    private boolean offer(SharedMessage message, int partition, long logPosition) {
        String cursor = cursorAfter(partition, logPosition);
        while (!outbox().offer(this, message, cursor, 0)) {
            if (!makeRoom()) {
                return loseNewest(message, cursor);
            }
        }
        subscriber().hub().touched(outbox());
        return true;
    }

    private boolean loseNewest(SharedMessage message, String cursor) {
        if (dropsOldest()) {
            dropped(message, 0, cursor);
            return true;
        }
        return false;
    }

    private String cursorAfter(int partition, long logPosition) {
        long before = places[partition];
        places[partition] = logPosition;
        String cursor = behind.isEmpty() && feed.isAt(places) ? feed.cursor() : FilterCursor.encode(places);
        places[partition] = before;
        return cursor;
    }

    /** Goes on from the log in one partition. */
    void fallBehind(int partition) {
        if (isEnded() || !isOpened()) {
            return;
        }
        subscriber().hub().metrics().fellBehind();
        behind.set(partition);
        subscriber().behind(this);
    }

    /** Not while it reads from a time on: then places do not tell what was passed over. */
    @Override
    @Nullable
    String place() {
        return isOpened() && since == null ? FilterCursor.encode(places) : null;
    }

    @Override
    boolean wantsPage() {
        return !behind.isEmpty() && !retrying;
    }

    @Override
    void read(ReplyHandler handler) {
        int partition = behind.nextSetBit(turn);
        partition = partition < 0 ? behind.nextSetBit(0) : partition;
        turn = partition + 1;
        subscriber()
                .hub()
                .readFilter(
                        partition,
                        new Read.Filtered(
                                feed.filter(),
                                places[partition],
                                since,
                                new Read.Credit(Limits.PAGE_ITEMS, Limits.PAGE_BYTES)),
                        handler);
    }

    @Override
    void page(int partition, Reply reply) {
        switch (reply) {
            case Reply.FilterPage page -> take(partition, page);
            case Reply.Refused(Problem problem) when problem.retryable() -> retry();
            case Reply.Refused(Problem problem) -> fail(problem);
            default -> fail(Problem.of(FailureCode.INTERNAL_ERROR));
        }
    }

    /** The owner is away: the recovery goes on when it is back. */
    private void retry() {
        retrying = true;
        subscriber().hub().later(() -> {
            retrying = false;
            if (!isEnded()) {
                subscriber().behind(this);
            }
        });
    }

    private void take(int partition, Reply.FilterPage page) {
        if (page.lostThrough() != null) {
            places[partition] = Math.max(places[partition], page.lostThrough());
            outbox().push(new ServerFrame.LostUntil(name(), FilterCursor.encode(places)));
        }
        Instant now = subscriber().hub().now();
        page.items().forEach(item -> take(partition, item, now));
        places[partition] = Math.max(places[partition], page.through());
        if (page.complete() && feed.reached(partition) <= places[partition]) {
            behind.clear(partition);
            if (behind.isEmpty()) {
                goLive();
            }
        }
    }

    private void take(int partition, FilterItem item, Instant now) {
        if (item.logPosition() <= places[partition]) {
            return;
        }
        places[partition] = item.logPosition();
        switch (item) {
            case FilterItem.Message(long logPosition, var message) -> {
                SharedMessage shared = subscriber().hub().shared(message);
                if (owed(shared, now)) {
                    outbox().pageItem(this, shared, FilterCursor.encode(places), 0);
                }
            }
            case FilterItem.Lost(long logPosition, var channel, var position) ->
                outbox().push(this, 0, new ServerFrame.Lost(name(), channel, position, position));
        }
    }

    private void goLive() {
        since = null;
        if (announce) {
            announce = false;
            outbox().push(this, 0, new ServerFrame.CaughtUp(name(), FilterCursor.encode(places)));
        }
    }

    /** A filter's subscription has no window, so an ack changes nothing. */
    @Override
    public void ack(String cursor) {
        FilterCursor.decode(cursor, places.length);
    }

    @Override
    void accountFor(long through, Link link) {
        if (lostUntil != null) {
            link.push(new ServerFrame.LostUntil(name(), lostUntil));
            lostUntil = null;
        }
    }

    @Override
    void wrote(long place) {}

    @Override
    void lose(SharedMessage message, long place, @Nullable String cursor) {
        if (cursor != null) {
            lostUntil = cursor;
        }
    }

    @Override
    void leave() {
        feed.leave(this);
    }
}
