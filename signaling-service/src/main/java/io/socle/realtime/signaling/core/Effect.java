package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.RealtimeMessage;

/** What is to be done because of a command; the same commands give the same effects. */
public sealed interface Effect {
    /** Answer the command. */
    record Answer(Origin origin, Reply reply) implements Effect {}

    /** Tell a peer, by the node that has its connection. */
    record Tell(int slot, long incarnation, Delivery.ToPeer told) implements Effect {}

    /** Have a message published on its channel; its id makes a repeat harmless. */
    record Publish(RealtimeMessage message) implements Effect {}
}
