package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Durable subscriptions: named cursors on channels' histories, each with at most one attachment. They hold no messages
 * and keep none from being trimmed (clauses DUR).
 */
final class Durables {
    private final Tables tables;
    private final HistoryReader reader;
    private final Interests interests;
    private final Lives lives;

    /**
     * The circumstances of a command.
     *
     * @param newEpoch of a channel that it creates
     */
    record At(PartitionState state, long newEpoch, Policies.Durables allowed) {
        long clock() {
            return state.clock();
        }
    }

    Durables(Tables tables, HistoryReader reader, Interests interests, Lives lives) {
        this.tables = tables;
        this.reader = reader;
        this.interests = interests;
        this.lives = lives;
    }

    /** Carries a command out and answers it; what others are to be told is added to the effects. */
    Reply apply(Command.Durable command, @Nullable Origin origin, At at, List<Effect> effects) {
        String name = command.of().channel().value();
        ChannelState stored = tables.channels().get(name);
        ChannelState channel = stored == null ? lives.begin(name, at.newEpoch(), at.clock()) : stored;
        Keys.Durable key = Keys.Durable.of(command.of(), channel);
        DurableState known = tables.durables().get(key);
        try {
            if (command.action() instanceof DurableAction.Attach attach) {
                return known == null
                        ? create(key, channel, attach, origin, at)
                        : takeOver(key, known, attach, origin, at, effects);
            }
            DurableState held = held(known, command);
            return switch (command.action()) {
                case DurableAction.Ack ack -> acknowledge(key, held, ack, at);
                case DurableAction.Detach detach -> detach(key, held, detach, at);
                default -> delete(key, held, command.generation(), effects);
            };
        } catch (ProblemException e) {
            return new Reply.Refused(e.problem());
        }
    }

    /** The state, where whoever asks may change it: the present attachment, or anybody where there is none. */
    private DurableState held(@Nullable DurableState known, Command.Durable command) {
        if (known == null) {
            throw new ProblemException(Problem.of(FailureCode.DURABLE_UNKNOWN));
        }
        boolean free = command.action() instanceof DurableAction.Delete || !isAttached(known);
        if (command.generation() != known.generation() && !(command.generation() == 0 && free)) {
            throw new ProblemException(Problem.of(FailureCode.TAKEN_OVER));
        }
        return known;
    }

    private boolean isAttached(DurableState state) {
        DurableState.Attachment attachment = state.attachment();
        return attachment != null && isAlive(attachment);
    }

    /** Zero stands for no attachment. */
    private static long generation(At at) {
        return at.state().lastPosition() + 1;
    }

    private Reply create(
            Keys.Durable key, ChannelState channel, DurableAction.Attach attach, @Nullable Origin origin, At at) {
        Read.Start start = attach.start();
        String name = ChannelState.nameOf(key.channel());
        long cursor = start == null ? channel.head() : reader.begin(name, channel, start) - 1;
        if (channel.durables() >= at.allowed().perChannel()) {
            throw new ProblemException(Problem.of(FailureCode.TOO_MANY_DURABLES));
        }
        tables.channels().put(name, channel.withDurables(channel.durables() + 1));
        long timer = later(at.clock(), at.allowed());
        DurableState state =
                new DurableState(cursor, cursor, generation(at), attachment(attach, origin), at.clock(), timer);
        tables.durables().put(key, state);
        tables.expiries().put(new Keys.Expiry(timer, key), Tables.Mark.SET);
        return attached(channel, state, false);
    }

    private Reply takeOver(
            Keys.Durable key,
            DurableState known,
            DurableAction.Attach attach,
            @Nullable Origin origin,
            At at,
            List<Effect> effects) {
        end(key, known, Problem.of(FailureCode.TAKEN_OVER), effects);
        DurableState state = known.attached(attachment(attach, origin), generation(at), at.clock());
        tables.durables().put(key, state);
        return attached(channel(key), state, true);
    }

    private static DurableState.@Nullable Attachment attachment(DurableAction.Attach attach, @Nullable Origin origin) {
        return attach.pull() || origin == null
                ? null
                : new DurableState.Attachment(origin.slot(), origin.incarnation());
    }

    private static Reply attached(ChannelState channel, DurableState state, boolean existed) {
        Position cursor = new Position(channel.epoch(), state.acked());
        return new Reply.Attached(cursor, state.generation(), existed, state.delivered());
    }

    private Reply acknowledge(Keys.Durable key, DurableState held, DurableAction.Ack ack, At at) {
        ChannelState channel = channel(key);
        long offset = HistoryReader.checked(channel, ack.position(), channel.head());
        long delivered = Math.min(ack.delivered(), channel.head());
        tables.durables().put(key, held.acked(offset, delivered, at.clock()));
        return new Reply.Done();
    }

    private Reply detach(Keys.Durable key, DurableState held, DurableAction.Detach detach, At at) {
        long delivered = Math.min(detach.delivered(), channel(key).head());
        tables.durables().put(key, held.detached(delivered, at.clock()));
        return new Reply.Done();
    }

    private Reply delete(Keys.Durable key, DurableState held, long generation, List<Effect> effects) {
        if (generation == 0) {
            Problem deleted = new Problem(FailureCode.DURABLE_UNKNOWN, "the durable subscription was deleted");
            end(key, held, deleted, effects);
        }
        remove(key, held);
        return new Reply.Done();
    }

    private void remove(Keys.Durable key, DurableState state) {
        tables.durables().delete(key);
        tables.expiries().delete(new Keys.Expiry(state.timer(), key));
        ChannelState channel = channel(key);
        tables.channels().put(ChannelState.nameOf(key.channel()), channel.withDurables(channel.durables() - 1));
    }

    /** Tells the attachment, if there is a living one, that it is over. */
    private void end(Keys.Durable key, DurableState state, Problem why, List<Effect> effects) {
        DurableState.Attachment attachment = state.attachment();
        if (attachment != null && isAlive(attachment)) {
            effects.add(new Effect.EndDurable(
                    attachment.slot(),
                    attachment.incarnation(),
                    new ChannelName(ChannelState.nameOf(key.channel())),
                    state.generation(),
                    why));
        }
    }

    private boolean isAlive(DurableState.Attachment attachment) {
        return !interests.isFenced(new Origin(attachment.slot(), attachment.incarnation(), 0));
    }

    private ChannelState channel(Keys.Durable key) {
        ChannelState channel = tables.channels().get(ChannelState.nameOf(key.channel()));
        if (channel == null) {
            throw new IllegalStateException("a durable subscription has no channel");
        }
        return channel;
    }

    private static long later(long time, Policies.Durables allowed) {
        long age = Math.max(1, allowed.expireAfter().toMillis());
        return age > Long.MAX_VALUE - time ? Long.MAX_VALUE : time + age;
    }

    /** Forgets those that nobody has been attached to for too long. */
    void tick(long now, Function<String, Policies.Policy> policies) {
        List<Keys.Expiry> due = new ArrayList<>();
        tables.expiries().all((key, mark) -> {
            boolean wanted = key.time() <= now && due.size() < Bounds.DURABLES_PER_TICK;
            if (wanted) {
                due.add(key);
            }
            return wanted;
        });
        for (Keys.Expiry expiry : due) {
            tables.expiries().delete(expiry);
            DurableState state = tables.durables().get(expiry.of());
            if (state != null && lives.isPresent(expiry.of().channel())) {
                String name = ChannelState.nameOf(expiry.of().channel());
                lookAt(expiry.of(), state, now, policies.apply(name).durables());
            }
        }
    }

    /** That an attachment's node is gone is seen only here, so the time without one begins here. */
    private void lookAt(Keys.Durable key, DurableState state, long now, Policies.Durables allowed) {
        DurableState.Attachment attachment = state.attachment();
        DurableState seen = state;
        if (attachment != null) {
            seen = isAlive(attachment) ? state.used(now) : state.detached(state.delivered(), now);
        }
        long timer = later(seen.lastUsed(), allowed);
        if (timer <= now) {
            remove(key, state);
            return;
        }
        tables.durables().put(key, seen.withTimer(timer));
        tables.expiries().put(new Keys.Expiry(timer, key), Tables.Mark.SET);
    }

    /** Whether a tick would look at something. */
    boolean isDue(long now) {
        boolean[] due = {false};
        tables.expiries().all((key, mark) -> {
            due[0] = key.time() <= now;
            return false;
        });
        return due[0];
    }
}
