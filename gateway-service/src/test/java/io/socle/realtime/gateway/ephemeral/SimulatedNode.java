package io.socle.realtime.gateway.ephemeral;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.Peers;
import io.socle.realtime.gateway.log.ReplyHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A node in slot 0 that publishes: what it asks the owners and what it sends to others is written down. */
final class SimulatedNode implements Owners, Peers, EphemeralMetrics {
    static final int SLOT = 0;
    static final int PARTITIONS = 3;

    final List<Command> commands = new ArrayList<>();
    /** What was sent to any node, as bytes. */
    final List<byte[]> records = new ArrayList<>();

    /** By slot, in the order of sending. */
    final Map<Integer, List<String>> received = new HashMap<>();

    final Map<Dropped, Integer> dropped = new EnumMap<>(Dropped.class);
    long nanos = 5;
    boolean ready = true;
    /** Whether the log takes nothing. */
    boolean broken;
    /** Counted once for each node that a message was sent to. */
    int sent;

    final Routes routes;

    SimulatedNode(int channels) {
        routes = new Routes(SLOT, this, this, channels, () -> nanos, this);
    }

    /** Sends a message; answers whether there was room. */
    boolean send(ChannelName channel, String message) {
        return routes.send(channel, () -> message.getBytes(StandardCharsets.UTF_8));
    }

    List<String> received(int slot) {
        return received.getOrDefault(slot, List.of());
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public int partitions() {
        return PARTITIONS;
    }

    @Override
    public void command(int partition, Command command, Executor loop, ReplyHandler handler) {
        commands.add(command);
    }

    @Override
    public void read(int partition, Read read, Executor loop, ReplyHandler handler) {
        throw new AssertionError("nothing of an ephemeral channel can be read");
    }

    @Override
    public void send(NodeLife to, byte[] delivery, Runnable failed) {
        if (broken) {
            failed.run();
            return;
        }
        records.add(delivery);
        received.computeIfAbsent(to.slot(), any -> new ArrayList<>()).add(new String(delivery, StandardCharsets.UTF_8));
    }

    @Override
    public void sent(int nodes) {
        sent += nodes;
    }

    @Override
    public void dropped(Dropped why) {
        dropped.merge(why, 1, Integer::sum);
    }
}
