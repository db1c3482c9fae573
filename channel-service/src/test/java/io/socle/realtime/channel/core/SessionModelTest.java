package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sessions under random commands, dead nodes and crashes are as the naive ones (clauses MQT-80 to MQT-99). */
class SessionModelTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 400;
    private static final Bounds BOUNDS = new Bounds(100, 10, 10, 10, 3, 10);

    @Test
    void sessions_are_as_the_naive_ones_whatever_the_commands_dead_nodes_and_crashes() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new Run(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private record Input(long logPosition, long time, Origin origin, Command command) {}

    private static final class Run {
        private final SplittableRandom random;
        private final RandomSessions commands;
        private final NaiveSessions naive = new NaiveSessions();
        private final long[] incarnations = {0, 1, 1, 1};
        private final List<Input> sinceCommit = new ArrayList<>();
        private final List<List<Effect>> effectsSince = new ArrayList<>();
        private MemoryTables committed = MemoryTables.empty();
        private MemoryTables tables = MemoryTables.empty();
        private Partition partition = new Partition(tables, BOUNDS, 7);
        private long now = 1_000_000;
        private long logPosition;

        Run(long seed) {
            random = new SplittableRandom(seed);
            commands = new RandomSessions(random);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                now += random.nextInt(600);
                logPosition += 1 + random.nextInt(2);
                step(new Input(logPosition, now, origin(), command()));
                commitOrCrash();
            }
        }

        private Origin origin() {
            int slot = 1 + random.nextInt(3);
            if (random.nextInt(40) == 0) {
                incarnations[slot]++;
            }
            return new Origin(slot, incarnations[slot], logPosition);
        }

        private Command command() {
            if (random.nextInt(40) == 0) {
                int slot = 1 + random.nextInt(3);
                return new Command.NodeDead(slot, incarnations[slot]++);
            }
            return commands.next();
        }

        private void step(Input input) {
            List<Effect> effects = apply(input);
            List<String> expected = naive.apply(input.logPosition(), input.time(), input.origin(), input.command());
            assertThat(effects.stream().map(Run::words).filter(words -> !words.isEmpty()))
                    .as("step at %d: %s", input.logPosition(), input.command())
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(entries()).isEqualTo(naiveEntries());
            commands.saw(effects);
            sinceCommit.add(input);
            effectsSince.add(effects);
        }

        private List<Effect> apply(Input input) {
            return partition.apply(input.logPosition(), input.time(), input.origin(), input.command());
        }

        /** After a crash the same commands have the same effects. */
        private void commitOrCrash() {
            switch (random.nextInt(30)) {
                case 0 -> {
                    committed = tables.copy();
                    sinceCommit.clear();
                    effectsSince.clear();
                }
                case 1 -> {
                    List<Object> before = tables.contents();
                    tables = committed.copy();
                    partition = new Partition(tables, BOUNDS, 7);
                    for (int i = 0; i < sinceCommit.size(); i++) {
                        assertThat(apply(sinceCommit.get(i))).isEqualTo(effectsSince.get(i));
                    }
                    assertThat(tables.contents()).isEqualTo(before);
                }
                default -> {}
            }
        }

        private static String words(Effect effect) {
            return switch (effect) {
                case Effect.Answer(Origin to, Reply reply) -> {
                    String words = words(reply);
                    yield words.isEmpty() ? "" : to.slot() + "/" + to.incarnation() + "/" + to.request() + " " + words;
                }
                case Effect.EndSession(int slot, long life, SessionKey of, long generation) ->
                    slot + "/" + life + " ended " + of + generation;
                case Effect.PublishWill(long generation, var message) ->
                    "will " + generation + " " + message.id() + " " + message.expiry();
                default -> throw new AssertionError("unexpected " + effect);
            };
        }

        private static String words(Reply reply) {
            return switch (reply) {
                case Reply.Refused refused -> refused.problem().code().name();
                case Reply.Done done -> "done";
                case Reply.SessionAttached(long generation, boolean present, var entries) ->
                    "attached " + generation + " " + present + " "
                            + entries.stream().map(SessionEntry::key).toList();
                default -> throw new AssertionError("unexpected " + reply);
            };
        }

        private Map<String, Payload> entries() {
            Map<String, Payload> all = new TreeMap<>();
            tables.sessions().entries().all((key, value) -> all.put(key.of() + key.name(), value) == null);
            return all;
        }

        private Map<String, Payload> naiveEntries() {
            Map<String, Payload> all = new TreeMap<>();
            naive.sessions.forEach((key, one) -> one.entries.forEach((name, value) -> all.put(key + name, value)));
            return all;
        }
    }
}
