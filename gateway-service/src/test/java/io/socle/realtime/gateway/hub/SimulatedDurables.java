package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.log.Incoming;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Durable subscriptions as a map of cursors, and what was asked of them. */
final class SimulatedDurables {
    final Map<DurableName, Known> known = new HashMap<>();
    final List<DurableAction> actions = new ArrayList<>();
    private final SimulatedOwners owners;
    private long generations;

    /** One cursor. */
    record Known(long acked, long delivered, long generation, boolean attached) {}

    SimulatedDurables(SimulatedOwners owners) {
        this.owners = owners;
    }

    Reply apply(Command.Durable command) {
        DurableName of = command.of();
        actions.add(command.action());
        Known before = known.get(of);
        if (command.action() instanceof DurableAction.Attach attach) {
            return attach(of, before, attach);
        }
        if (before == null) {
            return new Reply.Refused(Problem.of(FailureCode.DURABLE_UNKNOWN));
        }
        if (command.generation() != before.generation()) {
            return new Reply.Refused(Problem.of(FailureCode.TAKEN_OVER));
        }
        switch (command.action()) {
            case DurableAction.Ack(Position position, long delivered) ->
                known.put(of, new Known(position.offset(), delivered, before.generation(), true));
            case DurableAction.Detach(long delivered) ->
                known.put(of, new Known(before.acked(), delivered, before.generation(), false));
            default -> known.remove(of);
        }
        return new Reply.Done();
    }

    private Reply attach(DurableName of, @Nullable Known before, DurableAction.Attach attach) {
        if (before != null && before.attached()) {
            end(of.channel(), before.generation(), FailureCode.TAKEN_OVER);
        }
        long start = attach.start() instanceof Read.Start.After(Position position)
                ? position.offset()
                : owners.channel(of.channel()).size();
        Known now = before == null
                ? new Known(start, start, ++generations, true)
                : new Known(before.acked(), before.delivered(), ++generations, true);
        known.put(of, now);
        Position cursor = new Position(owners.epoch(of.channel()), now.acked());
        return new Reply.Attached(cursor, now.generation(), before != null, now.delivered());
    }

    /** Tells the node that an attachment is over. */
    void end(ChannelName channel, long generation, FailureCode code) {
        owners.deliveries.add(
                new Incoming.DurableEnded(new Delivery.DurableEnded(channel, generation, Problem.of(code))));
    }
}
