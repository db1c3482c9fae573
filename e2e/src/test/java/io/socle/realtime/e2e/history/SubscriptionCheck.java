package io.socle.realtime.e2e.history;

import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.history.MessageCheck.Message;
import io.socle.realtime.e2e.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds for one subscription: everything owed, in order, once, and whatever is missing told exactly. */
final class SubscriptionCheck implements ReaderCheck {
    private final String name;
    private final MessageCheck messages;
    private final Rules rules;
    private final List<Violation> found;

    private Set<String> channels = Set.of();
    /** Where the subscription is in each channel in which that is known. */
    private Map<String, Position> frontier = new HashMap<>();
    /** Where it began, in each channel in which that is known. */
    private Map<String, Position> begin = new HashMap<>();
    /** Where it was in each channel when its present life began. */
    private Map<String, Position> resumed = new HashMap<>();

    private final Map<String, Map<String, Position>> frontiersAt = new HashMap<>();
    private final Map<String, Map<Position, Delivery>> delivered = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private int life;
    private int coveredFrom = Integer.MAX_VALUE;
    private boolean fresh;
    private boolean stands;
    private boolean left;
    private @Nullable CatchUp catchUp;

    /** When a position came, and in which life. */
    private record Delivery(long nanos, int life) {}

    /** A resume that has not been told to be complete. */
    private record CatchUp(int index, long nanos) {}

    SubscriptionCheck(String name, MessageCheck messages, Rules rules, List<Violation> found) {
        this.name = name;
        this.messages = messages;
        this.rules = rules;
        this.found = found;
    }

    private void violation(Kind kind, String detail) {
        found.add(new Violation(kind, name + ": " + detail));
    }

    @Override
    public void add(int index, long nanos, Event.Reading event) {
        switch (event) {
            case Event.Subscribe subscribe -> subscribe(subscribe);
            case Event.Resume resume -> resume(index, nanos, resume);
            case Event.Subscribed subscribed -> stands(index, subscribed);
            case Event.Deliver deliver -> deliver(nanos, deliver);
            case Event.Place place -> moved(place.cursor());
            case Event.CaughtUp caughtUp -> caughtUp(nanos, caughtUp);
            case Event.Lost lost -> {
                lost(lost.channel(), lost.from(), lost.to());
                moved(lost.cursor());
            }
            case Event.Skipped skipped -> {
                skipped(skipped);
                moved(skipped.cursor());
            }
            case Event.LostUntil lost -> lostUntil(lost);
            case Event.ResumeRefused refused ->
                violation(Kind.CURSOR_REFUSED, refused.cursor() + " with " + refused.code());
            case Event.Disconnect disconnect -> stands = false;
            case Event.Leave leave -> left = true;
            case Event.Attach _, Event.Attached _, Event.Acknowledge _ ->
                throw new IllegalArgumentException(name + " is not durable: " + event);
        }
    }

    private void subscribe(Event.Subscribe subscribe) {
        channels = subscribe.channels();
        frontier = new HashMap<>();
        begin = new HashMap<>();
        resumed = new HashMap<>();
        coveredFrom = Integer.MAX_VALUE;
        fresh = true;
        catchUp = null;
        life++;
    }

    private void resume(int index, long nanos, Event.Resume resume) {
        frontier = new HashMap<>(frontierAt(resume.cursor()));
        resumed = Map.copyOf(frontier);
        catchUp = new CatchUp(index, nanos);
        fresh = false;
        life++;
    }

    private Map<String, Position> frontierAt(String cursor) {
        Map<String, Position> known = frontiersAt.get(cursor);
        if (known == null) {
            throw new IllegalArgumentException(name + " resumes from a cursor that it never had: " + cursor);
        }
        return known;
    }

    private void stands(int index, Event.Subscribed subscribed) {
        stands = true;
        // A link may break before it stands; then the resume after it is the first to do so.
        coveredFrom = Math.min(coveredFrom, index);
        if (fresh) {
            fresh = false;
            Position at = channels.size() == 1 ? position(subscribed.cursor()) : null;
            if (at != null) {
                String channel = channels.iterator().next();
                begin.put(channel, at);
                frontier.putIfAbsent(channel, at);
            }
            moved(subscribed.cursor());
        }
    }

    /** A channel's cursor is a position; a filter's, also of one channel, is none. */
    private static @Nullable Position position(String cursor) {
        try {
            return Position.parse(cursor);
        } catch (InvalidValueException e) {
            return null;
        }
    }

    private void moved(String cursor) {
        if (!cursor.isEmpty() && messages.isResumedFrom(cursor)) {
            frontiersAt.put(cursor, Map.copyOf(frontier));
        }
    }

    private void deliver(long nanos, Event.Deliver deliver) {
        Position at = deliver.position();
        Position last = frontier.get(deliver.channel());
        var of = delivered.computeIfAbsent(deliver.channel(), channel -> new HashMap<>());
        if (last != null && at.offset() <= last.offset()) {
            violation(again(deliver, of.get(at)), at + " of " + deliver.channel() + " after " + last);
        } else {
            if (last != null && at.offset() != last.offset() + 1) {
                violation(Kind.GAP, at + " of " + deliver.channel() + " after " + last);
            }
            frontier.put(deliver.channel(), at);
        }
        of.merge(at, new Delivery(nanos, life), (first, again) -> new Delivery(first.nanos(), again.life()));
        moved(deliver.cursor());
    }

    private Kind again(Event.Deliver deliver, @Nullable Delivery before) {
        Position from = resumed.get(deliver.channel());
        if (from != null && deliver.position().offset() <= from.offset()) {
            return Kind.BEFORE_CURSOR;
        }
        return before != null && before.life() == life ? Kind.DUPLICATE : Kind.OUT_OF_ORDER;
    }

    private void lost(String channel, Position from, Position to) {
        if (to.offset() > messages.head(channel) - rules.keptMessages()) {
            violation(
                    Kind.FALSE_LOSS,
                    from + " to " + to + " of " + channel + ", whose head was " + messages.head(channel));
        }
        account(channel, from, to);
    }

    private void skipped(Event.Skipped skipped) {
        if (rules.everythingOwed()) {
            violation(Kind.FALSE_SKIP, skipped.from() + " to " + skipped.to() + " of " + skipped.channel());
        }
        account(skipped.channel(), skipped.from(), skipped.to());
    }

    /** A range takes the place of messages: it must follow what came before, and hold something. */
    private void account(String channel, Position from, Position to) {
        Position last = frontier.get(channel);
        if (to.offset() < from.offset() || to.epoch() != from.epoch()) {
            violation(Kind.WRONG_RANGE, from + " to " + to + " of " + channel);
        } else if (last != null && from.offset() <= last.offset()) {
            violation(Kind.WRONG_RANGE, from + " to " + to + " of " + channel + " after " + last);
        } else if (last != null && from.offset() != last.offset() + 1) {
            violation(Kind.GAP, from + " of " + channel + " after " + last);
        }
        told.add(new Told(channel, from, to));
        if (last == null || to.offset() > last.offset()) {
            frontier.put(channel, to);
        }
    }

    private void lostUntil(Event.LostUntil lost) {
        if (messages.publications() <= rules.keptPublications()) {
            violation(Kind.FALSE_LOSS, "everything until " + lost.cursor());
        }
        frontier = new HashMap<>();
        moved(lost.cursor());
    }

    private void caughtUp(long nanos, Event.CaughtUp caughtUp) {
        CatchUp since = catchUp;
        catchUp = null;
        if (since != null) {
            for (String channel : channels) {
                messages.acked(channel).stream()
                        .filter(message -> message.ackedAt() < since.index() && covers(message))
                        .filter(message -> !hasPassed(message))
                        .findFirst()
                        .ifPresent(message -> violation(Kind.FALSE_CAUGHT_UP, "it had not " + message));
            }
            checkInTime(since.nanos(), nanos, "caught_up");
        }
        moved(caughtUp.cursor());
    }

    private boolean covers(Message message) {
        Position from = begin.get(message.channel);
        return from == null ? message.sentAt > coveredFrom : message.position().offset() > from.offset();
    }

    private boolean hasPassed(Message message) {
        Position at = frontier.get(message.channel);
        return at != null && message.position().offset() <= at.offset();
    }

    /** What was due before the heal is due with the heal. */
    private void checkInTime(long dueNanos, long doneNanos, String what) {
        messages.late(dueNanos, doneNanos, what, rules.catchUp())
                .ifPresent(late -> violation(Kind.NOT_CAUGHT_UP, late));
    }

    @Override
    public void finish() {
        for (String channel : channels) {
            messages.acked(channel).stream().filter(this::covers).forEach(this::checkArrived);
        }
        if (!left && (!stands || catchUp != null)) {
            violation(Kind.NOT_CAUGHT_UP, stands ? "it was never told caught_up" : "it does not stand at the end");
        }
    }

    private void checkArrived(Message message) {
        Delivery delivery = delivered.getOrDefault(message.channel, Map.of()).get(message.position());
        if (delivery != null) {
            checkInTime(message.ackedNanos(), delivery.nanos(), message.toString());
            return;
        }
        boolean wasTold = told.stream().anyMatch(range -> range.has(message.channel, message.position()));
        if (!wasTold && !(left && !hasPassed(message))) {
            violation(Kind.ACKED_LOSS, message + " never came");
        }
    }
}
