package io.socle.realtime.shell.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class CommandProducerTest {
    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final CommandProducer producer = new CommandProducer(kafka);

    private static ProducerRecord<byte[], byte[]> record() {
        return new ProducerRecord<>("commands", new byte[1]);
    }

    @Test
    void a_promise_is_kept_before_the_commit() {
        producer.promise(record());
        assertThat(kafka.flushed()).isFalse();
        producer.keepPromises();
        assertThat(kafka.flushed()).isTrue();
    }

    @Test
    void what_could_not_be_appended_keeps_its_thread_from_committing_once() {
        producer.promise(record());
        kafka.errorNext(new TimeoutException("away"));
        assertThatThrownBy(producer::keepPromises).isInstanceOf(KafkaException.class);
        producer.keepPromises();
    }

    @Test
    void promises_are_of_the_thread_that_gave_them() {
        producer.promise(record());
        kafka.errorNext(new TimeoutException("away"));
        CompletableFuture.runAsync(producer::keepPromises).join();
        assertThatThrownBy(producer::keepPromises).isInstanceOf(KafkaException.class);
    }

    @Test
    void what_can_be_appended_again_keeps_nobody_from_committing() {
        List<String> then = new ArrayList<>();
        producer.append(record(), "tick", () -> then.add("first"));
        producer.append(record(), "tick", () -> then.add("second"));
        kafka.errorNext(new TimeoutException("away"));
        kafka.completeNext();
        producer.keepPromises();
        assertThat(then).containsExactly("second");
    }
}
