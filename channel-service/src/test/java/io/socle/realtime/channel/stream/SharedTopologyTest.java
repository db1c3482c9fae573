package io.socle.realtime.channel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shared subscriptions through the shell with real stores. */
@SuppressWarnings("NullAway.Init") // The test runner sets the fields.
class SharedTopologyTest {
    private static final SharedName WORKERS = SharedName.parse("$share/workers/chat/#");
    private static final SharedMember ONE = new SharedMember("alice", "one");
    private static final int AT_ONCE = 256;

    @TempDir
    Path directory;

    private TopologyFixture topology;

    @BeforeEach
    void open() {
        topology = new TopologyFixture(directory, OpenTelemetry.noop(), Policies.DEFAULT);
    }

    @AfterEach
    void close() {
        topology.close();
    }

    private List<Delivery.Content> apply(long generation, SharedAction action) {
        topology.command(topology.origin(), new Command.Shared(WORKERS, ONE, generation, action));
        return topology.contents();
    }

    private static long generation(List<Delivery.Content> contents) {
        Delivery.Answer answer = (Delivery.Answer) contents.getFirst();
        return ((Reply.Joined) answer.reply()).generation();
    }

    private void publish(String id) {
        RealtimeMessage message = RealtimeMessage.builder(id, new ChannelName("chat/1"))
                .json("1")
                .qos(Qos.AT_LEAST_ONCE)
                .build();
        topology.command(topology.origin(), new Command.Publish(message, null));
    }

    @Test
    void what_waited_comes_page_by_page_and_a_tick_for_the_next_follows_at_once() { // MQT-105, MQT-112
        long before = generation(apply(0, new SharedAction.Join(1_000, 1, 0)));
        apply(before, new SharedAction.Away(60_000));
        for (int n = 0; n < AT_ONCE + 3; n++) {
            publish("m" + n);
        }
        topology.contents();
        topology.sent.clear();
        List<Delivery.Content> back = apply(0, new SharedAction.Join(1_000, 1, 0));
        assertThat(back).hasSize(1 + AT_ONCE);
        assertThat(back.get(1))
                .isInstanceOfSatisfying(
                        Delivery.Shared.class,
                        shared -> assertThat(shared.generation()).isEqualTo(generation(back)));
        assertThat(topology.sent).containsExactly(new Command.Tick());
        publish("meanwhile");
        assertThat(topology.sent).as("one is enough").hasSize(1);
        topology.command(topology.origin(), new Command.Tick());
        assertThat(topology.counted("realtime.channel.shared")).isEqualTo(AT_ONCE + 4);
        assertThat(topology.sent).hasSize(1);
        assertThat(topology.parked()).isEmpty();
    }
}
