package io.socle.realtime.channel.stream;

import io.socle.realtime.contracts.command.Command;

/** Appends commands that an owner gives itself, outside of the owner's transaction; from any thread, without waiting. */
public interface CommandSender {
    void send(int partition, Command command);
}
