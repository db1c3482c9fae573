package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the presence of one partition's channels. The same commands at the same log times, from the same tables, give
 * the same effects. Used by one thread.
 */
public final class PresencePartition {
    /** Most things that one tick does because they are due. */
    private static final int AT_ONCE = 256;

    private static final Keys.Due LOWEST_DUE =
            new Keys.Due(0, Keys.What.MEMBER, Keys.lowest(new ChannelName(Keys.LOWEST)));

    private final Tables tables;
    private final Channels channels;
    private final Visits visits;
    private final Members members;
    private final Nodes nodes;
    private final Queries queries;
    private long clock;
    private PresencePolicies policies;
    private boolean more;

    /** Opens the partition as its tables have it. */
    public PresencePartition(Tables tables) {
        this.tables = tables;
        this.channels = new Channels(tables);
        this.visits = new Visits(tables);
        this.members = new Members(tables, channels, visits);
        this.nodes = new Nodes(tables, members);
        this.queries = new Queries(tables, channels);
        Long stored = tables.clock().get();
        this.clock = stored == null ? 0 : stored;
        PresencePolicies set = tables.policies().get();
        this.policies = set == null ? PresencePolicies.DEFAULT : set;
        this.more = nodes.hasLost();
    }

    /** The policies in force. */
    public PresencePolicies policies() {
        return policies;
    }

    /** Whether a tick at a time, in milliseconds of the Unix epoch, would have something to do. */
    public boolean isDue(long time) {
        return more || !due(time, 1).isEmpty();
    }

    /** Whether a tick is wanted at once, because a command had more to do than one may. */
    public boolean hasMore() {
        return more;
    }

    private List<Keys.Due> due(long time, int most) {
        List<Keys.Due> found = new ArrayList<>();
        tables.dues().tail(LOWEST_DUE, (due, any) -> {
            boolean isDue = due.time() <= time;
            if (isDue) {
                found.add(due);
            }
            return isDue && found.size() < most;
        });
        return found;
    }

    /**
     * Processes a command.
     *
     * @param timestamp its log time in milliseconds of the Unix epoch
     * @param origin who waits for the reply; null where nobody does
     */
    public List<Effect> apply(long timestamp, @Nullable Origin origin, PresenceCommand command) {
        if (timestamp > clock) {
            clock = timestamp;
            tables.clock().put(clock);
        }
        List<Effect> effects = new ArrayList<>(2);
        if (origin != null && nodes.isFenced(origin)) {
            answer(effects, origin, new Reply.Refused(Problem.of(FailureCode.NODE_FENCED)));
            return effects;
        }
        if (origin != null) {
            meet(origin.slot(), origin.incarnation(), effects);
        }
        carryOut(origin, command, effects);
        return effects;
    }

    private void meet(int slot, long incarnation, List<Effect> effects) {
        if (nodes.meet(slot, incarnation, clock)) {
            nodes.loseMembers(clock, policies, effects);
            more = nodes.hasLost();
        }
    }

    private void carryOut(@Nullable Origin origin, PresenceCommand command, List<Effect> effects) {
        switch (command) {
            case PresenceCommand.Enter enter ->
                answer(effects, origin, members.enter(enter, origin, clock, policies, effects));
            case PresenceCommand.Leave leave ->
                answer(effects, origin, members.leave(leave, origin, clock, policies, effects));
            case PresenceCommand.Lost lost ->
                answer(effects, origin, members.lost(lost, origin, clock, policies, effects));
            case PresenceCommand.Members asked -> answer(effects, origin, queries.members(asked, clock));
            case PresenceCommand.Where(String subject) -> answer(effects, origin, queries.where(subject));
            case PresenceCommand.Visits asked -> answer(effects, origin, queries.visits(asked, clock, policies));
            case PresenceCommand.NodeStarted started -> answer(effects, origin, new Reply.Done());
            case PresenceCommand.NodeDead(int slot, long incarnation) -> meet(slot, incarnation + 1, effects);
            case PresenceCommand.Tick tick -> tick(effects);
            case PresenceCommand.SetPolicies(PresencePolicies set) -> {
                tables.policies().put(set);
                policies = set;
            }
        }
    }

    private void tick(List<Effect> effects) {
        nodes.loseMembers(clock, policies, effects);
        List<Keys.Due> all = due(clock, AT_ONCE);
        for (Keys.Due due : all) {
            tables.dues().delete(due);
            switch (due.what()) {
                case MEMBER -> members.leaveDue(due.member(), due.time(), clock, policies, effects);
                case COUNTS -> channels.tellCounts(due.member().channel(), due.time(), clock, effects);
                case SWEEP -> visits.sweep(due.member().channel(), due.time(), clock, policies);
                case SEEN -> visits.forget(due.member(), clock, policies);
            }
        }
        more = all.size() == AT_ONCE || nodes.hasLost();
    }

    private static void answer(List<Effect> effects, @Nullable Origin origin, PresenceReply reply) {
        answer(effects, origin, new Reply.OfPresence(reply));
    }

    private static void answer(List<Effect> effects, @Nullable Origin origin, Reply reply) {
        if (origin != null) {
            effects.add(new Effect.Answer(origin, reply));
        }
    }
}
