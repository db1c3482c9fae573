package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.log.PresenceOwners;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Members that leave with their connections: said to their owner until it has answered, for nobody else would have them leave
 * as long as this node lives. Where the node's life ends meanwhile the owner knows by that. Safe for use by all threads.
 */
final class Departures {
    private final PresenceOwners owners;
    private final Queue<Departure> again = new ConcurrentLinkedQueue<>();

    private record Departure(ChannelName channel, PresenceCommand command) {}

    Departures(PresenceOwners owners) {
        this.owners = owners;
    }

    void leave(ChannelName channel, PresenceCommand command) {
        say(new Departure(channel, command));
    }

    private void say(Departure departure) {
        owners.presence(departure.channel(), departure.command(), Runnable::run, (partition, logPosition, reply) -> {
            if (reply instanceof Reply.Refused(Problem problem) && problem.retryable()) {
                again.add(departure);
            }
        });
    }

    /** Says again what was not answered; called about once a second. */
    void tick() {
        for (int left = again.size(); left > 0; left--) {
            Departure departure = again.poll();
            if (departure != null) {
                say(departure);
            }
        }
    }
}
