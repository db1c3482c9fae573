package io.socle.realtime.shell.owner;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;

/** What an owner does to the world. */
public sealed interface Outcome {
    /** Tells one incarnation of a gateway node. */
    record Tell(int slot, long incarnation, Delivery.Content content) implements Outcome {}

    /** Answers a request of a gateway node. */
    record Answer(Origin origin, Reply reply) implements Outcome {}

    /**
     * Gives another owner a command. It is in the log before what caused it is committed, and after a crash it may be there
     * again: it has an id by which its receiver knows it.
     *
     * @param topic its Kafka topic
     * @param key by which its partition is found
     */
    record Command(String topic, byte[] key, byte[] value) implements Outcome {}

    /** Sets the record aside for inspection. */
    record Park(String reason) implements Outcome {}
}
