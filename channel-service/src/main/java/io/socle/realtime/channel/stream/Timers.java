package io.socle.realtime.channel.stream;

import io.socle.realtime.channel.core.Partition;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;

/**
 * Turns the wall clock and the configuration into commands in the owner's own partition, so that the core sees neither.
 * Appending too often is harmless: a tick that finds nothing due does nothing.
 */
final class Timers {
    /** How long to wait for an appended record to be processed before it is appended again, in milliseconds. */
    private static final long PATIENCE = 10_000;

    private final int number;
    private final Partition partition;
    private final Policies configured;
    private final CommandSender sender;
    /** Whether a tick was asked for that has not been processed yet. */
    private boolean hurried;

    private long policiesSent = Long.MIN_VALUE / 2;

    Timers(int number, Partition partition, Policies configured, CommandSender sender) {
        this.number = number;
        this.partition = partition;
        this.configured = configured;
        this.sender = sender;
    }

    /** Called each second with the wall clock in milliseconds. */
    void onTime(long now) {
        if (!partition.policies().equals(configured) && now - policiesSent > PATIENCE) {
            policiesSent = now;
            sender.send(number, new Command.SetPolicies(configured));
        }
        if (partition.isDue(now)) {
            hurried = true;
            sender.send(number, new Command.Tick());
        }
    }

    /** A command was processed: where it left more to do, a tick follows at once. */
    void processed(Command command) {
        hurried &= !(command instanceof Command.Tick);
        if (partition.hasMore() && !hurried) {
            hurried = true;
            sender.send(number, new Command.Tick());
        }
    }
}
