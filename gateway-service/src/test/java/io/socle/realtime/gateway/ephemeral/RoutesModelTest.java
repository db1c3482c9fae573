package io.socle.realtime.gateway.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Delivery.NodeLife;
import io.socle.realtime.contracts.log.Partitions;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random publishes, changes of interest and delays between node and owner, against the plain rules: each node gets a
 * channel's messages in their order and none twice, and when nothing is on its way any more a message goes to exactly the
 * nodes that want it (EPH-2, EPH-5).
 */
class RoutesModelTest {
    private static final int SEEDS = 300;
    private static final int STEPS = 400;
    private static final List<ChannelName> CHANNELS =
            List.of(new ChannelName("t/1"), new ChannelName("t/2"), new ChannelName("t/3"), new ChannelName("t/4"));

    @Test
    void messages_reach_whoever_wants_them_in_order_and_once() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new Run(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static final class Run {
        private final SplittableRandom random;
        private final SimulatedNode node = new SimulatedNode(CHANNELS.size());
        private final Map<ChannelName, Set<Integer>> wanting = new HashMap<>();
        private final Set<ChannelName> watched = new HashSet<>();
        /** What owners have said and the node has not heard; of each partition in order. */
        private final List<ArrayDeque<Runnable>> toNode = new ArrayList<>();

        private int commandsDone;
        private int sent;

        Run(long seed) {
            random = new SplittableRandom(seed);
            for (int i = 0; i < SimulatedNode.PARTITIONS; i++) {
                toNode.add(new ArrayDeque<>());
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            settle();
            CHANNELS.forEach(channel -> node.send(channel, channel.value() + " " + ++sent));
            settle();
            CHANNELS.forEach(this::reachesExactlyWhoWantsIt);
            node.received.values().forEach(Run::isInOrderOfEachChannel);
        }

        private void step() {
            ChannelName channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> node.send(channel, channel.value() + " " + ++sent);
                case 4, 5 -> changeInterest(channel);
                case 6 -> anyChanged(Partitions.of(channel, SimulatedNode.PARTITIONS));
                case 7 -> {
                    node.nanos += random.nextLong(Routes.IDLE.toNanos() / 2);
                    node.routes.forgetIdle();
                }
                case 8, 9 -> ownersWork();
                default -> hear(random.nextInt(SimulatedNode.PARTITIONS));
            }
        }

        private void changeInterest(ChannelName channel) {
            Set<Integer> slots = wanting.computeIfAbsent(channel, any -> new TreeSet<>());
            int slot = random.nextInt(4);
            if (!slots.remove(slot)) {
                slots.add(slot);
            }
            tell(channel);
        }

        private void tell(ChannelName channel) {
            if (watched.contains(channel)) {
                List<NodeLife> nodes = wanting.getOrDefault(channel, Set.of()).stream()
                        .map(slot -> new NodeLife(slot, 1))
                        .toList();
                of(channel).add(() -> node.routes.interested(channel, nodes));
            }
        }

        /** As when a filter was subscribed: the interest of any channel of the partition is another one. */
        private void anyChanged(int partition) {
            CHANNELS.stream()
                    .filter(channel -> Partitions.of(channel, SimulatedNode.PARTITIONS) == partition)
                    .forEach(channel -> wanting.put(channel, new TreeSet<>(Set.of(1 + random.nextInt(3)))));
            toNode.get(partition).add(() -> node.routes.interestChanged(partition));
        }

        private ArrayDeque<Runnable> of(ChannelName channel) {
            return toNode.get(Partitions.of(channel, SimulatedNode.PARTITIONS));
        }

        private void ownersWork() {
            for (; commandsDone < node.commands.size(); commandsDone++) {
                switch (node.commands.get(commandsDone)) {
                    case Command.Watch(ChannelName channel) -> {
                        watched.add(channel);
                        tell(channel);
                    }
                    case Command.Unwatch(ChannelName channel) -> watched.remove(channel);
                    default -> throw new AssertionError("not expected of a publisher");
                }
            }
        }

        private void hear(int partition) {
            Runnable next = toNode.get(partition).poll();
            if (next != null) {
                next.run();
            }
        }

        private void settle() {
            ownersWork();
            for (int partition = 0; partition < SimulatedNode.PARTITIONS; partition++) {
                while (!toNode.get(partition).isEmpty()) {
                    hear(partition);
                }
            }
        }

        private void reachesExactlyWhoWantsIt(ChannelName channel) {
            String message = channel.value() + " " + ++sent;
            node.send(channel, message);
            Set<Integer> others = new TreeSet<>(wanting.getOrDefault(channel, Set.of()));
            others.remove(SimulatedNode.SLOT);
            Set<Integer> reached = new TreeSet<>();
            node.received.forEach((slot, messages) -> {
                if (messages.contains(message)) {
                    reached.add(slot);
                }
            });
            assertThat(reached).isEqualTo(others);
        }

        private static void isInOrderOfEachChannel(List<String> messages) {
            Map<String, Integer> last = new HashMap<>();
            for (String message : messages) {
                String[] parts = message.split(" ");
                Integer before = last.put(parts[0], Integer.parseInt(parts[1]));
                assertThat(before == null || before < Integer.parseInt(parts[1]))
                        .as("%s of %s", message, messages)
                        .isTrue();
            }
        }
    }
}
