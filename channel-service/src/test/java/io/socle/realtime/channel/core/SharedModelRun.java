package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One seed: random commands to the core and to naive groups, with crashes after which the same commands come again. */
final class SharedModelRun {
    private static final Bounds BOUNDS = new Bounds(100_000, 10, 10, 10, 3, 1_000);
    private static final List<String> CHANNELS = List.of("a/1", "a/2", "b/1");
    private static final List<String> NAMES = List.of("g/a/1", "g/a/+", "h/a/1", "g/#");
    private static final List<SharedMember> MEMBERS = List.of(
            new SharedMember("alice", "1"),
            new SharedMember("alice", "2"),
            new SharedMember("bob", "1"),
            new SharedMember("bob", "3"));

    private final SplittableRandom random;
    private final SharedBounds sharing;
    private final Map<String, NaiveShared> model = new LinkedHashMap<>();
    private final long[] incarnations = {10, 20, 30};
    private final List<Step> sinceCrash = new ArrayList<>();
    private MemoryTables crashImage = MemoryTables.empty();
    private MemoryTables tables = crashImage.copy();
    private Partition partition;
    private long logPosition = 40;
    private long now = 1_000_000_000L;
    private int ids;

    /** A command as it was given, with what came of it. */
    private record Step(
            long logPosition, long time, @Nullable Origin origin, Command command, List<Effect> effects) {}

    SharedModelRun(long seed) {
        random = new SplittableRandom(seed);
        sharing = new SharedBounds(4, 3, 4, random.nextInt(1, 9), 1_000, random.nextInt(1, 6), random.nextInt(1, 12));
        partition = open();
        NAMES.forEach(name -> model.put(name, new NaiveShared(SharedName.parse("$share/" + name), sharing)));
    }

    private Partition open() {
        return new Partition(tables, BOUNDS, sharing, 5);
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            now += random.nextInt(300);
            step();
            if (random.nextInt(4) == 0) {
                settle();
            }
            if (random.nextInt(25) == 0) {
                crash();
            }
        }
        drain();
    }

    private void step() {
        int kind = random.nextInt(20);
        if (kind < 8) {
            publish();
        } else if (kind < 11) {
            member(new SharedAction.Join(random.nextInt(0, 6), random.nextInt(2), random.nextInt(3) * 500L));
        } else if (kind < 16) {
            acknowledge();
        } else if (kind < 17) {
            member(new SharedAction.Away(random.nextInt(3) * 500L));
        } else if (kind < 18) {
            member(new SharedAction.Leave());
        } else if (kind < 19) {
            nodeEnds(random.nextInt(incarnations.length), random.nextBoolean());
        } else {
            give(null, new Command.Tick());
        }
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void publish() {
        ids++;
        MessageBuilder message = RealtimeMessage.builder("m" + ids, new ChannelName(any(CHANNELS)))
                .json("1")
                .qos(random.nextInt(3) == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE);
        if (random.nextInt(6) == 0) {
            message.privacy(
                    new Privacy(List.of(any(List.of("alice", "bob", "carol"))), true, Privacy.Audit.FULL, null));
        }
        give(null, new Command.Publish(message.build(), null));
    }

    private void member(SharedAction action) {
        String name = any(NAMES);
        SharedMember member = any(MEMBERS);
        NaiveShared.Member known = group(name).members.get(member.value());
        // Now and then of a membership that is over.
        long generation = known == null || random.nextInt(5) == 0 ? random.nextInt(3) : known.generation;
        boolean joins = action instanceof SharedAction.Join;
        give(origin(), new Command.Shared(of(name), member, joins ? 0 : generation, action));
    }

    private void acknowledge() {
        String name = any(NAMES);
        SharedMember member = any(MEMBERS);
        NaiveShared.Member known = group(name).members.get(member.value());
        if (known != null && known.generation != 0) {
            List<Long> has = group(name).has(known);
            List<Long> some = new ArrayList<>(has.subList(0, random.nextInt(has.size() + 1)));
            some.add(random.nextLong(logPosition));
            give(origin(), new Command.Shared(of(name), member, known.generation, new SharedAction.Done(some)));
        }
    }

    private void nodeEnds(int slot, boolean told) {
        long ended = incarnations[slot];
        incarnations[slot]++;
        // What comes of its end comes with the command that tells it, so the model has to know first.
        if (told) {
            give(null, new Command.NodeDead(slot, ended));
        } else {
            give(origin(slot), new Command.NodeStarted());
        }
    }

    private static SharedName of(String name) {
        return SharedName.parse("$share/" + name);
    }

    private NaiveShared group(String name) {
        return Objects.requireNonNull(model.get(name));
    }

    private Origin origin() {
        return origin(random.nextInt(incarnations.length));
    }

    private Origin origin(int slot) {
        return new Origin(slot, incarnations[slot], ids);
    }

    private void give(@Nullable Origin origin, Command command) {
        logPosition += random.nextInt(1, 4);
        List<Effect> effects = partition.apply(logPosition, now, origin, command);
        sinceCrash.add(new Step(logPosition, now, origin, command, effects));
        if (origin != null) {
            model.values().forEach(group -> group.nodeEnded(origin.slot(), origin.incarnation() - 1, now));
        }
        expect(origin, command, effects);
        long shares = 0;
        for (Effect effect : effects) {
            if (effect instanceof Effect.Share share) {
                shares++;
                model.values().stream()
                        .filter(group -> group.has(share.generation()))
                        .forEach(group -> group.shared(share));
            }
            assertThat(effect).isNotInstanceOf(Effect.SharedLost.class);
        }
        int live = command instanceof Command.Publish ? model.size() : 0;
        assertThat(shares).isLessThanOrEqualTo(sharing.messagesAtOnce() + live);
    }

    private void expect(@Nullable Origin origin, Command command, List<Effect> effects) {
        switch (command) {
            case Command.Publish publish -> {
                RealtimeMessage stored = stored(publish.message().channel().value());
                model.values().forEach(group -> group.published(logPosition, stored));
            }
            case Command.Shared shared -> {
                String expected =
                        group(shared.of().value()).apply(shared, Objects.requireNonNull(origin), logPosition, now);
                assertThat(answered(TestOwner.reply(effects))).as("%s", shared).isEqualTo(expected);
                assertThat(effects.getFirst()).as("first the answer").isInstanceOf(Effect.Answer.class);
            }
            case Command.NodeDead dead ->
                model.values().forEach(group -> group.nodeEnded(dead.slot(), dead.incarnation(), now));
            case Command.Tick tick -> model.values().forEach(group -> group.tick(now));
            default -> {}
        }
    }

    private RealtimeMessage stored(String channel) {
        ChannelState state = Objects.requireNonNull(tables.channels().get(channel));
        HistoryEntry entry = Objects.requireNonNull(tables.history().get(new Keys.Place(channel, state.head())));
        return Objects.requireNonNull(entry.message());
    }

    private static String answered(Reply reply) {
        return switch (reply) {
            case Reply.Joined(long generation) -> "joined " + generation;
            case Reply.Done done -> "done";
            default -> ModelRun.refusal(reply);
        };
    }

    /** Ticks follow as long as there is more to do. */
    private void settle() {
        for (int ticks = 0; partition.hasMore(); ticks++) {
            assertThat(ticks).isLessThan(1_000);
            give(null, new Command.Tick());
        }
        model.values().forEach(this::checkNobodyStarves);
    }

    private void checkNobodyStarves(NaiveShared group) {
        group.checkNobodyStarves(tables.shared().flights().contents().keySet().stream()
                .filter(place -> place.channel().equals(group.name()))
                .count());
    }

    /** The tables go back to where they were, and the same commands come again. */
    private void crash() {
        MemoryTables before = tables;
        tables = crashImage.copy();
        partition = open();
        for (Step step : sinceCrash) {
            assertThat(partition.apply(step.logPosition(), step.time(), step.origin(), step.command()))
                    .as("replayed at %d", step.logPosition())
                    .isEqualTo(step.effects());
        }
        assertThat(tables.shared().contents()).isEqualTo(before.shared().contents());
        assertThat(tables.contents()).isEqualTo(before.contents());
        sinceCrash.clear();
        crashImage = tables.copy();
        if (random.nextBoolean()) {
            // As after a restart without a loss: what is not in the tables has to be found again.
            partition = open();
        }
    }

    /** Everybody acknowledges all that comes, and in the end nothing is owed to anybody who is there. */
    private void drain() {
        boolean more = true;
        while (more) {
            settle();
            more = false;
            for (Map.Entry<String, NaiveShared> each : model.entrySet()) {
                for (SharedMember member : MEMBERS) {
                    NaiveShared.Member known = each.getValue().members.get(member.value());
                    List<Long> has = known == null || known.generation == 0
                            ? List.of()
                            : each.getValue().has(known);
                    if (known != null && !has.isEmpty()) {
                        more = true;
                        give(
                                origin(),
                                new Command.Shared(
                                        of(each.getKey()), member, known.generation, new SharedAction.Done(has)));
                    }
                }
            }
        }
        model.values().forEach(this::checkDrained);
    }

    private void checkDrained(NaiveShared group) {
        boolean someone = group.members.values().stream().anyMatch(member -> member.generation != 0);
        assertThat(group.underWay).isEmpty();
        if (someone) {
            checkNobodyStarves(group);
        }
    }
}
