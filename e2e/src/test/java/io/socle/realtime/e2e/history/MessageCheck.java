package io.socle.realtime.e2e.history;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.history.Violation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds for messages whoever sees them: one place for each, one message at each place, and only what was sent. */
final class MessageCheck {
    private final List<Violation> found;
    private final Map<Name, Message> messages = new HashMap<>();
    private final Map<Place, String> atPlaces = new HashMap<>();
    private final Map<String, Position> heads = new HashMap<>();
    private final Map<String, Position> ackedHeads = new HashMap<>();
    private final Map<String, List<Message>> acked = new HashMap<>();
    private final Set<String> resumedCursors = new HashSet<>();
    private long publications;
    private @Nullable Long healedNanos;

    private record Name(String channel, String id) {}

    private record Place(String channel, Position position) {}

    /** One message and all that became of it. */
    static final class Message {
        final String channel;
        final String id;
        final long payload;
        /** Where in the history it was first sent. */
        final int sentAt;
        /** The channel's newest acknowledged place when it was first sent. */
        private final @Nullable Position after;

        private int attempts = 1;
        private int refusals;
        private boolean delivered;
        private @Nullable Position position;
        private int ackedAt = -1;
        private long ackedNanos;

        Message(Event.Send send, int sentAt, @Nullable Position after) {
            this.channel = send.channel();
            this.id = send.id();
            this.payload = send.payload();
            this.sentAt = sentAt;
            this.after = after;
        }

        /** Where it is; only of an acknowledged or delivered one. */
        Position position() {
            if (position == null) {
                throw new IllegalStateException(id + " has no position");
            }
            return position;
        }

        /** Where in the history it was first acknowledged. */
        int ackedAt() {
            return ackedAt;
        }

        long ackedNanos() {
            return ackedNanos;
        }

        @Override
        public String toString() {
            return "%s of %s at %s".formatted(id, channel, position);
        }
    }

    MessageCheck(List<Violation> found) {
        this.found = found;
    }

    void add(int index, History.Entry entry) {
        switch (entry.event()) {
            case Event.Send send -> sent(index, send);
            case Event.Ack ack -> acknowledged(index, entry.nanos(), ack);
            case Event.Refused refused -> known(refused).refusals++;
            case Event.Unknown unknown -> known(unknown);
            case Event.Deliver deliver -> delivered(deliver);
            case Event.Resume resume -> resumedCursors.add(resume.cursor());
            case Event.Healed healed -> healedNanos = entry.nanos();
            default -> {}
        }
    }

    private void sent(int index, Event.Send send) {
        var name = new Name(send.channel(), send.id());
        Message before = messages.get(name);
        if (before == null) {
            messages.put(name, new Message(send, index, ackedHeads.get(send.channel())));
        } else {
            before.attempts++;
        }
    }

    private Message known(Event.Publishing event) {
        Message message = messages.get(new Name(event.channel(), event.id()));
        if (message == null) {
            throw new IllegalArgumentException("an answer to what was never sent: " + event);
        }
        return message;
    }

    private void acknowledged(int index, long nanos, Event.Ack ack) {
        Message message = known(ack);
        if (message.ackedAt < 0) {
            message.ackedAt = index;
            message.ackedNanos = nanos;
            acked.computeIfAbsent(ack.channel(), channel -> new ArrayList<>()).add(message);
        }
        seen(message, ack.position());
        ackedHeads.merge(ack.channel(), ack.position(), MessageCheck::later);
    }

    private void delivered(Event.Deliver deliver) {
        Message message = messages.get(new Name(deliver.channel(), deliver.id()));
        if (message == null) {
            found.add(new Violation(Kind.NEVER_SENT, deliver.toString()));
            return;
        }
        if (message.payload != deliver.payload()) {
            found.add(new Violation(Kind.PAYLOAD_CHANGED, deliver + ", sent was " + message.payload));
        }
        message.delivered = true;
        seen(message, deliver.position());
    }

    private void seen(Message message, Position position) {
        if (message.position == null) {
            message.position = position;
            publications++;
        } else if (!message.position.equals(position)) {
            found.add(new Violation(Kind.ID_AT_TWO_POSITIONS, message + ", also at " + position));
        }
        String other = atPlaces.putIfAbsent(new Place(message.channel, position), message.id);
        if (other != null && !other.equals(message.id)) {
            found.add(new Violation(Kind.TWO_AT_A_POSITION, message + ", where also is " + other));
        }
        Position head = heads.get(message.channel);
        if (head != null && head.epoch() != position.epoch()) {
            found.add(new Violation(Kind.EPOCH_CHANGED, message.channel + " had " + head + " and has " + position));
        }
        heads.merge(message.channel, position, MessageCheck::later);
    }

    private static Position later(Position one, Position other) {
        return one.offset() >= other.offset() ? one : other;
    }

    void finish() {
        for (Message message : messages.values()) {
            Position position = message.position;
            if (position != null && message.after != null && position.offset() <= message.after.offset()) {
                found.add(new Violation(
                        Kind.BEHIND_AN_ACK, message + " was sent after " + message.after + " was acknowledged"));
            }
            if (message.delivered && message.refusals == message.attempts) {
                found.add(new Violation(
                        Kind.REFUSED_BUT_PUBLISHED, message + " was refused " + message.refusals + " times"));
            }
        }
    }

    /** The acknowledged messages of a channel, in the order of their acknowledgements. */
    List<Message> acked(String channel) {
        return acked.getOrDefault(channel, List.of());
    }

    /** The highest offset ever seen in a channel. */
    long head(String channel) {
        Position head = heads.get(channel);
        return head == null ? 0 : head.offset();
    }

    /** How many messages were published at all. */
    long publications() {
        return publications;
    }

    /** Whether a subscription ever resumes from this cursor. */
    boolean isResumedFrom(String cursor) {
        return resumedCursors.contains(cursor);
    }

    /** Says how much too late something was done; what was due before the heal is due with the heal. */
    Optional<String> late(long dueNanos, long doneNanos, String what, Duration limit) {
        Long healed = healedNanos;
        return healed != null && doneNanos - Math.max(dueNanos, healed) > limit.toNanos()
                ? Optional.of("%s came %d ms after the heal".formatted(what, (doneNanos - healed) / 1_000_000))
                : Optional.empty();
    }

    /** When the last fault was over; null where none was declared. */
    @Nullable
    Long healedNanos() {
        return healedNanos;
    }
}
