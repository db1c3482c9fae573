package io.socle.realtime.channel.stream;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.message.RealtimeMessage;

/** Appends commands that an owner gives itself, outside of the owner's transaction; from any thread, without waiting. */
public interface CommandSender {
    void send(int partition, Command command);

    /** Has a will published by its channel's owner, and then says in the partition that left it that it was. */
    void publishWill(int partition, long generation, RealtimeMessage message);
}
