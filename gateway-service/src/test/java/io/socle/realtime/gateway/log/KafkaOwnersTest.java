package io.socle.realtime.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.log.LogTopics;
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
    private final PendingReplies pending = new PendingReplies(10, Duration.ofMinutes(1), System::nanoTime);
    private final KafkaOwners owners =
            new KafkaOwners(producer, new LogTopics("rt."), 1, new NodeClaim(0, 1, "here"), pending);
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
}
