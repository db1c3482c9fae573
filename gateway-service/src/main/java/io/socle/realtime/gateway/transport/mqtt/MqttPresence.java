package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.PresenceJson;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.PresenceChannels;
import java.util.Optional;

/** What a client publishes to {@code $presence/<channel>}: it enters, or with nothing leaves (clause PRS-60). */
final class MqttPresence {
    private MqttPresence() {}

    /** The channel that a topic means; empty where it is an ordinary one. */
    static Optional<ChannelName> channel(String topic) {
        try {
            return PresenceChannels.watchedBy(new ChannelName(topic));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Throws ProblemException where the payload is none of a member, or the client identifier cannot be an entry. */
    static ClientFrame frame(long id, ChannelName channel, String clientId, byte[] payload) {
        try {
            String entry = new MemberKey(channel, "x", clientId).entry();
            return new ClientFrame.OfPresence(
                    payload.length == 0
                            ? new PresenceAsk.Leave(id, channel, entry)
                            : new PresenceAsk.Enter(
                                    id,
                                    channel,
                                    entry,
                                    PresenceJson.body(payload).profile()));
        } catch (InvalidValueException e) {
            throw new ProblemException(
                    new Problem(FailureCode.INVALID_VALUE, "the client identifier: " + e.getMessage()));
        }
    }
}
