package io.socle.realtime.contracts.message;

/**
 * Makes a publish idempotent without a window: per channel, a producer numbers its messages 1, 2, 3...
 *
 * @param producer the producer's id, stable over restarts
 * @param epoch grows with each life of the producer; the channel refuses a lower one as fenced
 * @param sequence 1 for the first message of the epoch on this channel, then contiguous
 */
public record ProducerSequence(String producer, long epoch, long sequence) {
    public ProducerSequence {
        Checks.identifier(producer, "producer.id");
        if (epoch < 0) {
            throw new InvalidValueException("producer.epoch", "must not be negative");
        }
        if (sequence < 1) {
            throw new InvalidValueException("producer.sequence", "must be 1 or more");
        }
    }
}
