package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.channel.core.NaiveOwner.Publication;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One seed: random commands to the core and to the naive model, and after each the same answers of both. */
final class ModelRun {
    static final int CLUSTER = 0x5a5a5a;
    static final long CLUSTER_BITS = (long) CLUSTER << 40;
    static final Bounds BOUNDS = new Bounds(30, 10_000, 10_000, 10_000, 10, 3);

    private final SplittableRandom random;
    private final RandomCommands commands;
    private final NaiveOwner model;
    private final NaiveDurables durables;
    private final NaiveWatchers watchers;
    private final Map<String, Long> firsts = new HashMap<>();
    private final List<Step> sinceCrash = new ArrayList<>();
    private MemoryTables crashImage = MemoryTables.empty();
    private MemoryTables tables = crashImage.copy();
    private Partition partition = new Partition(tables, BOUNDS, CLUSTER);
    private Policies policies = Policies.DEFAULT;
    private long logPosition = 40;

    /** A command as it was given, with what came of it. */
    private record Step(
            long logPosition, long time, @Nullable Origin origin, Command command, List<Effect> effects) {}

    ModelRun(long seed) {
        random = new SplittableRandom(seed);
        Policies.Deduplication window = new Policies.Deduplication(random.nextInt(8), Duration.ofMillis(3000));
        commands = new RandomCommands(random, window);
        model = new NaiveOwner(window);
        model.now = 1_000_000_000L;
        durables = new NaiveDurables(model, firsts);
        watchers = new NaiveWatchers(model);
        Policies.Policy plenty = new Policies.Policy(10_000, 1L << 40, Duration.ofDays(1), RandomCommands.DURABLES);
        give(null, new Command.SetPolicies(new Policies(Map.of(), plenty, window)));
    }

    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            model.now += random.nextInt(4) == 0 ? random.nextInt(1500) : random.nextInt(3);
            Command command = commands.next(model.now);
            Origin origin = new Origin(commands.slot(), commands.incarnation(), i);
            boolean asked = command instanceof Command.Publish
                    || command instanceof Command.Subscribe
                    || command instanceof Command.Unsubscribe
                    || command instanceof Command.Watch
                    || command instanceof Command.Unwatch
                    || command instanceof Command.Durable
                    || command instanceof Command.Delete
                    || command instanceof Command.NodeStarted;
            give(asked ? origin : null, command);
            checkTrimming();
            durables.check(
                    tables,
                    command instanceof Command.Tick,
                    RandomCommands.DURABLES.expireAfter().toMillis());
            checkRecords();
            new ReadChecks(model, partition, tables, firsts, random, commands).check();
            if (random.nextInt(60) == 0) {
                crash();
            }
        }
        checkPurge();
    }

    /** Every record belongs to a channel, or is to be purged; and none is counted wrong. */
    private void checkRecords() {
        Map<String, Long> collapsed = new HashMap<>();
        Set<String> names = new HashSet<>(tables.remains().contents().keySet());
        tables.channels().contents().forEach((name, channel) -> names.add(channel.records(name)));
        tables.history().contents().keySet().forEach(key -> assertThat(names).contains(key.channel()));
        tables.producers().contents().keySet().forEach(key -> assertThat(names).contains(key.channel()));
        tables.durables().contents().keySet().forEach(key -> assertThat(names).contains(key.channel()));
        tables.collapsed().contents().keySet().forEach(key -> {
            assertThat(names).contains(key.channel());
            collapsed.merge(key.channel(), 1L, Long::sum);
        });
        tables.channels()
                .contents()
                .forEach((name, channel) -> assertThat(channel.collapseKeys())
                        .isEqualTo(collapsed.getOrDefault(channel.records(name), 0L)));
        assertThat(tables.channels().contents().keySet())
                .containsAll(tables.retained().contents().keySet());
    }

    /** Ticks take away what is left of deleted channels, a bounded number of records each. */
    private void checkPurge() {
        while (partition.isDue(0)) {
            int before = records();
            Set<String> deleted = Set.copyOf(tables.remains().contents().keySet());
            give(null, new Command.Tick());
            long left = deleted.stream()
                    .filter(name -> tables.remains().get(name) != null)
                    .count();
            assertThat(left == 0 || before - records() >= BOUNDS.purgedAtOnce()).isTrue();
        }
        assertThat(tables.remains().contents()).isEmpty();
        checkRecords();
    }

    private int records() {
        return tables.history().contents().size()
                + tables.collapsed().contents().size()
                + tables.producers().contents().size()
                + tables.durables().contents().size();
    }

    /** The tables go back to where they were, and the same commands come again. */
    private void crash() {
        MemoryTables before = tables;
        tables = crashImage.copy();
        partition = new Partition(tables, BOUNDS, CLUSTER);
        for (Step step : sinceCrash) {
            assertThat(partition.apply(step.logPosition(), step.time(), step.origin(), step.command()))
                    .as("replayed at %d", step.logPosition())
                    .isEqualTo(step.effects());
        }
        assertThat(tables.contents()).isEqualTo(before.contents());
        sinceCrash.clear();
        crashImage = tables.copy();
    }

    private void give(@Nullable Origin origin, Command command) {
        logPosition += random.nextInt(1, 4);
        // A clock that goes back must change nothing.
        long timestamp = random.nextInt(10) == 0 && logPosition > 50 ? 0 : model.now;
        long clock = Math.max(timestamp, clock());
        model.now = clock;
        List<Effect> effects = partition.apply(logPosition, timestamp, origin, command);
        sinceCrash.add(new Step(logPosition, timestamp, origin, command, effects));
        if (origin != null && model.isFenced(origin)) {
            assertThat(refusal(TestOwner.reply(effects))).isEqualTo("NODE_FENCED");
            return;
        }
        if (origin != null) {
            model.meet(origin.slot(), origin.incarnation());
        }
        if (command instanceof Command.NodeDead dead) {
            model.meet(dead.slot(), dead.incarnation() + 1);
        }
        if (command instanceof Command.Watch watch) {
            watchers.watch(slotOf(origin), watch.channel());
        }
        expect(origin, command, watchers.take(effects));
        watchers.check();
    }

    private long clock() {
        PartitionState state = tables.partition().get();
        return state == null ? 0 : state.clock();
    }

    private void expect(@Nullable Origin origin, Command command, List<Effect> effects) {
        switch (command) {
            case Command.Publish publish -> expectPublished(publish, effects);
            case Command.Subscribe subscribe -> expectSubscribed(slotOf(origin), subscribe, effects);
            case Command.Unsubscribe unsubscribe ->
                model.unsubscribe(slotOf(origin), unsubscribe.filter().value());
            case Command.Watch watch -> assertThat(TestOwner.reply(effects)).isEqualTo(new Reply.Done());
            case Command.Unwatch unwatch -> watchers.unwatch(slotOf(origin), unwatch.channel());
            case Command.NodeDead dead -> assertThat(effects).isEmpty();
            case Command.SetPolicies set -> policies = set.policies();
            case Command.NodeStarted started -> assertThat(effects).hasSize(1);
            case Command.Durable durable -> expectDurable(durable, origin, effects);
            case Command.Shared shared -> throw new AssertionError("SharedModelTest gives those");
            case Command.InRoom room -> throw new AssertionError("of owners of rooms");
            case Command.Delete delete -> expectDeleted(delete, effects);
            case Command.Tick tick -> assertThat(effects).isEmpty();
            case Command.Session session -> throw new AssertionError("SessionModelTest's");
            case Command.WillPublished published -> throw new AssertionError("SessionModelTest's");
        }
    }

    private static int slotOf(@Nullable Origin origin) {
        return origin == null ? -1 : origin.slot();
    }

    private void expectDurable(Command.Durable durable, @Nullable Origin origin, List<Effect> effects) {
        if (origin == null) {
            throw new AssertionError("durable commands have an origin here");
        }
        durables.expect(durable, origin, logPosition, RandomCommands.DURABLES, effects);
        if (TestOwner.reply(effects) instanceof Reply.Attached attached) {
            commands.attached(durable.of(), attached);
        }
    }

    private void expectDeleted(Command.Delete delete, List<Effect> effects) {
        String channel = delete.channel().value();
        Long epoch = model.epochs.get(channel);
        List<Effect> told = new ArrayList<>();
        if (delete.position() == null && epoch != null) {
            model.interests.forEach((slot, filters) -> {
                if (filters.contains(channel)) {
                    long incarnation = Objects.requireNonNull(model.incarnations.get(slot));
                    told.add(new Effect.EndChannel(slot, incarnation, delete.channel(), epoch));
                }
            });
            firsts.remove(channel);
            durables.deleted(channel);
        }
        assertThat(effects.subList(0, effects.size() - 1)).isEqualTo(told);
        Reply reply = TestOwner.reply(effects);
        assertThat(reply instanceof Reply.Done ? "done" : refusal(reply)).isEqualTo(model.delete(delete));
    }

    private void expectPublished(Command.Publish publish, List<Effect> effects) {
        String expected = model.publish(publish, logPosition, CLUSTER_BITS);
        String answered = switch (TestOwner.reply(effects)) {
            case Reply.Published published -> published.position().offset() + (published.repeat() ? " repeat" : "");
            case Reply.Refused refused -> refusal(refused);
            default -> "neither published nor refused";
        };
        assertThat(answered).as("%s", publish).isEqualTo(expected);
        if (TestOwner.reply(effects) instanceof Reply.Published done) {
            Long epoch = model.epochs.get(publish.message().channel().value());
            assertThat(done.position().epoch()).isEqualTo(epoch);
            commands.published(publish.message().channel(), done.position());
        }
        boolean appended = expected.chars().allMatch(Character::isDigit);
        List<Integer> slots = appended ? model.interested(publish.message().channel()) : List.of();
        assertThat(TestOwner.slots(effects)).isEqualTo(slots);
        for (Effect effect : effects) {
            if (effect instanceof Effect.Deliver deliver) {
                assertThat(deliver.incarnation()).isEqualTo(model.incarnations.get(deliver.slot()));
                assertThat(deliver.message())
                        .isEqualTo(model.published.getLast().message());
            }
        }
    }

    private void expectSubscribed(int slot, Command.Subscribe subscribe, List<Effect> effects) {
        ChannelFilter filter = subscribe.filter();
        model.subscribe(slot, filter.value());
        Position head = null;
        if (filter.isExact() && !subscribe.ephemeral()) {
            long epoch = model.create(filter.value(), CLUSTER_BITS, logPosition);
            head = new Position(epoch, model.of(filter.value()).size());
        }
        assertThat(TestOwner.reply(effects)).isEqualTo(new Reply.Subscribed(head));
    }

    static String refusal(Reply reply) {
        return reply instanceof Reply.Refused refused ? refused.problem().code().name() : FailureCode.NOT_FOUND.name();
    }

    /** What went had to go, and the count is exact after a publication. */
    private void checkTrimming() {
        for (String name : model.epochs.keySet()) {
            List<Publication> all = model.of(name);
            Policies.Policy policy = policies.of(new ChannelName(name).namespace());
            ChannelState channel = tables.channels().get(name);
            long first = channel == null ? 1 : channel.first();
            long before = firsts.getOrDefault(name, 1L);
            assertThat(first).isBetween(before, all.size() + 1L);
            for (long offset = before; offset < first; offset++) {
                assertThat(mayGo(all, offset, policy))
                        .as("offset %d of %s under %s", offset, name, policy)
                        .isTrue();
            }
            if (!all.isEmpty() && all.getLast().logPosition() == logPosition) {
                assertThat(all.size() - first + 1).isLessThanOrEqualTo(policy.historyMessages());
            }
            firsts.put(name, first);
        }
    }

    /** By bytes whole segments go, which are a sixteenth and one message long, or longer from an earlier policy. */
    private boolean mayGo(List<Publication> all, long offset, Policies.Policy policy) {
        Publication each = all.get((int) offset - 1);
        boolean tooMany = all.size() - offset >= policy.historyMessages();
        boolean tooOld = model.now - each.time() > policy.historyAge().toMillis();
        return tooMany || tooOld || policy.historyBytes() < 1L << 40;
    }
}
