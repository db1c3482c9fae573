package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.log.ReplyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One link's attachment to a durable subscription: attaches at the owner, tells it of acknowledgements in batches, knows
 * what is unacknowledged for too long, detaches. Confined to the link's event loop.
 */
final class DurableAttachment {
    /** How long acknowledgements are collected before the owner is told of the last. */
    private static final Duration BATCH = Duration.ofMillis(200);

    private final Hub hub;
    private final DurableName of;
    private final SubscriptionRequest.Durable wanted;
    private final Consumer<Problem> over;
    private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
    private boolean asked;
    private boolean detached;
    /** Zero while not attached. */
    private long generation;

    private long epoch;
    private boolean existed;
    /** What the client has acknowledged, and what of it the owner was told. */
    private long acked;

    private long told;
    private boolean collecting;
    private long delivered;
    /** Whether what was missed is still being sent; then how much so far, and up to where. */
    private boolean flushing;

    private long flushed;
    private long flushedTo;

    private record Sent(long offset, Instant at) {}

    DurableAttachment(Hub hub, DurableName of, SubscriptionRequest.Durable wanted, Consumer<Problem> over) {
        this.hub = hub;
        this.of = of;
        this.wanted = wanted;
        this.over = over;
    }

    /** Where a new one begins; null for now. Throws IllegalArgumentException where a cursor is none of a channel. */
    static Read.@Nullable Start start(@Nullable Since since) {
        return switch (since) {
            case null -> null;
            case Since.AtPosition(Position position) -> new Read.Start.After(position);
            case Since.AtCursor(String cursor) -> new Read.Start.After(Position.parse(cursor));
            case Since.Last(long messages) -> new Read.Start.Last(messages);
            case Since.AtTime(Instant time) -> new Read.Start.Since(time);
        };
    }

    /** Attaches, once; the place to go on from is told later, or why there is none. */
    void attach(Read.@Nullable Start start, Consumer<Position> attached) {
        if (!asked) {
            asked = true;
            send(0, new DurableAction.Attach(start, wanted.pull()), (partition, logPosition, reply) -> {
                switch (reply) {
                    case Reply.Attached late when detached -> send(late.generation(), new DurableAction.Detach(0));
                    case Reply.Attached now -> {
                        take(now);
                        attached.accept(now.cursor());
                    }
                    case Reply.Refused(Problem problem) -> over.accept(problem);
                    default -> over.accept(Problem.of(FailureCode.INTERNAL_ERROR));
                }
            });
        }
    }

    private void take(Reply.Attached now) {
        generation = now.generation();
        epoch = now.cursor().epoch();
        existed = now.existed();
        acked = now.cursor().offset();
        told = acked;
        delivered = now.delivered();
        flushing = existed;
    }

    boolean isOf(long attachment) {
        return generation != 0 && generation == attachment;
    }

    boolean existed() {
        return existed;
    }

    long acked() {
        return acked;
    }

    /** Offset up to which messages are known to have been sent, by this attachment or an earlier one. */
    long delivered() {
        return delivered;
    }

    void wrote(long offset, Instant now) {
        delivered = Math.max(delivered, offset);
        if (offset > acked) {
            unacknowledged.add(new Sent(offset, now));
        }
    }

    /** Whether something was sent so long ago that it is to be sent again. */
    boolean isOverdue(Instant now) {
        Sent oldest = unacknowledged.peekFirst();
        // What was sent later than now was sent before the clock was set back: how long ago is not known.
        return oldest != null
                && (oldest.at().isAfter(now) || !now.isBefore(oldest.at().plus(wanted.ackTime())));
    }

    /** Everything that is not acknowledged is sent again. */
    void rewind() {
        unacknowledged.clear();
    }

    /** The client has everything up to an offset. */
    void acknowledge(long offset) {
        acked = Math.max(acked, offset);
        while (!unacknowledged.isEmpty() && unacknowledged.peekFirst().offset() <= offset) {
            unacknowledged.removeFirst();
        }
        collect(BATCH);
    }

    private void collect(Duration delay) {
        if (!collecting && acked > told) {
            collecting = true;
            hub.later(delay, this::tellCollected);
        }
    }

    private void tellCollected() {
        collecting = false;
        if (!detached && generation != 0 && acked > told) {
            tell((partition, logPosition, reply) -> told(reply));
        }
    }

    private void tell(ReplyHandler handler) {
        told = acked;
        send(generation, new DurableAction.Ack(new Position(epoch, acked), delivered), handler);
    }

    private void told(Reply reply) {
        if (detached || !(reply instanceof Reply.Refused(Problem problem))) {
            return;
        }
        if (problem.retryable()) {
            // Whatever the owner knows, it takes the same cursor again.
            told = -1;
            collect(BATCH.multipliedBy(5));
        } else {
            ended();
            over.accept(problem);
        }
    }

    /** Counts a message that waited while nobody was attached. */
    void flushing(long offset) {
        if (flushing && offset > flushedTo) {
            flushed++;
            flushedTo = offset;
        }
    }

    /** How many had waited; they have all been sent now, so this answers once. */
    long flushed() {
        long count = flushing ? flushed : 0;
        flushing = false;
        return count;
    }

    /** The owner says that this attachment is over, so it need not be told. */
    void ended() {
        generation = 0;
        detached = true;
    }

    /** Tells the owner at once what was acknowledged, and that nobody is attached. */
    void detach() {
        if (!detached && generation != 0) {
            if (acked > told) {
                tell(ReplyHandler.IGNORE);
            }
            send(generation, new DurableAction.Detach(delivered));
        }
        detached = true;
    }

    /** Has it forgotten; the handler is told of the owner's decision. */
    void delete(ReplyHandler handler) {
        detached = true;
        send(generation, new DurableAction.Delete(), handler);
    }

    private void send(long attachment, DurableAction action) {
        send(attachment, action, ReplyHandler.IGNORE);
    }

    private void send(long attachment, DurableAction action, ReplyHandler handler) {
        hub.command(of.channel(), new Command.Durable(of, attachment, action), handler);
    }
}
