package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.gateway.session.Permissions;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.mqtt.mapping.InboundMessages;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import io.socle.realtime.gateway.transport.mqtt.packet.Version;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is published when a client goes without a word (MQTT 5 section 3.1.2.5), as the session's owner keeps it. */
final class Will {
    private Will() {}

    /**
     * The will of a CONNECT; null without one. Throws ProblemException where it may not, or can not, be published. Its id is
     * given here, so that it is the same however often it is sent.
     */
    static @Nullable SessionWill of(MqttNode node, Principal principal, Packet.Connect connect) {
        Packet.Will will = connect.will();
        if (will == null) {
            return null;
        }
        var content =
                new InboundMessages.Content(will.topic(), will.qos(), will.retain(), will.properties(), will.payload());
        String id = node.freshId("will-");
        MessageDraft draft = InboundMessages.read(content, id, node.clock().instant());
        Problem refusal = Permissions.publish(principal, draft, node.limits());
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        long expiry = will.properties().number(Property.MESSAGE_EXPIRY, -1);
        return new SessionWill(
                draft.complete(() -> id, principal.subject()),
                delay(connect, will).toMillis(),
                expiry < 0 ? null : Duration.ofSeconds(expiry).toMillis());
    }

    /** Before version 5 there is none. The owner ends it when the session ends. */
    private static Duration delay(Packet.Connect connect, Packet.Will will) {
        return Duration.ofSeconds(
                connect.version() == Version.V5 ? will.properties().number(Property.WILL_DELAY, 0) : 0);
    }
}
