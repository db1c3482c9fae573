package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions;
import java.util.List;

/** One client's part in a shared subscription: a membership in each partition that the filter selects channels of. */
final class SharedMembership implements SharedSubscriptions.Membership {
    private final SharedName of;
    private final SharedMember member;
    private final SharedSubscriptions.Receiver receiver;
    private final List<SharedPart> parts;
    private SharedSubscriptions.Terms terms;
    private boolean opened;
    private boolean closed;

    SharedMembership(
            Hub hub,
            SharedMembers members,
            SharedName of,
            SharedMember member,
            SharedSubscriptions.Terms terms,
            SharedSubscriptions.Receiver receiver) {
        this.of = of;
        this.member = member;
        this.terms = terms;
        this.receiver = receiver;
        this.parts = hub.interest()
                .partitions(of.filter())
                .mapToObj(partition -> new SharedPart(hub, members, this, partition))
                .toList();
    }

    void begin() {
        parts.forEach(SharedPart::join);
    }

    /** The window is for all partitions together, but each gives at least one. */
    SharedAction join() {
        int share = Math.ceilDiv(terms.window(), parts.size());
        int window = Math.clamp(share, 1, SharedAction.Join.LARGEST_WINDOW);
        return new SharedAction.Join(window, terms.qos(), terms.keepMs());
    }

    Command command(long generation, SharedAction action) {
        return new Command.Shared(of, member, generation, action);
    }

    SharedSubscriptions.Receiver receiver() {
        return receiver;
    }

    boolean isOpened() {
        return opened;
    }

    boolean isClosed() {
        return closed;
    }

    /** A part stands, perhaps the last that was missing. */
    void joined() {
        if (!opened && !closed && parts.stream().allMatch(SharedPart::isJoined)) {
            opened = true;
            receiver.opened();
        }
    }

    /** A part cannot begin, or cannot go on. */
    void failed(Problem problem) {
        if (!closed) {
            end(opened ? terms.keepMs() : 0);
            if (opened) {
                receiver.ended(problem);
            } else {
                receiver.failed(problem);
            }
        }
    }

    @Override
    public void change(SharedSubscriptions.Terms changed) {
        if (!closed && !changed.equals(terms)) {
            terms = changed;
            parts.forEach(SharedPart::join);
        }
    }

    @Override
    public void end(long keepMs) {
        if (!closed) {
            closed = true;
            SharedAction action = keepMs > 0 ? new SharedAction.Away(keepMs) : new SharedAction.Leave();
            parts.forEach(part -> part.end(action));
        }
    }
}
