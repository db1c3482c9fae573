package io.socle.realtime.channel.core;

import io.socle.realtime.channel.core.SharedMemberState.Node;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Shared subscriptions (MQTT 5 section 4.8.2): each message goes to one member of a group, and to another where that one is
 * gone before it has acknowledged it (clauses MQT-100 to MQT-112, ADR 0014).
 */
final class SharedGroups {
    private final SharedTables tables;
    private final SharedBounds bounds;
    private final SharedDispatch dispatch;
    private final SharedDirectory directory;
    /** Groups that may have something to give out, sorted, so that a replay serves them in the same order. */
    private final Set<String> ready = new TreeSet<>();

    /** Reads the tables. */
    SharedGroups(Tables tables, SharedBounds bounds) {
        this.tables = tables.shared();
        this.bounds = bounds;
        this.dispatch = new SharedDispatch(tables, bounds);
        this.directory = new SharedDirectory(tables.shared(), bounds);
        directory.all().forEach(group -> {
            if (group.isReady()) {
                ready.add(group.name());
            }
        });
    }

    /** Carries a command out and answers it; {@link #serve} gives out what it made room for. */
    Reply apply(Command.Shared command, @Nullable Origin origin, PartitionState now) {
        try {
            Reply reply = command.action() instanceof SharedAction.Join join
                    ? join(command, join, origin, now)
                    : change(command, now.clock());
            ready.add(command.of().value());
            return reply;
        } catch (ProblemException e) {
            return new Reply.Refused(e.problem());
        }
    }

    private Reply change(Command.Shared command, long clock) {
        SharedGroup group = directory.get(command.of().value());
        Membership member = group == null ? null : group.member(command.member().value());
        if (group == null || member == null) {
            throw new ProblemException(FailureCode.SUBSCRIPTION_UNKNOWN, "the group has no such member");
        }
        check(command, member);
        switch (command.action()) {
            case SharedAction.Done done -> done.logPositions().forEach(each -> group.done(member, each));
            case SharedAction.Away away -> end(group, member, away.keepMs(), clock);
            default -> end(group, member, 0, clock);
        }
        return new Reply.Done();
    }

    /** Who does not know the generation may only end a membership that is away. */
    private static void check(Command.Shared command, Membership member) {
        boolean free = command.action() instanceof SharedAction.Leave && !member.isAttached();
        if (command.generation() != member.generation() || (command.generation() == 0 && !free)) {
            throw new ProblemException(FailureCode.TAKEN_OVER, "the membership is over, or taken over");
        }
    }

    private Reply join(Command.Shared command, SharedAction.Join join, @Nullable Origin origin, PartitionState now) {
        if (origin == null) {
            throw new ProblemException(FailureCode.MISSING_FIELD, "a join without an origin");
        }
        if (join.window() < 1 || join.window() > bounds.window() || join.keepMs() < 0) {
            throw new ProblemException(
                    FailureCode.INVALID_VALUE,
                    "window is not between 1 and " + bounds.window() + ", or keep is negative");
        }
        long generation = now.lastPosition() + 1;
        SharedMemberState state = new SharedMemberState(
                command.member().subject(),
                generation,
                join.window(),
                join.qos(),
                join.keepMs(),
                new Node(origin.slot(), origin.incarnation()),
                0);
        directory.join(command.of(), command.member().value(), state);
        return new Reply.Joined(generation);
    }

    /** The member is away for so long, or for good. */
    private void end(SharedGroup group, Membership member, long keepMs, long clock) {
        if (keepMs > 0) {
            long until = keepMs > Long.MAX_VALUE - clock ? Long.MAX_VALUE : clock + keepMs;
            directory.change(group, member, member.state().away(until));
        } else {
            directory.remove(group, member);
        }
        ready.add(group.name());
    }

    /** A life of a slot is over: its members are away, or gone. */
    void slotEnded(int slot, long clock) {
        for (Membership member : directory.at(slot)) {
            end(directory.of(member), member, member.state().keepMs(), clock);
        }
    }

    /** Ends memberships that were away for too long. */
    void tick(long clock) {
        for (Membership member : directory.expired(clock)) {
            end(directory.of(member), member, 0, clock);
        }
    }

    /** A publication was appended: it goes to a member of each group that has it, or is left for later. */
    void published(RealtimeMessage message, PartitionState now, List<Effect> effects) {
        for (SharedGroup group : directory.matching(message.channel())) {
            if (group.isLive()) {
                dispatch.publication(group, now, message, effects);
            } else if (group.behind() == null) {
                group.behind(now.lastPosition() - 1);
                group.save();
            }
        }
    }

    /** Gives out what there is room for, as much as one command may. */
    void serve(PartitionState now, List<Effect> effects) {
        if (ready.isEmpty()) {
            return;
        }
        SharedTurn turn = new SharedTurn(bounds);
        for (String name : List.copyOf(ready)) {
            SharedGroup group = directory.get(name);
            // What is done may depend on the tables only, not on what this process happens to remember.
            if (group != null && group.isReady()) {
                dispatch.serve(group, now, turn, effects);
            }
            if (turn.isSpent()) {
                return;
            }
            ready.remove(name);
        }
    }

    /** Whether there is more to give out than one command might. */
    boolean hasMore() {
        return !ready.isEmpty();
    }

    /** Whether a tick would do something. */
    boolean isDue(long clock) {
        return hasMore() || directory.hasExpired(clock);
    }
}
