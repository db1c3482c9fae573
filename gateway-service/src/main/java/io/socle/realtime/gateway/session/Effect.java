package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import org.jspecify.annotations.Nullable;

/** What a session wants done; the connection's driver does it. */
public sealed interface Effect {
    /** Write a push to the client. */
    record Send(ServerFrame frame) implements Effect {}

    /** Verify a token and tell the session the outcome under the same id. */
    record Verify(long id, String token) implements Effect {}

    /** Send a publish to the owner and tell the session the decision. */
    record Publish(
            @Nullable Long id,
            RealtimeMessage message,
            @Nullable ProducerSequence producer) implements Effect {}

    /** Begin a subscription and tell the session when it stands or fails. */
    record OpenSubscription(ClientFrame.Subscribe frame, String subject) implements Effect {}

    /** End a subscription; nothing of it is written afterwards. */
    record CloseSubscription(String name) implements Effect {}

    /** End a durable subscription, have the owner forget it, and tell the session the answer to the command. */
    record DeleteSubscription(long id, String name) implements Effect {}

    /** Move a subscription's acknowledged place. */
    record Acknowledge(String name, String cursor) implements Effect {}

    /** Ask the owner for a page of history and tell the session the reply. */
    record ReadHistory(ClientFrame.History frame, String subject) implements Effect {}

    /** Have the owner delete a message or a channel, and tell the session the answer to the command. */
    record Delete(ClientFrame.Delete frame) implements Effect {}

    /**
     * Ask a room's owner, and tell the session the answer.
     *
     * @param permitted whether the token covers the room
     */
    record AskRoom(RoomFrame frame, String subject, boolean permitted) implements Effect {}

    /**
     * A room has one peer less.
     *
     * @param mayComeBack whether it keeps its place for a while
     */
    record LeaveRoom(ChannelName room, boolean mayComeBack) implements Effect {}

    /** Do something about presence. */
    record OfPresence(PresenceEffect effect) implements Effect {}

    /** Say why, then close. */
    record Close(Disconnect disconnect) implements Effect {}
}
