package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A partition over any tables, living through random commands; for comparing tables with one another. */
public final class RandomLife {
    private static final Bounds BOUNDS = new Bounds(30, 10_000, 10_000, 10_000, 10, 3);
    private static final Read.Credit CREDIT = new Read.Credit(20, 10_000);

    private final SplittableRandom random;
    private final RandomCommands commands;
    private final RandomSessions sessions;
    private final RandomShared shared;
    private final Tables tables;
    private Partition partition;
    private long now = 1_000_000_000L;
    private long logPosition;

    public RandomLife(long seed, Tables tables) {
        this.random = new SplittableRandom(seed);
        this.commands = new RandomCommands(random, new Policies.Deduplication(100, Duration.ofSeconds(3)));
        this.sessions = new RandomSessions(random);
        this.shared = new RandomShared(random);
        this.tables = tables;
        this.partition = new Partition(tables, BOUNDS, 7);
    }

    /** Tables in memory, which hold the core's own values. */
    public static Tables memory() {
        return MemoryTables.empty();
    }

    /** The effects of the next command and of some reads. */
    public List<Effect> step() {
        now += random.nextInt(200);
        logPosition += 1 + random.nextInt(3);
        Origin origin = new Origin(commands.slot(), commands.incarnation(), logPosition);
        Command command = random.nextInt(3) == 0 ? sessions.next() : commands.next(now);
        List<Effect> effects = new ArrayList<>(partition.apply(logPosition, now, origin, command));
        if (command instanceof Command.Durable durable && TestOwner.reply(effects) instanceof Reply.Attached attached) {
            commands.attached(durable.of(), attached);
        }
        sessions.saw(effects);
        if (command instanceof Command.Publish publish && TestOwner.reply(effects) instanceof Reply.Published done) {
            commands.published(publish.message().channel(), done.position());
        }
        shared.saw(effects);
        logPosition++;
        List<Effect> sharing = partition.apply(logPosition, now, origin, shared.next());
        shared.saw(sharing);
        effects.addAll(sharing);
        ChannelName channel = new ChannelName(commands.channel());
        Origin reader = new Origin(9, 1, 0);
        effects.addAll(partition.read(now, reader, new Read.Forward(channel, new Read.Start.Last(5), CREDIT)));
        effects.addAll(partition.read(now, reader, new Read.Backward(channel, null, CREDIT)));
        effects.addAll(partition.read(now, reader, new Read.Retained(channel)));
        effects.addAll(
                partition.read(now, reader, new Read.Filtered(commands.wildcards(), logPosition - 40, null, CREDIT)));
        if (random.nextInt(20) == 0) {
            partition = new Partition(tables, BOUNDS, 7);
        }
        return effects;
    }
}
