package io.socle.realtime.gateway.transport.mqtt;

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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is published when a client goes without a word (MQTT 5 section 3.1.2.5); held in memory in this release. Immutable. */
final class Will {
    private static final Logger LOG = Logger.getLogger(Will.class);

    private final MqttNode node;
    private final Principal principal;
    private final InboundMessages.Content content;
    private final String id;
    private final Duration delay;

    private Will(MqttNode node, Principal principal, Packet.Connect connect, Packet.Will will) {
        this.node = node;
        this.principal = principal;
        this.content =
                new InboundMessages.Content(will.topic(), will.qos(), will.retain(), will.properties(), will.payload());
        this.id = node.freshId("will-");
        this.delay = delay(connect, will);
    }

    /** Until the session would have ended; before version 5 there is no delay. */
    private static Duration delay(Packet.Connect connect, Packet.Will will) {
        long wanted = connect.version() == Version.V5 ? will.properties().number(Property.WILL_DELAY, 0) : 0;
        return Duration.ofSeconds(Math.min(wanted, connect.properties().number(Property.SESSION_EXPIRY, 0)));
    }

    /** The will of a CONNECT; null without one. Throws ProblemException where it may not, or can not, be published. */
    static @Nullable Will of(MqttNode node, Principal principal, Packet.Connect connect) {
        if (connect.will() == null) {
            return null;
        }
        Will will = new Will(node, principal, connect, connect.will());
        Problem refusal = Permissions.publish(principal, will.draft(), node.limits());
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
        return will;
    }

    Duration delay() {
        return delay;
    }

    /** Its expiry counts from when it is published. */
    private MessageDraft draft() {
        return InboundMessages.read(content, id, node.clock().instant());
    }

    /** Publishes it; whether the client may is checked again. */
    void publish() {
        node.requests().publish("mqtt", principal, draft(), null).whenComplete((published, failure) -> {
            if (failure != null) {
                LOG.warnf("A will was not published: %s", failure.getMessage());
            }
        });
    }
}
