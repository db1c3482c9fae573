package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Commands of every kind, few enough names that they meet. */
final class RandomCommands {
    static final List<String> CHANNELS = List.of("a", "a/b", "a/b/c", "/b", "$sys/a");
    static final Policies.Durables DURABLES = new Policies.Durables(3, Duration.ofMillis(4000));
    static final List<String> FILTERS = List.of("#", "a/#", "+/b", "a/+/c", "$sys/#", "+");

    private static final List<String> SUBJECTS = List.of("alice", "b");

    private final Map<DurableName, Long> generations = new HashMap<>();
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<String, Position> published = new HashMap<>();
    private final SplittableRandom random;
    private final Policies.Deduplication window;

    RandomCommands(SplittableRandom random, Policies.Deduplication window) {
        this.random = random;
        this.window = window;
    }

    Command next(long now) {
        int kind = random.nextInt(100);
        if (kind < 43) {
            return new Command.Publish(message(now), producer());
        }
        if (kind < 50) {
            return delete();
        }
        if (kind < 60) {
            return durable();
        }
        if (kind < 66) {
            ChannelName channel = new ChannelName(channel());
            return random.nextInt(4) == 0 ? new Command.Unwatch(channel) : new Command.Watch(channel);
        }
        if (kind < 76) {
            return new Command.Subscribe(filter(), random.nextInt(4) == 0);
        }
        if (kind < 82) {
            return new Command.Unsubscribe(filter());
        }
        if (kind < 85) {
            return new Command.NodeStarted();
        }
        if (kind < 88) {
            return new Command.NodeDead(slot(), incarnation());
        }
        if (kind < 92) {
            return new Command.Tick();
        }
        return kind < 95 ? durable() : new Command.SetPolicies(policies());
    }

    private Command delete() {
        String channel = channel();
        Position last = published.getOrDefault(channel, new Position(1, 1));
        long epoch = random.nextInt(20) == 0 ? last.epoch() + 1 : last.epoch();
        Position position = new Position(epoch, random.nextLong(0, last.offset() + 2));
        return new Command.Delete(new ChannelName(channel), random.nextInt(6) == 0 ? null : position);
    }

    /** A position that later commands are to name. */
    void published(ChannelName channel, Position position) {
        published.put(channel.value(), position);
    }

    private Command durable() {
        DurableName of = new DurableName(new ChannelName(pick(CHANNELS.subList(0, 2))), pick(SUBJECTS), pick(SUBJECTS));
        long last = generations.getOrDefault(of, 0L);
        long generation = random.nextInt(6) == 0 ? pick(List.of(0L, last - 1)) : last;
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Command.Durable(of, 0, new DurableAction.Attach(start(of), random.nextInt(6) == 0));
            case 3, 4, 5 ->
                new Command.Durable(of, generation, new DurableAction.Ack(position(of), random.nextInt(12)));
            case 6 -> new Command.Durable(of, generation, new DurableAction.Detach(random.nextInt(12)));
            default ->
                random.nextInt(3) > 0
                        ? new Command.Durable(of, generation, new DurableAction.Detach(0))
                        : new Command.Durable(of, generation, new DurableAction.Delete());
        };
    }

    private Read.@Nullable Start start(DurableName of) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> new Read.Start.Last(random.nextInt(5));
            default -> new Read.Start.After(position(of));
        };
    }

    private Position position(DurableName of) {
        long epoch = epochs.getOrDefault(of.channel().value(), 1L);
        return new Position(random.nextInt(20) == 0 ? epoch + 1 : epoch, random.nextInt(12));
    }

    /** What later commands are to name. */
    void attached(DurableName of, Reply.Attached reply) {
        generations.put(of, reply.generation());
        epochs.put(of.channel().value(), reply.cursor().epoch());
    }

    int slot() {
        return random.nextInt(3);
    }

    long incarnation() {
        return random.nextInt(20) == 0 ? random.nextInt(6) : 3;
    }

    String channel() {
        return pick(CHANNELS);
    }

    ChannelFilter filter() {
        return new ChannelFilter(random.nextBoolean() ? channel() : pick(FILTERS));
    }

    ChannelFilter wildcards() {
        return new ChannelFilter(pick(FILTERS));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private RealtimeMessage message(long now) {
        MessageBuilder message = RealtimeMessage.builder(id(now), new ChannelName(channel()))
                .data(Payload.of(new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(200)]))
                .retain(random.nextInt(6) == 0)
                .offline(offline());
        if (random.nextInt(8) == 0) {
            message.privacy(new Privacy(List.of(), false, Privacy.Audit.FULL, null));
        }
        if (random.nextInt(8) == 0) {
            message.expiry(Instant.ofEpochMilli(now + random.nextInt(-100, 2000)));
        }
        return message.build();
    }

    private String id(long now) {
        if (random.nextInt(10) > 0) {
            return "id" + random.nextInt(40);
        }
        String time = String.format("%012x", now - random.nextInt(-1000, 8000));
        return time.substring(0, 8) + "-" + time.substring(8) + "-7000-8000-00000000000" + random.nextInt(3);
    }

    private OfflinePolicy offline() {
        Duration timeToLive = random.nextInt(8) == 0 ? Duration.ofMillis(random.nextInt(1, 3000)) : null;
        return switch (random.nextInt(6)) {
            case 0 -> new OfflinePolicy(OfflinePolicy.Mode.DROP, timeToLive, null);
            case 1, 2 -> new OfflinePolicy(OfflinePolicy.Mode.LATEST, timeToLive, "key" + random.nextInt(3));
            default -> new OfflinePolicy(OfflinePolicy.Mode.QUEUE, timeToLive, null);
        };
    }

    private @Nullable ProducerSequence producer() {
        return random.nextInt(3) > 0
                ? null
                : new ProducerSequence(
                        "p" + random.nextInt(2), 1 + random.nextInt(2) * random.nextInt(2), 1 + random.nextInt(6));
    }

    private Policies policies() {
        return new Policies(Map.of("$sys", policy()), policy(), window);
    }

    private Policies.Policy policy() {
        return new Policies.Policy(
                pick(List.of(0L, 1L, 3L, 10L, 1000L)),
                pick(List.of(500L, 3000L, 1L << 40, 1L << 40)),
                Duration.ofMillis(pick(List.of(500L, 5000L, 1L << 40, 1L << 40))),
                DURABLES);
    }
}
