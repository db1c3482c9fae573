package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.PresenceTold;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One MQTT client after its CONNECT, as a link: packets to frames, and what comes back to packets. Confined to its event loop. */
final class MqttLink implements Link {
    private static final Logger LOG = Logger.getLogger(MqttLink.class);

    /** Bytes of replies that may wait beyond the write buffer for a client that does not read, before it is cut off. */
    private static final long REPLY_BYTES = 1 << 20;

    /** Answers that may wait until the session is saved, before nothing more is read. */
    private static final int UNSAVED = 1_024;

    private final Client client;
    private final String clientId;
    private final Consumer<@Nullable Disconnect> decided;
    private final Ending ending;
    private final Commands commands = new Commands();
    private final Delivering delivering;
    private final RetainedDelivery retained;
    private final Resuming resuming;
    private final Sharing sharing;
    private final SystemTopics system;
    private final Statistics statistics;
    private int counted;
    private Parts parts = Parts.NONE;
    private boolean toldLost;
    private boolean leaving;
    /** Who takes what the window has left goes by turns. */
    private boolean sharedFirst;

    /** What needs the events that {@code Connections.open} gives for the link. */
    private record Parts(
            @Nullable LinkEvents events,
            @Nullable Publishing publishing,
            @Nullable Subscribing subscribing) {
        static final Parts NONE = new Parts(null, null, null);
    }

    /**
     * Makes it.
     *
     * @param decided told null when the session is open, and the reason when it ends
     */
    MqttLink(Client client, MqttNode node, String clientId, Consumer<@Nullable Disconnect> decided, Ending ending) {
        this.client = client;
        this.clientId = clientId;
        this.decided = decided;
        this.ending = ending;
        this.delivering = new Delivering(client, node.clock());
        this.resuming = new Resuming(client, node.sessions(), delivering, this::resumed);
        this.retained = new RetainedDelivery(client, delivering, node.requests(), this::tellWritable, ending);
        this.sharing = new Sharing(client, delivering, new Sharing.Place(node.shared(), clientId), ending);
        this.statistics = node.statistics();
        this.system = new SystemTopics(
                client, new SystemTopics.Source(statistics, node.settings().statisticsInterval()));
    }

    /** The client knows that it is connected: what its session owes it comes, if anything. */
    void resume() {
        resuming.begin();
    }

    private void resumed() {
        if (parts.subscribing() != null) {
            parts.subscribing().resume();
            sharing.resume();
        }
        tellWritable();
    }

    void begin(LinkEvents events, MqttSettings settings, InstantSource clock) {
        var subscribing = new Subscribing(client, events, commands, retained, sharing, system, ending, this::tellLost);
        parts = new Parts(
                events,
                new Publishing(client, clientId, events, commands, settings, clock, ending, subscribing::behind),
                subscribing);
    }

    /** Handles a packet; throws PacketException where the connection has to end. */
    void received(Packet packet) {
        Publishing publishing = parts.publishing();
        Subscribing subscribing = parts.subscribing();
        if (publishing == null || subscribing == null) {
            return;
        }
        switch (packet) {
            case Packet.Publish publish -> publishing.received(publish);
            case Packet.Acknowledgement ack -> acknowledged(ack, publishing);
            case Packet.Subscribe subscribe -> subscribing.subscribe(subscribe);
            case Packet.Unsubscribe unsubscribe -> subscribing.unsubscribe(unsubscribe);
            case Packet.PingReq ping -> {
                heard();
                client.send(new Packet.PingResp());
            }
            default -> throw new IllegalArgumentException("not for a link: " + packet.getClass());
        }
        cutOffIfDeaf();
        if (client.session().journal().waiting() > UNSAVED) {
            client.channel().pause(PacketChannel.Reason.UNSAVED_SESSION);
        }
        count(client.session().subscriptions().size() + sharing.size() + system.size());
    }

    /** Notes how many subscriptions there are now. */
    private void count(int subscriptions) {
        if (subscriptions != counted) {
            statistics.subscribed(subscriptions - counted);
            counted = subscriptions;
        }
    }

    private void acknowledged(Packet.Acknowledgement ack, Publishing publishing) {
        heard();
        switch (ack.type()) {
            case PUBREL -> publishing.released(ack.packetId());
            default -> {
                if (ack.type() == PacketType.PUBACK) {
                    sharing.acknowledged(ack.packetId());
                }
                if (delivering.acknowledged(ack)) {
                    tellWritable();
                }
            }
        }
    }

    private void heard() {
        if (parts.events() != null) {
            parts.events().heard();
        }
    }

    /** Replies are written whether the socket takes them or not, so this is their bound. */
    private void cutOffIfDeaf() {
        if (!client.channel().isWritable() && client.channel().overdueBytes() > REPLY_BYTES) {
            ending.end(FailureCode.SLOW_CONSUMER.mqttReasonCode(), "the client does not read what it asks for");
        }
    }

    /** The window or the socket takes more. */
    void tellWritable() {
        resuming.proceed();
        retained.proceed();
        sharedFirst = !sharedFirst;
        if (sharedFirst) {
            sharing.proceed();
        }
        if (parts.events() != null && writable()) {
            parts.events().writable();
        }
        sharing.proceed();
    }

    /** The client said that it goes. */
    void leaving() {
        if (parts.events() != null) {
            parts.events().leaving();
        }
    }

    /**
     * The client is gone. What it has subscribed to before it left belongs to its session, so the end waits for the owners'
     * answers, for a while.
     */
    void leave(Runnable end) {
        leaving = true;
        if (parts.subscribing() == null) {
            end.run();
        } else {
            parts.subscribing().leave(end);
        }
    }

    /**
     * The connection is gone.
     *
     * @param keptMs how long the session outlives it, in milliseconds
     */
    void closed(long keptMs) {
        resuming.close();
        retained.close();
        sharing.close(keptMs);
        system.close();
        count(0);
        if (parts.events() != null) {
            parts.events().closed();
        }
    }

    @Override
    public boolean writable() {
        return !leaving && !resuming.isUnderWay() && retained.isIdle() && delivering.isOpen();
    }

    /** Acknowledgements never wait for the window of messages (MQTT 5 section 4.9). */
    @Override
    public boolean takesReplies() {
        return true;
    }

    @Override
    public void push(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Connected connected -> decided.accept(null);
            case ServerFrame.Published published -> commands.answer(published.id(), published);
            case ServerFrame.Subscribed subscribed -> commands.answer(subscribed.id(), subscribed);
            case ServerFrame.OfPresence(PresenceTold.Entered told) -> commands.answer(told.id(), frame);
            case ServerFrame.OfPresence(PresenceTold.Left told) -> commands.answer(told.id(), frame);
            case ServerFrame.ProblemFrame problem -> commands.answer(problem.id(), problem);
            case ServerFrame.Unsubscribed ended -> unsubscribed(ended);
            // The keep alive is the client's sign of life, and it is watched where packets come in.
            case ServerFrame.Ping ping -> heard();
            case ServerFrame.Lost lost -> tellLost();
            case ServerFrame.LostUntil lost -> tellLost();
            default -> {
                // MQTT has no packet for it, and no message is missing because of it.
            }
        }
    }

    private void unsubscribed(ServerFrame.Unsubscribed ended) {
        if (ended.id() != null) {
            commands.answer(ended.id(), ended);
        } else if (parts.subscribing() != null) {
            parts.subscribing().ended(ended.subscription(), ended.problem());
        }
    }

    /** MQTT cannot tell the client that history no longer has what it was too slow for: the log says it once. */
    private void tellLost() {
        if (!toldLost) {
            toldLost = true;
            LOG.warn(
                    "An MQTT client was slower than history is long: messages that it was owed are lost (clause MQT-22)");
        }
    }

    @Override
    public void message(String subscription, @Nullable String cursor, SharedMessage message) {
        if (!retained.wasSent(subscription, message.message())) {
            delivering.live(subscription, message);
        }
        Position position = message.message().position();
        if (position != null) {
            client.session().subscriptions().reached(subscription, cursor == null ? position : cursor);
        }
    }

    @Override
    public boolean follows() {
        return client.session().journal().keeps() && !resuming.isUnderWay();
    }

    @Override
    public void reached(String subscription, String cursor) {
        client.session().subscriptions().drifted(subscription, cursor);
    }

    @Override
    public void flush() {
        client.channel().flush();
    }

    @Override
    public void close(Disconnect disconnect) {
        decided.accept(disconnect);
    }
}
