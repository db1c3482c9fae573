package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owner of one partition's channels. The same commands at the same log positions and times, from the same tables,
 * give the same effects. Used by one thread.
 */
public final class Partition {
    /** Highest slot number that a command may name: slots are bits of a set. */
    private static final int HIGHEST_SLOT = 0xffff;

    private final Tables tables;
    private final long clusterHash;
    private final History history;
    private final HistoryReader reader;
    private final PublicationIndex index;
    private final Interests interests;
    private final Watches watches;
    private final Publisher publisher;
    private final Durables durables;
    private final Sessions sessions;
    private final Lives lives;
    private final Deletions deletions;
    private final SharedGroups shared;
    private PartitionState state;
    private Policies policies;

    /**
     * Opens the partition as its tables have it.
     *
     * @param clusterHash of the cluster's id; its lower 24 bits go into the epochs of new channels
     */
    public Partition(Tables tables, Bounds bounds, int clusterHash) {
        this(tables, bounds, SharedBounds.DEFAULT, clusterHash);
    }

    /** Opens it with other limits of shared subscriptions. */
    public Partition(Tables tables, Bounds bounds, SharedBounds sharing, int clusterHash) {
        this.tables = tables;
        this.clusterHash = (long) (clusterHash & 0xffffff) << ChannelState.LOG_POSITION_BITS;
        this.history = new History(tables);
        this.reader = new HistoryReader(tables);
        this.interests = new Interests(tables, bounds);
        this.watches = new Watches(tables, bounds, interests);
        PartitionState stored = tables.partition().get();
        this.state = stored == null ? PartitionState.NEW : stored;
        this.index = new PublicationIndex(tables, bounds.indexPublications(), state);
        this.lives = new Lives(tables, bounds.purgedAtOnce());
        this.publisher = new Publisher(tables, bounds, history, index, lives);
        this.durables = new Durables(tables, reader, interests, lives);
        this.sessions = new Sessions(tables, interests, bounds);
        this.deletions = new Deletions(tables, history, interests, lives);
        this.shared = new SharedGroups(tables, sharing);
        Policies set = tables.policies().get();
        this.policies = set == null ? Policies.DEFAULT : set;
    }

    /** The policies in force. */
    public Policies policies() {
        return policies;
    }

    /** Whether a tick at a time, in milliseconds of the Unix epoch, would have something to do. */
    public boolean isDue(long time) {
        return history.isDue(time)
                || durables.isDue(time)
                || sessions.isDue(time)
                || lives.hasRemains()
                || shared.isDue(time);
    }

    /** Whether a tick is wanted at once, because a command had more to do than one may. */
    public boolean hasMore() {
        return shared.hasMore();
    }

    /**
     * Processes a command.
     *
     * @param logPosition its offset in the partition, greater than every earlier one
     * @param timestamp its log time in milliseconds of the Unix epoch
     * @param origin who waits for the reply; null where nobody does
     * @throws IllegalArgumentException where a slot is out of range
     */
    public List<Effect> apply(long logPosition, long timestamp, @Nullable Origin origin, Command command) {
        checkSlots(origin, command);
        PartitionState before = state;
        PartitionState now = before.at(new Moment(logPosition, Math.max(timestamp, before.clock())));
        now = index.evict(now, before.clock(), policies);
        List<Effect> effects = new ArrayList<>(3);
        if (origin != null && interests.isFenced(origin)) {
            answer(effects, origin, new Reply.Refused(Problem.of(FailureCode.NODE_FENCED)));
        } else {
            if (origin != null) {
                meet(origin.slot(), origin.incarnation(), now, effects);
            }
            now = carryOut(now, origin, command, effects);
            shared.serve(now, effects);
        }
        tables.partition().put(now);
        state = now;
        return effects;
    }

    private void meet(int slot, long incarnation, PartitionState now, List<Effect> effects) {
        if (interests.meet(slot, incarnation)) {
            shared.slotEnded(slot, now.clock());
            watches.slotEnded(slot, effects);
            sessions.slotEnded(slot);
        }
    }

    private static void checkSlots(@Nullable Origin origin, Command command) {
        int asking = origin == null ? 0 : origin.slot();
        int dead = command instanceof Command.NodeDead node ? node.slot() : 0;
        if (asking < 0 || dead < 0 || asking > HIGHEST_SLOT || dead > HIGHEST_SLOT) {
            throw new IllegalArgumentException("a slot is not between 0 and " + HIGHEST_SLOT);
        }
    }

    private PartitionState carryOut(
            PartitionState now, @Nullable Origin origin, Command command, List<Effect> effects) {
        switch (command) {
            case Command.Publish publish -> {
                return publish(now, origin, publish, effects);
            }
            case Command.Subscribe subscribe -> answer(effects, origin, subscribe(now, origin, subscribe, effects));
            case Command.Unsubscribe unsubscribe -> {
                if (origin != null && interests.remove(origin.slot(), unsubscribe.filter())) {
                    interestChanged(unsubscribe.filter(), effects);
                }
                answer(effects, origin, new Reply.Done());
            }
            case Command.Watch watch -> answer(effects, origin, watch(origin, watch.channel(), effects));
            case Command.Unwatch unwatch -> {
                if (origin != null) {
                    watches.remove(origin.slot(), unwatch.channel());
                }
                answer(effects, origin, new Reply.Done());
            }
            case Command.NodeStarted started -> answer(effects, origin, new Reply.Done());
            case Command.NodeDead dead -> meet(dead.slot(), dead.incarnation() + 1, now, effects);
            case Command.Durable durable -> durable(now, origin, durable, effects);
            case Command.Session session -> sessions.apply(session, origin, at(now), effects);
            case Command.WillPublished published -> sessions.willPublished(published.generation());
            case Command.Delete delete -> answer(effects, origin, deletions.apply(delete, effects));
            case Command.Shared member -> answer(effects, origin, shared.apply(member, origin, now));
            case Command.InRoom room ->
                answer(
                        effects,
                        origin,
                        new Reply.Refused(new Problem(FailureCode.INVALID_VALUE, "no command to a channel's owner")));
            case Command.Tick tick -> {
                shared.tick(now.clock());
                lives.purge();
                history.tick(now.clock(), this::policyOf);
                durables.tick(now.clock(), this::policyOf);
                sessions.tick(now.clock(), effects);
            }
            case Command.SetPolicies set -> setPolicies(set.policies(), now.clock());
        }
        return now;
    }

    private static Moment at(PartitionState now) {
        return new Moment(now.lastPosition(), now.clock());
    }

    private Policies.Policy policyOf(String channel) {
        return policies.of(new ChannelName(channel).namespace());
    }

    private PartitionState publish(
            PartitionState now, @Nullable Origin origin, Command.Publish publish, List<Effect> effects) {
        Publisher.Outcome outcome = publisher.publish(now, publish, policies, epochAt(now));
        RealtimeMessage appended = outcome.appended();
        if (appended != null) {
            BitSet wanting = interests.wanting(appended.channel());
            for (int slot = wanting.nextSetBit(0); slot >= 0; slot = wanting.nextSetBit(slot + 1)) {
                effects.add(new Effect.Deliver(slot, interests.incarnation(slot), appended));
            }
        }
        answer(effects, origin, outcome.reply());
        if (appended != null) {
            shared.published(appended, outcome.state(), effects);
        }
        return outcome.state();
    }

    private long epochAt(PartitionState now) {
        return clusterHash | now.lastPosition();
    }

    private Reply subscribe(
            PartitionState now, @Nullable Origin origin, Command.Subscribe subscribe, List<Effect> effects) {
        if (origin == null) {
            return nobodyAsks("subscribe");
        }
        ChannelFilter filter = subscribe.filter();
        switch (interests.add(origin.slot(), filter)) {
            case FULL -> {
                return nodeIsFull();
            }
            case ADDED -> interestChanged(filter, effects);
            case KNOWN -> {}
        }
        if (!filter.isExact() || subscribe.ephemeral()) {
            return new Reply.Subscribed(null);
        }
        ChannelState channel = tables.channels().get(filter.value());
        if (channel == null) {
            channel = lives.begin(filter.value(), epochAt(now), now.clock());
            tables.channels().put(filter.value(), channel);
        }
        return new Reply.Subscribed(channel.headPosition());
    }

    private Reply watch(@Nullable Origin origin, ChannelName channel, List<Effect> effects) {
        if (origin == null) {
            return nobodyAsks("watch");
        }
        return watches.add(origin.slot(), channel, effects) ? new Reply.Done() : nodeIsFull();
    }

    private void interestChanged(ChannelFilter filter, List<Effect> effects) {
        if (filter.isExact()) {
            watches.changed(new ChannelName(filter.value()), effects);
        } else {
            watches.anyChanged(effects);
        }
    }

    private static Reply nobodyAsks(String command) {
        return new Reply.Refused(new Problem(FailureCode.MISSING_FIELD, "a " + command + " without an origin"));
    }

    private static Reply nodeIsFull() {
        return new Reply.Refused(
                new Problem(FailureCode.TOO_MANY_SUBSCRIPTIONS, "the gateway node has as many as one owner allows"));
    }

    private void durable(PartitionState now, @Nullable Origin origin, Command.Durable command, List<Effect> effects) {
        Policies.Durables allowed =
                policies.of(command.of().channel().namespace()).durables();
        answer(effects, origin, durables.apply(command, origin, new Durables.At(now, epochAt(now), allowed), effects));
    }

    private void setPolicies(Policies set, long now) {
        tables.policies().put(set);
        policies = set;
        history.rearm(now);
    }

    private static void answer(List<Effect> effects, @Nullable Origin origin, Reply reply) {
        if (origin != null) {
            effects.add(new Effect.Answer(origin, reply));
        }
    }

    /** What to tell each node with interest about once a second, so that silence means something; changes nothing. */
    public List<Effect> watermarks() {
        return interests.watermarks(state.lastPosition());
    }

    /**
     * Answers a read; changes nothing, so that reads need no order among commands.
     *
     * @param timestamp the read's log time, for what has expired by then
     */
    public List<Effect> read(long timestamp, Origin origin, Read read) {
        long now = Math.max(timestamp, state.clock());
        return List.of(new Effect.Answer(origin, reply(now, origin, read)));
    }

    private Reply reply(long now, Origin origin, Read read) {
        if (interests.isFenced(origin)) {
            return new Reply.Refused(Problem.of(FailureCode.NODE_FENCED));
        }
        try {
            return switch (read) {
                case Read.Forward forward -> reader.forward(forward, now);
                case Read.Backward backward -> reader.backward(backward, now);
                case Read.Filtered filtered -> new FilterReader(tables, state, now, filtered).page(index);
                case Read.Retained retained ->
                    reader.retained(retained.channel().value(), now);
                case Read.RetainedMatching matching -> new RetainedReader(tables, now, matching).page();
            };
        } catch (ProblemException e) {
            return new Reply.Refused(e.problem());
        }
    }
}
