package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.mqtt.flow.ClientSession;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** One network connection from its first byte to its last: CONNECT, what follows, and how it ends. Confined to its event loop. */
final class MqttConnection implements PacketChannel.Listener, Attachment.Events {
    /** Longest client identifier, in bytes; one that is longer is not valid (MQTT 5 section 3.1.3.1). */
    private static final int CLIENT_ID_BYTES = 1_024;

    /** Where it is the node that goes, a will waits so long for the client to come back elsewhere (clause MQT-50). */
    private static final Duration WILL_GRACE = Duration.ofSeconds(30);

    private final MqttNode node;
    private final PacketChannel channel;
    private final PacketReader reader = new PacketReader();
    private final ScheduledFuture<?> connectTimer;
    private Phase phase = Phase.NEW;
    private @Nullable Attachment attachment;
    private @Nullable Open open;
    /** How the session is given back. */
    private Leaving leaving = Leaving.WITHOUT_A_WORD;

    /** Largest packet that the client takes, in bytes, as far as its CONNECT could be read. */
    private long largestAnswer = Long.MAX_VALUE;

    private boolean finished;
    /** Whether it is among the clients that are connected. */
    private boolean counted;

    private enum Phase {
        NEW,
        AUTHENTICATING,
        /** The session is asked of its owner, or of who has it. */
        ATTACHING,
        /** The connection is asked whether it begins. */
        OPENING,
        OPEN,
        CLOSED
    }

    /** What there is once the client is known. */
    private record Open(
            Packet.Connect connect,
            Client client,
            MqttLink link,
            KeepAlive keepAlive,
            SessionExpiry expiry,
            boolean present) {}

    /**
     * How the session is given back.
     *
     * @param expiry null where it stays as it was
     * @param fires whether the will is published
     */
    private record Leaving(@Nullable SessionExpiry expiry, boolean fires, Duration grace) {
        static final Leaving WITHOUT_A_WORD = new Leaving(null, true, Duration.ZERO);
        /** It is the node that goes, not the client. */
        static final Leaving WITH_THE_NODE = new Leaving(null, true, WILL_GRACE);
        /** The client was never told that it is connected. */
        static final Leaving REFUSED = new Leaving(null, false, Duration.ZERO);
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
                case AUTHENTICATING, ATTACHING, OPENING, CLOSED -> {}
            }
        } catch (ConnectException e) {
            if (e.isAnswered()) {
                refuse(e.version(), e.reasonCode(), e.reason());
            } else {
                close();
            }
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
        largestAnswer = Client.largestPacket(connect);
        if (connect.properties().has(Property.AUTHENTICATION_METHOD)) {
            refuse(connect.version(), ReasonCode.BAD_AUTHENTICATION_METHOD, "no extended authentication is offered");
            return;
        }
        if (connect.clientId().getBytes(StandardCharsets.UTF_8).length > CLIENT_ID_BYTES) {
            refuse(connect.version(), ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "the client identifier is too long");
            return;
        }
        phase = Phase.AUTHENTICATING;
        channel.pause(PacketChannel.Reason.AUTHENTICATION);
        node.authenticator()
                .authenticate(Credentials.token(connect), channel.peerCertificate())
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
            attach(connect, principal, Will.of(node, principal, connect));
        } catch (ProblemException e) {
            refuse(connect.version(), e.problem());
        }
        channel.flush();
    }

    private static Problem problem(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ProblemException known ? known.problem() : Problem.of(FailureCode.UNAUTHORIZED);
    }

    private void attach(Packet.Connect connect, Principal principal, @Nullable SessionWill will) {
        String clientId = connect.clientId().isEmpty() ? node.freshId("auto-") : connect.clientId();
        var expiry = SessionExpiry.of(connect, node.settings().sessionExpiry());
        var taking = new Attachment(node.sessions(), new SessionKey(principal.subject(), clientId), channel, this);
        attachment = taking;
        phase = Phase.ATTACHING;
        taking.attach(connect.cleanStart(), expiry.millis(), will, reply -> {
            if (phase != Phase.ATTACHING) {
                return;
            }
            switch (reply) {
                case Reply.SessionAttached attached -> begin(connect, principal, taking, expiry, attached);
                case Reply.Refused(Problem problem) -> refuse(connect.version(), problem);
                default -> refuse(connect.version(), Problem.of(FailureCode.INTERNAL_ERROR));
            }
            channel.resume(PacketChannel.Reason.AUTHENTICATION);
            channel.flush();
        });
    }

    private void begin(
            Packet.Connect connect,
            Principal principal,
            Attachment taken,
            SessionExpiry expiry,
            Reply.SessionAttached attached) {
        ClientSession session = session(connect, expiry, attached);
        var client = new Client(channel, connect, session, principal, expiry.millis(), this::end);
        var link = new MqttLink(client, node, taken.key().clientId(), this::decided, this::end);
        var keepAlive = new KeepAlive(channel, ConnAcks.keepAlive(connect, node.settings()), this::silent);
        taken.keep(session.journal());
        open = new Open(connect, client, link, keepAlive, expiry, attached.present());
        phase = Phase.OPENING;
        LinkEvents events = node.connections().open("mqtt", link, channel.loop(), principal);
        link.begin(events, node.settings(), node.clock());
        events.received(new ClientFrame.Connect(0, null));
    }

    private ClientSession session(Packet.Connect connect, SessionExpiry expiry, Reply.SessionAttached attached) {
        MqttSettings settings = node.settings();
        long receiveMaximum = connect.properties().number(Property.RECEIVE_MAXIMUM, settings.inFlight());
        var terms = new ClientSession.Terms(
                settings.receiveMaximum(),
                connect.version().isFive(),
                (int) Math.min(receiveMaximum, settings.inFlight()),
                expiry.outlivesTheConnection());
        return new ClientSession(node.freshId("mqtt-"), attached.generation(), terms, attached.entries());
    }

    /** The connection has begun, or it ends. */
    private void decided(@Nullable Disconnect disconnect) {
        if (disconnect != null) {
            ended(disconnect);
        } else if (phase == Phase.OPENING && open != null && attachment != null) {
            begin(open, attachment.key().clientId());
        }
    }

    private void begin(Open with, String clientId) {
        Packet.ConnAck answer = connAck(with, clientId, false);
        if (!with.client.takes(answer)) {
            answer = connAck(with, clientId, true);
        }
        if (!with.client.takes(answer)) {
            refuse(with.connect.version(), ReasonCode.PACKET_TOO_LARGE, "CONNACK is larger than the client takes");
            return;
        }
        phase = Phase.OPEN;
        node.statistics().connected(1);
        counted = true;
        with.client.send(answer);
        with.keepAlive.begin();
        with.link.resume();
    }

    private Packet.ConnAck connAck(Open with, String clientId, boolean brief) {
        return ConnAcks.of(with.connect, node.settings(), clientId, with.expiry, with.present, brief);
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
        if (with.expiry.asked() == 0 && disconnect.properties().number(Property.SESSION_EXPIRY, 0) > 0) {
            throw new PacketException(ReasonCode.PROTOCOL_ERROR, "a session that ends cannot be kept in the end");
        }
        SessionExpiry changed =
                with.expiry.changed(disconnect.properties(), node.settings().sessionExpiry());
        leaving = new Leaving(changed, disconnect.reasonCode() != ReasonCode.SUCCESS, Duration.ZERO);
        with.link.leaving();
        close();
    }

    private void silent() {
        end(ReasonCode.KEEP_ALIVE_TIMEOUT, "nothing came for one and a half times the keep alive");
    }

    @Override
    public void takenOver() {
        end(ReasonCode.SESSION_TAKEN_OVER, "another connection has this client identifier now");
    }

    @Override
    public void saved() {
        if (open != null && phase == Phase.OPEN) {
            open.link.tellWritable();
        }
        channel.resume(PacketChannel.Reason.UNSAVED_SESSION);
        channel.flush();
    }

    @Override
    public void failed(Problem problem) {
        end(problem.code().mqttReasonCode(), problem.detail());
    }

    /** The node or the connection's own rules end it, for a reason of the table. */
    private void ended(Disconnect disconnect) {
        FailureCode code = disconnect.code();
        if (phase == Phase.OPENING && open != null) {
            refuse(open.connect.version(), ReasonCodes.ofConnect(code), disconnect.reason());
            return;
        }
        if (phase != Phase.CLOSED && (code == FailureCode.SHUTTING_DOWN || code == FailureCode.NODE_FENCED)) {
            leaving = Leaving.WITH_THE_NODE;
        }
        end(code.mqttReasonCode(), disconnect.reason());
    }

    private void end(int reasonCode, String reason) {
        if (phase == Phase.OPEN && open != null && open.client.isFive()) {
            open.client.send(new Packet.Disconnect(reasonCode, open.client.reason(reason)));
        }
        close();
    }

    private void refuse(Version version, Problem problem) {
        refuse(version, ReasonCodes.ofConnect(problem.code()), problem.detail());
    }

    private void refuse(Version version, int reasonCode, String reason) {
        if (phase != Phase.CLOSED) {
            tell(new PacketWriter(version), reasonCode, reason);
            leaving = Leaving.REFUSED;
        }
        close();
    }

    /** The reason for people is left out where it would make the packet larger than the client takes (section 3.2.2.3.9). */
    private void tell(PacketWriter writer, int reasonCode, String reason) {
        Properties why =
                Properties.builder().text(Property.REASON_STRING, reason).build();
        byte[] answer = writer.write(new Packet.ConnAck(false, reasonCode, why));
        if (answer.length > largestAnswer) {
            answer = writer.write(new Packet.ConnAck(false, reasonCode, Properties.NONE));
        }
        if (answer.length <= largestAnswer) {
            channel.write(answer);
        }
    }

    private void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            connectTimer.cancel(false);
            channel.close();
            // Not in the middle of a turn that writes to many links. Nor is it waited until the client has closed.
            channel.loop().execute(this::finish);
        }
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
        finish();
    }

    /** Gives back what the connection had. */
    private void finish() {
        if (finished) {
            return;
        }
        finished = true;
        Open was = open;
        open = null;
        if (was == null) {
            leave();
            return;
        }
        was.keepAlive.end();
        if (counted) {
            node.statistics().connected(-1);
        }
        was.link.leave(() -> {
            was.link.closed((leaving.expiry() == null ? was.expiry : leaving.expiry()).millis());
            leave();
        });
    }

    private void leave() {
        if (attachment != null) {
            SessionExpiry expiry = leaving.expiry();
            attachment.leave(
                    expiry == null ? null : expiry.millis(),
                    leaving.fires(),
                    leaving.grace().toMillis());
        }
    }
}
