package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.mqtt.flow.ClientSession;
import io.socle.realtime.gateway.transport.mqtt.flow.InboundFlow;
import io.socle.realtime.gateway.transport.mqtt.flow.OutboundFlow;
import io.socle.realtime.gateway.transport.mqtt.packet.ConnectException;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketException;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketReader;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketWriter;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.Property;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import io.socle.realtime.gateway.transport.mqtt.packet.Version;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** One network connection from its first byte to its last: CONNECT, what follows, and how it ends. Confined to its event loop. */
final class MqttConnection implements PacketChannel.Listener, ClientRegistry.Attached {
    private final MqttNode node;
    private final PacketChannel channel;
    private final PacketReader reader = new PacketReader();
    private final ScheduledFuture<?> connectTimer;
    private Phase phase = Phase.NEW;
    private @Nullable Open open;
    /** Whether it is among the clients that are connected. */
    private boolean counted;

    private enum Phase {
        NEW,
        AUTHENTICATING,
        /** The session is asked whether it begins. */
        OPENING,
        OPEN,
        CLOSED
    }

    /** What there is once the client is known. */
    private static final class Open {
        final Packet.Connect connect;
        final Client client;
        final ClientRegistry.Key key;
        final MqttLink link;
        final KeepAlive keepAlive;
        /** Null where there is none, and where it is not to be published any more. */
        @Nullable
        Will will;

        Open(
                Packet.Connect connect,
                Client client,
                ClientRegistry.Key key,
                MqttLink link,
                KeepAlive keepAlive,
                @Nullable Will will) {
            this.connect = connect;
            this.client = client;
            this.key = key;
            this.link = link;
            this.keepAlive = keepAlive;
            this.will = will;
        }
    }

    MqttConnection(MqttNode node, PacketChannel channel) {
        this.node = node;
        this.channel = channel;
        channel.setWriteBuffer(node.settings().writeBufferBytes());
        this.connectTimer = channel.later(node.settings().connectTimeout().toNanos(), this::giveUp);
    }

    /** Whoever has not said which version it speaks cannot be told anything (MQTT 5 section 3.1.4). */
    private void giveUp() {
        if (phase == Phase.NEW) {
            close();
        }
    }

    @Override
    public void packet(int firstByte, byte[] body) {
        try {
            switch (phase) {
                case NEW -> connect(reader.connect(firstByte, body));
                case OPEN -> received(reader.read(firstByte, body));
                case AUTHENTICATING, OPENING, CLOSED -> {}
            }
        } catch (ConnectException e) {
            refuse(e.version(), e.reasonCode(), e.reason());
        } catch (PacketException e) {
            broken(e);
        }
    }

    @Override
    public void broken(PacketException why) {
        end(why.reasonCode(), why.reason());
    }

    private void connect(Packet.Connect connect) {
        connectTimer.cancel(false);
        if (connect.properties().has(Property.AUTHENTICATION_METHOD)) {
            refuse(connect.version(), ReasonCode.BAD_AUTHENTICATION_METHOD, "no extended authentication is offered");
            return;
        }
        phase = Phase.AUTHENTICATING;
        channel.pause(PacketChannel.Reason.AUTHENTICATION);
        node.authenticator()
                .authenticate(Credentials.token(connect))
                .whenComplete((principal, failure) ->
                        channel.loop().execute(() -> authenticated(connect, principal, failure)));
    }

    private void authenticated(Packet.Connect connect, @Nullable Principal principal, @Nullable Throwable failure) {
        if (phase != Phase.AUTHENTICATING) {
            return;
        }
        try {
            if (principal == null) {
                throw new ProblemException(problem(failure));
            }
            begin(connect, principal, Will.of(node, principal, connect));
        } catch (ProblemException e) {
            refuse(
                    connect.version(),
                    ReasonCodes.ofConnect(e.problem().code()),
                    e.problem().detail());
        }
        channel.resume(PacketChannel.Reason.AUTHENTICATION);
        channel.flush();
    }

    private static Problem problem(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ProblemException known ? known.problem() : Problem.of(FailureCode.UNAUTHORIZED);
    }

    private void begin(Packet.Connect connect, Principal principal, @Nullable Will will) {
        String clientId = connect.clientId().isEmpty() ? node.freshId("auto-") : connect.clientId();
        var client = new Client(channel, connect, session(connect), principal);
        var link = new MqttLink(
                client,
                node.requests(),
                new Sharing.Place(node.shared(), clientId),
                new SystemTopics.Source(node.statistics(), node.settings().statisticsInterval()),
                node.clock(),
                this::decided,
                this::end);
        var keepAlive = new KeepAlive(channel, keepAlive(connect), this::silent);
        open = new Open(connect, client, ClientRegistry.Key.of(principal, clientId), link, keepAlive, will);
        phase = Phase.OPENING;
        LinkEvents events = node.connections().open("mqtt", link, channel.loop(), principal);
        link.begin(events, node.settings(), node.clock());
        events.received(new ClientFrame.Connect(0, null));
    }

    private ClientSession session(Packet.Connect connect) {
        MqttSettings settings = node.settings();
        long receiveMaximum = connect.properties().number(Property.RECEIVE_MAXIMUM, settings.inFlight());
        return new ClientSession(
                node.freshId("mqtt-"),
                new InboundFlow(settings.receiveMaximum(), connect.version().isFive()),
                new OutboundFlow((int) Math.min(receiveMaximum, settings.inFlight())));
    }

    /** Only a client of version 5 can be told another keep alive than its own (section 3.2.2.3.14). */
    private int keepAlive(Packet.Connect connect) {
        int most = (int) node.settings().keepAlive().toSeconds();
        boolean tooLong = connect.keepAlive() == 0 || connect.keepAlive() > most;
        return connect.version().isFive() && tooLong ? most : connect.keepAlive();
    }

    /** The session has begun, or it ends. */
    private void decided(@Nullable Disconnect disconnect) {
        if (disconnect != null) {
            ended(disconnect);
        } else if (phase == Phase.OPENING && open != null) {
            phase = Phase.OPEN;
            node.statistics().connected(1);
            counted = true;
            node.clients().attach(open.key, this, open.connect.cleanStart());
            open.client.send(connAck(open));
            open.keepAlive.begin();
        }
    }

    private Packet.ConnAck connAck(Open with) {
        if (!with.client.isFive()) {
            return new Packet.ConnAck(false, ReasonCode.SUCCESS, Properties.NONE);
        }
        MqttSettings settings = node.settings();
        Properties.Builder properties = Properties.builder()
                .number(Property.RECEIVE_MAXIMUM, settings.receiveMaximum())
                .number(Property.MAXIMUM_PACKET_SIZE, settings.packetBytes())
                .number(Property.TOPIC_ALIAS_MAXIMUM, settings.topicAliases())
                .flag(Property.RETAIN_AVAILABLE, true)
                .flag(Property.WILDCARD_SUBSCRIPTION_AVAILABLE, true)
                .flag(Property.SUBSCRIPTION_IDENTIFIERS_AVAILABLE, true)
                .flag(Property.SHARED_SUBSCRIPTION_AVAILABLE, true);
        if (with.connect.properties().number(Property.SESSION_EXPIRY, 0) > 0) {
            properties.number(Property.SESSION_EXPIRY, 0);
        }
        if (with.connect.clientId().isEmpty()) {
            properties.text(Property.ASSIGNED_CLIENT_IDENTIFIER, with.key.clientId());
        }
        if (keepAlive(with.connect) != with.connect.keepAlive()) {
            properties.number(Property.SERVER_KEEP_ALIVE, keepAlive(with.connect));
        }
        return new Packet.ConnAck(false, ReasonCode.SUCCESS, properties.build());
    }

    private void received(Packet packet) {
        if (open == null) {
            return;
        }
        open.keepAlive.heard();
        switch (packet) {
            case Packet.Disconnect disconnect -> disconnected(disconnect, open);
            // Without an authentication method in CONNECT there is nothing to continue (section 4.12).
            case Packet.Auth auth ->
                throw new PacketException(ReasonCode.PROTOCOL_ERROR, "AUTH without an authentication method");
            default -> open.link.received(packet);
        }
    }

    /** The client goes. Only a normal end takes its will back (section 3.14.4). */
    private void disconnected(Packet.Disconnect disconnect, Open with) {
        long before = with.connect.properties().number(Property.SESSION_EXPIRY, 0);
        if (before == 0 && disconnect.properties().number(Property.SESSION_EXPIRY, 0) > 0) {
            throw new PacketException(ReasonCode.PROTOCOL_ERROR, "a session that ends cannot be kept in the end");
        }
        if (disconnect.reasonCode() == ReasonCode.SUCCESS) {
            with.will = null;
        }
        close();
    }

    private void silent() {
        end(ReasonCode.KEEP_ALIVE_TIMEOUT, "nothing came for one and a half times the keep alive");
    }

    @Override
    public void takenOver(boolean cleanStart) {
        channel.loop().execute(() -> {
            if (open != null && open.will != null) {
                // With a delay it is called off, because the session goes on over the other connection.
                if (cleanStart || open.will.delay().isZero()) {
                    open.will.publish();
                }
                open.will = null;
            }
            end(ReasonCode.SESSION_TAKEN_OVER, "another connection has this client identifier now");
        });
    }

    /** The session ends the connection, for a reason of the table. */
    private void ended(Disconnect disconnect) {
        FailureCode code = disconnect.code();
        if (open != null && (code == FailureCode.SHUTTING_DOWN || code == FailureCode.NODE_FENCED)) {
            // It is the node that goes, not the client.
            open.will = null;
        }
        if (phase == Phase.OPENING && open != null) {
            refuse(open.connect.version(), ReasonCodes.ofConnect(code), disconnect.reason());
        } else {
            end(code.mqttReasonCode(), disconnect.reason());
        }
    }

    private void end(int reasonCode, String reason) {
        if (phase == Phase.OPEN && open != null && open.client.isFive()) {
            open.client.send(new Packet.Disconnect(reasonCode, open.client.reason(reason)));
        }
        close();
    }

    private void refuse(Version version, int reasonCode, String reason) {
        if (phase != Phase.CLOSED) {
            Properties why =
                    Properties.builder().text(Property.REASON_STRING, reason).build();
            channel.write(new PacketWriter(version).write(new Packet.ConnAck(false, reasonCode, why)));
            if (open != null) {
                open.will = null;
            }
        }
        close();
    }

    private void close() {
        phase = Phase.CLOSED;
        connectTimer.cancel(false);
        channel.close();
    }

    @Override
    public void writable() {
        if (open != null) {
            open.link.tellWritable();
        }
    }

    @Override
    public void closed() {
        phase = Phase.CLOSED;
        connectTimer.cancel(false);
        Open was = open;
        open = null;
        if (was == null) {
            return;
        }
        was.keepAlive.end();
        if (counted) {
            node.statistics().connected(-1);
        }
        boolean replaced = !node.clients().detach(was.key, this);
        was.link.closed();
        if (was.will != null) {
            fire(was.key, was.will, replaced);
        }
    }

    private void fire(ClientRegistry.Key key, Will will, boolean replaced) {
        Duration delay = will.delay();
        if (delay.isZero()) {
            will.publish();
        } else if (!replaced) {
            node.clients().delay(key, will::publish, due -> channel.later(delay.toNanos(), due));
        }
    }
}
