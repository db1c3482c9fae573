package io.socle.realtime.gateway.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages to the event loops of the own node (EPH-2, EPH-6). */
class LocalFanOutTest {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final SimulatedNode node = new SimulatedNode(1);
    private final RecordingSink sink = new RecordingSink(tasks::add);
    private final LocalFanOut local = new LocalFanOut(sink, node);

    private void send(int number) {
        var message = RealtimeMessage.builder("" + number, new ChannelName("typing/1"));
        local.send(new SharedMessage(message.build()));
    }

    private List<String> taken() {
        return sink.messages.stream().map(RealtimeMessage::id).toList();
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void what_was_sent_before_the_loops_turn_comes_in_one_batch_and_in_order() {
        send(1);
        send(2);
        runTasks();
        send(3);
        runTasks();
        assertThat(taken()).containsExactly("1", "2", "3");
        assertThat(sink.batches).isEqualTo(2);
    }

    @Test
    void a_loop_that_is_behind_holds_a_bounded_number() {
        IntStream.range(0, LocalFanOut.AHEAD).forEach(this::send);
        assertThat(node.dropped).isEmpty();
        send(-1);
        assertThat(node.dropped).containsExactly(Map.entry(EphemeralMetrics.Dropped.LOOP_BEHIND, 1));
        runTasks();
        assertThat(taken()).hasSize(LocalFanOut.AHEAD).doesNotContain("-1");
        send(-2);
        runTasks();
        assertThat(taken()).endsWith("-2");
    }
}
