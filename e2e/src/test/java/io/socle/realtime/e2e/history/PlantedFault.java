package io.socle.realtime.e2e.history;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.history.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes one fault of a kind in a clean history, at a random place that fits. */
final class PlantedFault {
    private final List<History.Entry> entries;
    private final Random random;
    /** Where each event of the clean history is, by identity. */
    private final Map<Event, Integer> indexes = new IdentityHashMap<>();

    private PlantedFault(List<History.Entry> clean, Random random) {
        this.entries = new ArrayList<>(clean);
        this.random = random;
        for (int i = 0; i < clean.size(); i++) {
            indexes.put(clean.get(i).event(), i);
        }
    }

    /** The history with the fault; empty where it has no place that fits. */
    static Optional<List<History.Entry>> plant(Kind kind, List<History.Entry> clean, Random random) {
        var fault = new PlantedFault(clean, random);
        return fault.plant(kind) ? Optional.of(fault.entries) : Optional.empty();
    }

    private boolean plant(Kind kind) {
        return switch (kind) {
            case ACKED_LOSS -> loseLast();
            case GAP -> gap();
            case OUT_OF_ORDER -> swapTwo();
            case DUPLICATE -> duplicate();
            case BEFORE_CURSOR -> beforeCursor();
            case PAYLOAD_CHANGED -> replaceDeliver(d -> copy(d, d.position(), d.id(), d.payload() + 1));
            case TWO_AT_A_POSITION ->
                replaceAck(ack -> position(ack, ack.position().plus(-1)), 2);
            case ID_AT_TWO_POSITIONS ->
                replaceAck(ack -> position(ack, ack.position().plus(10_000)), 1);
            case NEVER_SENT -> replaceDeliver(d -> copy(d, d.position(), "nobody's", d.payload()));
            case REFUSED_BUT_PUBLISHED -> refuse();
            case BEHIND_AN_ACK -> answerFirst();
            case EPOCH_CHANGED ->
                replaceDeliver(d -> copy(
                        d, new Position(d.position().epoch() + 1, d.position().offset()), d.id(), d.payload()));
            case FALSE_LOSS ->
                replaceDeliver(
                        d -> new Event.Lost(d.subscription(), d.channel(), d.position(), d.position(), d.cursor()));
            case FALSE_SKIP ->
                replaceDeliver(
                        d -> new Event.Skipped(d.subscription(), d.channel(), d.position(), d.position(), d.cursor()));
            case WRONG_RANGE -> tellAgain();
            case FALSE_CAUGHT_UP -> caughtUpAtOnce();
            case NOT_CAUGHT_UP -> late();
            case CURSOR_REFUSED -> refuseCursor();
            case CURSOR_BEYOND_ACKS -> moveCursor(10_000, attached -> true);
            case CURSOR_WENT_BACK -> moveCursor(-1, this::hasEarlier);
            case ACK_FORGOTTEN -> moveCursor(-1, this::isLast);
        };
    }

    private static Event copy(Event.Deliver d, Position position, String id, long payload) {
        return new Event.Deliver(d.subscription(), d.channel(), position, id, payload, d.cursor());
    }

    private static Event position(Event.Ack ack, Position position) {
        return new Event.Ack(ack.channel(), ack.id(), position, ack.repeat());
    }

    /** What is wrong with others is right with a durable subscription, such as that messages come again. */
    private static boolean isOfDurable(Event event) {
        return event instanceof Event.Reading reading
                && reading.subscription().equals(SimulatedHistory.DURABLE)
                && !(event instanceof Event.Attached);
    }

    private <T extends Event> int any(Class<T> type, Predicate<T> fits) {
        var places = new ArrayList<Integer>();
        for (int i = 0; i < entries.size(); i++) {
            if (type.isInstance(entries.get(i).event())
                    && !isOfDurable(entries.get(i).event())
                    && fits.test(type.cast(entries.get(i).event()))) {
                places.add(i);
            }
        }
        return places.isEmpty() ? -1 : places.get(random.nextInt(places.size()));
    }

    private Event.Deliver deliverAt(int index) {
        return (Event.Deliver) entries.get(index).event();
    }

    private void replace(int index, Event event) {
        var before = entries.get(index);
        entries.set(index, new History.Entry(before.nanos(), before.client(), event));
    }

    private void insert(int index, Event event) {
        var neighbour = entries.get(index - 1);
        entries.add(index, new History.Entry(neighbour.nanos(), neighbour.client(), event));
    }

    /** The index of the next event of the subscription, -1 at its end. */
    private int nextOf(String subscription, int after) {
        for (int i = after + 1; i < entries.size(); i++) {
            if (entries.get(i).event() instanceof Event.Reading reading
                    && reading.subscription().equals(subscription)) {
                return i;
            }
        }
        return -1;
    }

    private boolean replaceDeliver(Function<Event.Deliver, Event> change) {
        int at = any(Event.Deliver.class, d -> d.position().offset() > headOf(d.channel()) - SimulatedHistory.KEPT);
        if (at >= 0) {
            replace(at, change.apply(deliverAt(at)));
        }
        return at >= 0;
    }

    private long headOf(String channel) {
        return entries.stream()
                .map(History.Entry::event)
                .filter(event -> event instanceof Event.Ack ack && ack.channel().equals(channel))
                .mapToLong(event -> ((Event.Ack) event).position().offset())
                .max()
                .orElse(0);
    }

    private boolean replaceAck(Function<Event.Ack, Event> change, long from) {
        int at = any(Event.Ack.class, ack -> ack.position().offset() >= from && came(ack));
        if (at >= 0) {
            replace(at, change.apply((Event.Ack) entries.get(at).event()));
        }
        return at >= 0;
    }

    /** All deliveries of the last message of a channel to one subscription. */
    private boolean loseLast() {
        int at = any(Event.Deliver.class, d -> d.position().offset() == headOf(d.channel()));
        if (at < 0) {
            return false;
        }
        var lost = deliverAt(at);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).event() instanceof Event.Deliver d
                    && d.subscription().equals(lost.subscription())
                    && d.channel().equals(lost.channel())
                    && d.position().equals(lost.position())) {
                replace(i, new Event.Place(d.subscription(), d.cursor()));
            }
        }
        return true;
    }

    private boolean gap() {
        int at = any(Event.Deliver.class, d -> d.position().offset() > 1 && followedInChannel(indexOf(d)));
        if (at >= 0) {
            // The cursor moves on, so that a resume goes on after the gap.
            replace(
                    at,
                    new Event.Place(deliverAt(at).subscription(), deliverAt(at).cursor()));
        }
        return at >= 0;
    }

    private int indexOf(Event event) {
        return indexes.getOrDefault(event, -1);
    }

    /** Whether the subscription's next event is the next message of the same channel. */
    private boolean followedInChannel(int at) {
        var here = deliverAt(at);
        int next = nextOf(here.subscription(), at);
        return next >= 0
                && entries.get(next).event() instanceof Event.Deliver then
                && then.channel().equals(here.channel());
    }

    private boolean swapTwo() {
        int at = any(Event.Deliver.class, d -> followedInChannel(indexOf(d)));
        if (at < 0) {
            return false;
        }
        var first = entries.get(at).event();
        int next = nextOf(deliverAt(at).subscription(), at);
        replace(at, entries.get(next).event());
        replace(next, first);
        return true;
    }

    private boolean duplicate() {
        int at = any(Event.Deliver.class, d -> true);
        if (at >= 0) {
            insert(at + 1, deliverAt(at));
        }
        return at >= 0;
    }

    /** After a resume, what the subscription had before its cursor comes again. */
    private boolean beforeCursor() {
        int resume = any(
                Event.Resume.class,
                r -> r.subscription().equals("one channel")
                        && Position.parse(r.cursor()).offset() > 0);
        if (resume < 0) {
            return false;
        }
        long cursor = Position.parse(((Event.Resume) entries.get(resume).event()).cursor())
                .offset();
        for (int i = resume; i >= 0; i--) {
            if (entries.get(i).event() instanceof Event.Deliver d
                    && d.subscription().equals("one channel")
                    && d.position().offset() <= cursor) {
                insert(resume + 2, d);
                return true;
            }
        }
        return false;
    }

    /** A message that came with its first attempt was refused instead. */
    private boolean refuse() {
        int at = any(Event.Ack.class, ack -> !ack.repeat() && attempts(ack) == 1 && came(ack));
        if (at >= 0) {
            var ack = (Event.Ack) entries.get(at).event();
            replace(at, new Event.Refused(ack.channel(), ack.id(), "unavailable"));
        }
        return at >= 0;
    }

    private long attempts(Event.Ack ack) {
        return entries.stream()
                .filter(entry ->
                        entry.event() instanceof Event.Send send && send.id().equals(ack.id()))
                .count();
    }

    private boolean came(Event.Ack ack) {
        return entries.stream().anyMatch(entry -> entry.event() instanceof Event.Deliver d && d.id().equals(ack.id()));
    }

    /** The later of two messages of a channel is said to have been acknowledged before the earlier was sent. */
    private boolean answerFirst() {
        int later = any(Event.Ack.class, ack -> ack.position().offset() > 1 && attempts(ack) == 1);
        if (later < 0) {
            return false;
        }
        var ack = (Event.Ack) entries.get(later).event();
        var acked = entries.remove(later);
        int sent = any(Event.Send.class, send -> send.id().equals(ack.id()));
        var send = entries.remove(sent);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).event() instanceof Event.Send earlier
                    && earlier.channel().equals(ack.channel())) {
                entries.add(i, acked);
                entries.add(i, send);
                return true;
            }
        }
        return false;
    }

    private boolean tellAgain() {
        int at = any(Event.Deliver.class, d -> true);
        if (at >= 0) {
            var d = deliverAt(at);
            insert(at + 1, new Event.Lost(d.subscription(), d.channel(), d.position(), d.position(), ""));
        }
        return at >= 0;
    }

    /** The word comes right after a resume that had something to catch up with. */
    private boolean caughtUpAtOnce() {
        int at = any(Event.Resume.class, r -> {
            int self = indexOf(r);
            int standing = nextOf(r.subscription(), self);
            int next = standing < 0 ? -1 : nextOf(r.subscription(), standing);
            return next >= 0 && entries.get(next).event() instanceof Event.Deliver d && ackedBefore(self, d);
        });
        if (at >= 0) {
            var resume = (Event.Resume) entries.get(at).event();
            insert(at + 2, new Event.CaughtUp(resume.subscription(), ""));
        }
        return at >= 0;
    }

    private boolean ackedBefore(int index, Event.Deliver d) {
        return entries.subList(0, index).stream()
                .anyMatch(entry ->
                        entry.event() instanceof Event.Ack ack && ack.id().equals(d.id()));
    }

    /** The last message of all comes a minute too late. */
    private boolean late() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).event() instanceof Event.Deliver) {
                for (int later = i; later < entries.size(); later++) {
                    var entry = entries.get(later);
                    long nanos = entry.nanos() + Duration.ofMinutes(1).toNanos();
                    entries.set(later, new History.Entry(nanos, entry.client(), entry.event()));
                }
                return true;
            }
        }
        return false;
    }

    private boolean refuseCursor() {
        int at = any(Event.Resume.class, r -> true);
        if (at >= 0) {
            var resume = (Event.Resume) entries.get(at).event();
            insert(at + 1, new Event.ResumeRefused(resume.subscription(), resume.cursor(), "unknown_position"));
        }
        return at >= 0;
    }

    /** A durable subscription, not for the first time attached, goes on from another place than it should. */
    private boolean moveCursor(int by, Predicate<Event.Attached> fits) {
        int at = any(
                Event.Attached.class,
                attached -> attached.cursor().offset() > 0
                        && attachedBefore(attached).findAny().isPresent()
                        && fits.test(attached));
        if (at >= 0) {
            var attached = (Event.Attached) entries.get(at).event();
            long offset = by > 0 ? attached.cursor().offset() + by : 0;
            replace(
                    at,
                    new Event.Attached(
                            attached.subscription(),
                            new Position(attached.cursor().epoch(), offset)));
        }
        return at >= 0;
    }

    /** Whether it had been attached with a cursor that is not the beginning. */
    private boolean hasEarlier(Event.Attached attached) {
        return attachedBefore(attached).anyMatch(before -> before.cursor().offset() > 0);
    }

    private Stream<Event.Attached> attachedBefore(Event.Attached attached) {
        return entries.subList(0, indexOf(attached)).stream()
                .map(History.Entry::event)
                .filter(event -> event instanceof Event.Attached before
                        && before.subscription().equals(attached.subscription()))
                .map(Event.Attached.class::cast);
    }

    private boolean isLast(Event.Attached attached) {
        return entries.subList(indexOf(attached) + 1, entries.size()).stream()
                .noneMatch(entry -> entry.event() instanceof Event.Attached);
    }
}
