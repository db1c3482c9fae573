package io.socle.realtime.e2e.history;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.history.MessageCheck.Message;
import io.socle.realtime.e2e.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one durable subscription: everything after its cursor, in order, at least once; and a cursor that moves by
 * acknowledgements, only forward, and with all of them.
 */
final class DurableCheck implements ReaderCheck {
    private final String name;
    private final MessageCheck messages;
    private final Rules rules;
    private final List<Violation> found;

    private String channel = "";
    /** Where it began; null until it was attached. */
    private @Nullable Position begin;
    /** What the server took as acknowledged when it was last attached. */
    private @Nullable Position cursor;
    /** Up to where everything has come since it was last attached, but for what comes again. */
    private @Nullable Position frontier;

    private @Nullable Position acked;
    private final List<Acknowledged> ackedAfterHeal = new ArrayList<>();
    private final Map<Position, Long> deliveredNanos = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private int attachIndex;
    private long attachNanos;
    private boolean attached;
    private boolean owesCaughtUp;
    private boolean left;

    private record Acknowledged(Position position, long nanos) {}

    DurableCheck(String name, MessageCheck messages, Rules rules, List<Violation> found) {
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
            case Event.Attach attach -> {
                channel = attach.channel();
                attachIndex = index;
                attachNanos = nanos;
                owesCaughtUp = true;
            }
            case Event.Attached now -> attached(now.cursor());
            case Event.Deliver deliver -> deliver(nanos, deliver.position());
            case Event.Acknowledge acknowledge -> acknowledge(nanos, acknowledge.position());
            case Event.CaughtUp _ -> caughtUp(nanos);
            case Event.Lost lost -> lost(lost);
            case Event.Skipped skipped -> skipped(skipped);
            case Event.ResumeRefused refused -> violation(Kind.CURSOR_REFUSED, "refused with " + refused.code());
            case Event.Disconnect _ -> attached = false;
            case Event.Leave _ -> left = true;
            case Event.Subscribe _, Event.Resume _, Event.Subscribed _, Event.Place _, Event.LostUntil _ ->
                throw new IllegalArgumentException(name + " is durable: " + event);
        }
    }

    private void attached(Position at) {
        attached = true;
        if (begin == null) {
            begin = at;
        }
        if (cursor != null && at.offset() < cursor.offset()) {
            violation(Kind.CURSOR_WENT_BACK, at + " after " + cursor);
        }
        if (isAfter(at, begin) && isAfter(at, acked)) {
            violation(Kind.CURSOR_BEYOND_ACKS, at + ", acknowledged is " + acked);
        }
        for (Acknowledged one : ackedAfterHeal) {
            if (attachNanos - one.nanos() > rules.acksHandedOn().toNanos() && isAfter(one.position(), at)) {
                violation(Kind.ACK_FORGOTTEN, one.position() + ", attached is " + at);
                break;
            }
        }
        cursor = at;
        frontier = at;
    }

    private static boolean isAfter(Position position, @Nullable Position other) {
        return other == null || position.offset() > other.offset();
    }

    private void deliver(long nanos, Position at) {
        deliveredNanos.putIfAbsent(at, nanos);
        if (!isAfter(at, cursor)) {
            violation(Kind.BEFORE_CURSOR, at + ", whose cursor was " + cursor);
        }
        reached(at, at);
    }

    /** What was not acknowledged may come again, from any place after the cursor on; nothing may be left out. */
    private void reached(Position from, Position to) {
        if (frontier != null && from.offset() > frontier.offset() + 1) {
            violation(Kind.GAP, from + " after " + frontier);
        }
        frontier = to;
    }

    private void acknowledge(long nanos, Position at) {
        if (isAfter(at, acked)) {
            acked = at;
        }
        Long healed = messages.healedNanos();
        if (healed != null && nanos > healed) {
            ackedAfterHeal.add(new Acknowledged(at, nanos));
        }
    }

    private void caughtUp(long nanos) {
        if (owesCaughtUp) {
            owesCaughtUp = false;
            messages.acked(channel).stream()
                    .filter(message -> message.ackedAt() < attachIndex && covers(message))
                    .filter(message -> isAfter(message.position(), frontier))
                    .findFirst()
                    .ifPresent(message -> violation(Kind.FALSE_CAUGHT_UP, "it had not " + message));
            checkInTime(attachNanos, nanos, "caught_up");
        }
    }

    private void lost(Event.Lost lost) {
        if (lost.to().offset() > messages.head(channel) - rules.keptMessages()) {
            violation(Kind.FALSE_LOSS, lost.from() + " to " + lost.to() + ", head was " + messages.head(channel));
        }
        account(lost.from(), lost.to());
    }

    private void skipped(Event.Skipped skipped) {
        if (rules.everythingOwed()) {
            violation(Kind.FALSE_SKIP, skipped.from() + " to " + skipped.to());
        }
        account(skipped.from(), skipped.to());
    }

    private void account(Position from, Position to) {
        if (to.offset() < from.offset()) {
            violation(Kind.WRONG_RANGE, from + " to " + to);
        }
        told.add(new Told(channel, from, to));
        reached(from, to);
    }

    private boolean covers(Message message) {
        return begin != null && isAfter(message.position(), begin);
    }

    private void checkInTime(long dueNanos, long doneNanos, String what) {
        messages.late(dueNanos, doneNanos, what, rules.catchUp())
                .ifPresent(late -> violation(Kind.NOT_CAUGHT_UP, late));
    }

    @Override
    public void finish() {
        messages.acked(channel).stream().filter(this::covers).forEach(this::checkArrived);
        if (!left && (!attached || owesCaughtUp)) {
            violation(Kind.NOT_CAUGHT_UP, attached ? "it was never told caught_up" : "it is not attached at the end");
        }
    }

    private void checkArrived(Message message) {
        Long nanos = deliveredNanos.get(message.position());
        if (nanos != null) {
            checkInTime(message.ackedNanos(), nanos, message.toString());
        } else if (!left && told.stream().noneMatch(range -> range.has(channel, message.position()))) {
            violation(Kind.ACKED_LOSS, message + " never came");
        }
    }
}
