package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Incoming;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Owners as a list per channel: what the log and the channel-service promise to a gateway node, without either. What they
 * would send waits in a queue, in order, until a test hands it over.
 */
final class SimulatedOwners implements Owners {
    static final int PARTITIONS = 3;
    static final long EPOCH = 7;

    /** What a log has where a message was that nobody is owed any more; no test wants its channel. */
    private static final RealtimeMessage NOTHING =
            RealtimeMessage.builder("nothing", new ChannelName("$nothing")).build();

    final Map<ChannelName, List<RealtimeMessage>> channels = new HashMap<>();
    final Map<ChannelName, Integer> trimmed = new HashMap<>();
    private final Map<ChannelName, Long> epochs = new HashMap<>();
    final Set<ChannelFilter> interest = new HashSet<>();
    final ArrayDeque<Incoming> deliveries = new ArrayDeque<>();
    final SimulatedDurables durables = new SimulatedDurables(this);
    private final List<List<RealtimeMessage>> logs = new ArrayList<>();
    private final long[] logEnds = new long[PARTITIONS];
    boolean away;
    /** How many pages were asked for. */
    int reads;

    SimulatedOwners() {
        for (int i = 0; i < PARTITIONS; i++) {
            logs.add(new ArrayList<>());
        }
    }

    /** Logs a message and delivers it where there is interest; {@code lose} stands for a delivery that went missing. */
    RealtimeMessage publish(RealtimeMessage draft, boolean lose) {
        int partition = partition(draft.channel());
        List<RealtimeMessage> channel = channels.computeIfAbsent(draft.channel(), any -> new ArrayList<>());
        RealtimeMessage message = draft.toBuilder()
                .position(new Position(epoch(draft.channel()), channel.size() + 1))
                .build();
        channel.add(message);
        logs.get(partition).add(message);
        long at = ++logEnds[partition];
        if (!lose && interest.stream().anyMatch(filter -> filter.matches(draft.channel()))) {
            deliveries.add(new Incoming.Publication(partition, at, new SharedMessage(message)));
        }
        return message;
    }

    /** The channel ends and the next one of the name has another epoch; {@code lose} as for a publication. */
    void deleteChannel(ChannelName name, boolean lose) {
        int partition = partition(name);
        long ended = epoch(name);
        List<RealtimeMessage> gone = channel(name);
        logs.get(partition).replaceAll(message -> gone.contains(message) ? NOTHING : message);
        channels.remove(name);
        trimmed.remove(name);
        epochs.put(name, ended + 1);
        durables.known.keySet().removeIf(of -> of.channel().equals(name));
        if (!lose && interest.contains(ChannelFilter.of(name))) {
            deliveries.add(new Incoming.ChannelDeleted(new Delivery.ChannelDeleted(name, ended)));
        }
    }

    long epoch(ChannelName name) {
        return epochs.getOrDefault(name, EPOCH);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public int partitions() {
        return PARTITIONS;
    }

    @Override
    public void command(int partition, Command command, Executor loop, ReplyHandler handler) {
        switch (command) {
            case Command.Subscribe subscribe -> {
                interest.add(subscribe.filter());
                Position head = subscribe.filter().isExact() && !subscribe.ephemeral()
                        ? new Position(
                                epoch(new ChannelName(subscribe.filter().value())),
                                channel(new ChannelName(subscribe.filter().value()))
                                        .size())
                        : null;
                answer(handler, partition, new Reply.Subscribed(head));
            }
            case Command.Unsubscribe unsubscribe -> {
                interest.remove(unsubscribe.filter());
                answer(handler, partition, new Reply.Done());
            }
            case Command.Durable durable -> answer(handler, partition, durables.apply(durable));
            default -> throw new IllegalArgumentException("not asked of this simulation: " + command);
        }
    }

    @Override
    public void read(int partition, Read read, Executor loop, ReplyHandler handler) {
        reads++;
        answer(
                handler,
                partition,
                switch (read) {
                    case Read.Forward forward -> page(forward);
                    case Read.Filtered filtered -> page(partition, filtered);
                    default -> throw new IllegalArgumentException("not asked of this simulation: " + read);
                });
    }

    private void answer(ReplyHandler handler, int partition, Reply reply) {
        Reply given = away ? new Reply.Refused(Problem.of(FailureCode.TIMEOUT)) : reply;
        deliveries.add(new Incoming.Answer(handler, partition, logEnds[partition], given));
    }

    List<RealtimeMessage> channel(ChannelName name) {
        return channels.getOrDefault(name, List.of());
    }

    private Reply page(Read.Forward read) {
        List<RealtimeMessage> channel = channel(read.channel());
        int from = switch (read.start()) {
            case Read.Start.After(Position position) -> (int) position.offset();
            case Read.Start.Last(long last) -> (int) Math.max(0, channel.size() - last);
            case Read.Start.Since since -> 0;
        };
        boolean otherEpoch = read.start() instanceof Read.Start.After(Position position)
                && position.epoch() != epoch(read.channel());
        if (otherEpoch || from > channel.size()) {
            return new Reply.Refused(Problem.of(FailureCode.UNKNOWN_POSITION));
        }
        List<Reply.PageItem> items = new ArrayList<>();
        int gone = trimmed.getOrDefault(read.channel(), 0);
        if (from < gone) {
            items.add(new Reply.PageItem.Lost(from + 1, gone));
            from = gone;
        }
        int to = Math.min(channel.size(), from + Math.min(5, read.credit().items()));
        channel.subList(from, to).forEach(message -> items.add(new Reply.PageItem.Message(message)));
        return new Reply.Page(epoch(read.channel()), items, to, channel.size(), to == channel.size());
    }

    private Reply page(int partition, Read.Filtered read) {
        List<Reply.FilterItem> items = new ArrayList<>();
        List<RealtimeMessage> log = logs.get(partition);
        long at = Math.max(0, read.afterLogPosition());
        while (at < log.size() && items.size() < 5) {
            RealtimeMessage message = log.get((int) at++);
            if (read.filter().matches(message.channel())) {
                items.add(new Reply.FilterItem.Message(at, message));
            }
        }
        return new Reply.FilterPage(items, at, at == log.size(), null);
    }
}
