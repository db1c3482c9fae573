package io.socle.realtime.presence.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodeDirectoryTest {
    private static final long LEASE = 10_000;

    private NodeDirectory directory = NodeDirectory.empty(LEASE);

    @Test
    void a_claim_joins_and_heartbeats_keep_it_for_any_time() {
        assertThat(at(0, claim(1, 5))).hasExactlyElementsOfTypes(NodeChange.Joined.class);
        for (long time = 3_000; time < 100_000; time += 3_000) {
            assertThat(at(time, new NodeEvent.Beat(1, 5))).isEmpty();
        }
        assertThat(incarnations()).containsExactly(5L);
    }

    @Test
    void a_node_that_falls_silent_while_others_speak_leaves_after_its_lease() {
        at(0, claim(1, 5));
        at(0, claim(2, 6));
        for (long time = 2_000; time <= LEASE; time += 2_000) {
            assertThat(at(time, new NodeEvent.Beat(2, 6))).isEmpty();
        }
        assertThat(at(LEASE + 2_000, new NodeEvent.Beat(2, 6)))
                .containsExactly(new NodeChange.Left(new LiveNode(1, 5, "n5", 0), NodeChange.Cause.EXPIRED));
    }

    @Test
    void a_silent_node_leaves_by_ticks_alone() {
        at(0, claim(1, 5));
        for (long time = 3_000; time <= 9_000; time += 3_000) {
            assertThat(at(time, new NodeEvent.Ticked())).isEmpty();
        }
        assertThat(at(12_000, new NodeEvent.Ticked())).hasExactlyElementsOfTypes(NodeChange.Left.class);
    }

    @Test
    void a_silence_of_everybody_is_a_broker_away_and_nobodys_death() {
        at(0, claim(1, 5));
        at(0, claim(2, 6));
        assertThat(at(3_600_000, new NodeEvent.Beat(1, 5))).isEmpty();
        assertThat(at(3_600_500, new NodeEvent.Beat(2, 6))).isEmpty();
        assertThat(incarnations()).containsExactly(5L, 6L);
    }

    @Test
    void a_later_claim_takes_the_slot_and_the_earlier_incarnation_is_refused() {
        at(0, claim(1, 5));
        assertThat(at(1, claim(1, 9)))
                .hasExactlyElementsOfTypes(NodeChange.Left.class, NodeChange.Joined.class)
                .first()
                .isEqualTo(new NodeChange.Left(new LiveNode(1, 5, "n5", 0), NodeChange.Cause.REPLACED));
        assertThat(at(2, new NodeEvent.Beat(1, 5))).hasExactlyElementsOfTypes(NodeChange.Refused.class);
        assertThat(at(3, new NodeEvent.Released(1, 5))).hasExactlyElementsOfTypes(NodeChange.Refused.class);
        assertThat(incarnations()).containsExactly(9L);
    }

    @Test
    void a_release_leaves_at_once() {
        at(0, claim(1, 5));
        assertThat(at(1, new NodeEvent.Released(1, 5)))
                .containsExactly(new NodeChange.Left(new LiveNode(1, 5, "n5", 0), NodeChange.Cause.RELEASED));
        assertThat(directory.nodes()).isEmpty();
    }

    @Test
    void a_time_before_the_last_changes_no_lease() {
        at(50_000, claim(1, 5));
        assertThat(at(1, new NodeEvent.Beat(1, 5))).isEmpty();
        assertThat(directory.lastRecord()).isEqualTo(50_000);
        assertThat(directory.observed()).isZero();
    }

    @Test
    void a_lease_of_nothing_is_refused() {
        assertThatThrownBy(() -> NodeDirectory.empty(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Against a naive model: joined and left always alternate per slot, and add up to who is there. */
    @Test
    void changes_add_up_to_the_directory_and_a_replay_gives_the_same() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        Map<Integer, LiveNode> model = new HashMap<>();
        List<Long> times = new ArrayList<>();
        List<NodeEvent> events = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < 20_000; i++) {
            time += random.nextInt(100) == 0 ? random.nextInt(60_000) : random.nextInt(2_000);
            NodeEvent event = event(random, i);
            times.add(time);
            events.add(event);
            for (NodeChange change : at(time, event)) {
                apply(model, change, seed);
            }
            assertThat(incarnations())
                    .as("seed " + seed)
                    .containsExactlyInAnyOrderElementsOf(
                            model.values().stream().map(LiveNode::incarnation).toList());
        }
        var replayed = NodeDirectory.empty(LEASE);
        for (int i = 0; i < events.size(); i++) {
            replayed = replayed.apply(times.get(i), events.get(i)).directory();
        }
        assertThat(replayed).as("seed " + seed).isEqualTo(directory);
    }

    private static void apply(Map<Integer, LiveNode> model, NodeChange change, long seed) {
        switch (change) {
            case NodeChange.Joined joined ->
                assertThat(model.put(joined.node().slot(), joined.node()))
                        .as("seed " + seed)
                        .isNull();
            case NodeChange.Left left -> {
                LiveNode before = model.remove(left.node().slot());
                assertThat(before).as("seed " + seed).isNotNull();
                assertThat(before == null ? -1 : before.incarnation())
                        .isEqualTo(left.node().incarnation());
            }
            case NodeChange.Refused refused -> {}
        }
    }

    private NodeEvent event(SplittableRandom random, int offset) {
        int slot = random.nextInt(4);
        LiveNode holder = directory.bySlot().get(slot);
        long incarnation =
                holder == null || random.nextInt(10) == 0 ? random.nextInt(offset + 1) : holder.incarnation();
        return switch (random.nextInt(20)) {
            case 0 -> claim(slot, offset);
            case 1 -> new NodeEvent.Released(slot, incarnation);
            default -> new NodeEvent.Beat(slot, incarnation);
        };
    }

    private List<NodeChange> at(long time, NodeEvent event) {
        var step = directory.apply(time, event);
        directory = step.directory();
        return step.changes();
    }

    private static NodeEvent claim(int slot, long incarnation) {
        return new NodeEvent.Claimed(slot, incarnation, "n" + incarnation);
    }

    private List<Long> incarnations() {
        return directory.nodes().stream().map(LiveNode::incarnation).toList();
    }
}
