package io.socle.realtime.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.log.PresenceRecords;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.pressure.Pressure;
import io.socle.realtime.gateway.pressure.PressureLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaOwnersTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private long nanos;
    private final Pressure pressure =
            new Pressure(new PressureLimits(Duration.ofSeconds(2), Duration.ofMillis(500)), () -> nanos, () -> 0);
    private final PendingReplies pending = new PendingReplies(10, Duration.ofMinutes(1), () -> nanos, pressure);
    private final KafkaOwners owners =
            new KafkaOwners(producer, new LogTopics("rt."), 1, new NodeClaim(0, 1, "here"), pending, pressure);
    private final List<FailureCode> refusals = new ArrayList<>();

    private void command() {
        owners.command(
                0,
                new Command.NodeStarted(),
                Runnable::run,
                (partition, logPosition, reply) ->
                        refusals.add(((Reply.Refused) reply).problem().code()));
    }

    @Test
    void what_the_producer_does_not_even_try_is_unavailable() {
        producer.sendException = new TimeoutException("no metadata");
        command();
        assertThat(refusals).containsExactly(FailureCode.UNAVAILABLE);
    }

    @Test
    void what_failed_after_it_was_sent_is_undecided() throws InterruptedException {
        command();
        // The producer's own thread tells of it.
        Thread sender = Thread.ofPlatform().start(() -> producer.errorNext(new TimeoutException("no answer")));
        sender.join();
        assertThat(refusals).containsExactly(FailureCode.TIMEOUT);
        assertThat(pending.size()).isZero();
    }

    private void publish() {
        var message = RealtimeMessage.builder("id", new ChannelName("a/1")).build();
        owners.command(0, new Command.Publish(message, null), Runnable::run, (partition, logPosition, reply) -> {
            Problem problem = ((Reply.Refused) reply).problem();
            assertThat(problem.retryAfter()).isNotNull();
            refusals.add(problem.code());
        });
    }

    @Test
    void a_publish_that_would_wait_too_long_is_refused_and_other_commands_are_sent() { // FLO-6, FLO-9
        for (int i = 0; i < 8; i++) {
            publish();
        }
        assertThat(producer.history()).hasSize(8);
        // So few are refused only after twice the limit without a decision.
        nanos = Duration.ofSeconds(4).toNanos() + 1;
        publish();
        assertThat(refusals).containsExactly(FailureCode.OVERLOADED);
        assertThat(producer.history()).hasSize(8);
        command();
        assertThat(producer.history()).hasSize(9);
    }

    @Test
    void the_last_places_of_the_node_are_kept_from_publishes() { // FLO-5, FLO-9
        for (int i = 0; i < 10; i++) {
            publish();
        }
        assertThat(producer.history()).hasSize(9);
        assertThat(refusals).containsExactly(FailureCode.OVERLOADED);
        command();
        assertThat(producer.history()).hasSize(10);
    }

    @Test
    void what_is_asked_of_presence_goes_to_its_topic_and_tells_nothing_of_the_owners_of_channels() {
        owners.presence(0, new PresenceCommand.Where("alice"), Runnable::run, ReplyHandler.IGNORE);
        var record = producer.history().getFirst();
        assertThat(record.topic()).isEqualTo("rt.presence.commands");
        assertThat(PresenceRecords.decode(record.value()))
                .isEqualTo(new PresenceRecords.Logged(new Origin(0, 1, 1), new PresenceCommand.Where("alice")));
        assertThat(pending.size()).isEqualTo(1);
        assertThat(pressure.undecided()).isZero();
    }
}
