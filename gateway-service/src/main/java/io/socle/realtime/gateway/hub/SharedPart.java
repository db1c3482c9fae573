package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A membership in one partition: joins, knows what is under way, and tells the owner what is done, once for each turn of the
 * event loop. A join whose outcome is unknown is asked again until it is known, even where nobody wants it any more: a member
 * that nobody serves would keep what it is given. Confined to its event loop.
 */
final class SharedPart {
    private final Hub hub;
    private final SharedMembers members;
    private final SharedMembership membership;
    private final int partition;
    private final Set<Long> underWay = new HashSet<>();
    private final List<Long> done = new ArrayList<>();
    /** Zero while it does not stand. */
    private long generation;

    private boolean joining;
    private boolean again;
    private boolean collecting;
    private @Nullable SharedAction ending;

    SharedPart(Hub hub, SharedMembers members, SharedMembership membership, int partition) {
        this.hub = hub;
        this.members = members;
        this.membership = membership;
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    long generation() {
        return generation;
    }

    boolean isJoined() {
        return generation != 0;
    }

    SharedSubscriptions.Receiver receiver() {
        return membership.receiver();
    }

    /** Joins, or joins again: then what was under way comes again. */
    void join() {
        tellDone();
        forget();
        again = joining;
        if (!joining) {
            joining = true;
            send(0, membership.join(), this::joined);
        }
    }

    private void forget() {
        members.remove(this);
        generation = 0;
        underWay.clear();
        done.clear();
    }

    private void joined(Reply reply) {
        joining = false;
        switch (reply) {
            case Reply.Joined now
            when ending != null -> {
                generation = now.generation();
                tellEnd(ending);
            }
            case Reply.Joined now when again -> join();
            case Reply.Joined now -> {
                generation = now.generation();
                members.put(this);
                membership.joined();
            }
            case Reply.Refused(Problem problem) -> refused(problem);
            default -> membership.failed(Problem.of(FailureCode.INTERNAL_ERROR));
        }
    }

    private void refused(Problem problem) {
        boolean unknown = problem.code() == FailureCode.TIMEOUT;
        boolean goesOn = membership.isOpened() && !membership.isClosed() && problem.retryable();
        if (unknown || goesOn) {
            hub.later(this::join);
        }
        if (!goesOn) {
            membership.failed(problem);
        }
    }

    /** The owner gives the client a message. */
    void given(long logPosition, SharedMessage message) {
        if (!underWay.add(logPosition)) {
            return;
        }
        if (!hub.budget().reserve(message.size())) {
            // The messages go to others when this client is gone.
            membership.failed(Problem.of(FailureCode.SLOW_CONSUMER));
            return;
        }
        receiver().message(new Waiting(generation, logPosition, message.size()), message);
    }

    /** A message at this node. */
    private final class Waiting implements SharedSubscriptions.Given {
        private final long of;
        private final long logPosition;
        private int size;

        Waiting(long of, long logPosition, int size) {
            this.of = of;
            this.logPosition = logPosition;
            this.size = size;
        }

        @Override
        public void written() {
            hub.budget().release(size);
            size = 0;
        }

        @Override
        public void done() {
            written();
            if (of == generation && ending == null && underWay.remove(logPosition)) {
                done.add(logPosition);
                collect();
            }
        }
    }

    private void collect() {
        if (!collecting) {
            collecting = true;
            hub.loop().execute(this::tellDone);
        }
    }

    private void tellDone() {
        collecting = false;
        if (!done.isEmpty() && generation != 0) {
            long told = generation;
            List<Long> positions = List.copyOf(done);
            done.clear();
            send(told, new SharedAction.Done(positions), reply -> toldDone(told, positions, reply));
        }
    }

    private void toldDone(long told, List<Long> positions, Reply reply) {
        if (told != generation || ending != null || !(reply instanceof Reply.Refused(Problem problem))) {
            return;
        }
        if (problem.retryable()) {
            done.addAll(positions);
            hub.later(this::collect);
        } else if (problem.code() == FailureCode.SUBSCRIPTION_UNKNOWN) {
            join();
        } else {
            membership.failed(problem);
        }
    }

    void end(SharedAction action) {
        tellDone();
        ending = action;
        members.remove(this);
        if (generation != 0) {
            tellEnd(action);
        }
    }

    private void tellEnd(SharedAction action) {
        send(generation, action, reply -> {
            if (reply instanceof Reply.Refused(Problem problem) && problem.retryable()) {
                hub.later(() -> tellEnd(action));
            }
        });
    }

    private void send(long of, SharedAction action, Consumer<Reply> answered) {
        hub.command(partition, membership.command(of, action), (from, logPosition, reply) -> answered.accept(reply));
    }
}
