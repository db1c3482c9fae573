package io.socle.realtime.gateway.bridge;

import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.gateway.session.Principal;
import io.vertx.core.Vertx;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A bridge for as long as this node has it: both directions over one session with the other broker. Confined to its loop. */
final class BridgeRun implements RemoteBroker.Events, OutboundSide.Events {
    private static final Logger LOG = Logger.getLogger(BridgeRun.class);
    /** How long the other broker may take for PUBACK before the connection is given up, in milliseconds. */
    static final long ACK_MS = 30_000;
    /** Before a filter: the entry of the bridge's session that has its cursor. */
    static final String CURSOR = "c:";

    private static final BridgeSettings.Out NOTHING = new BridgeSettings.Out(List.of(), NameMapping.SAME, 0, false, 1);

    private final BridgeSettings settings;
    private final BridgeNode node;
    private final Principal who;
    private final Ending ending;
    private final RemoteBroker remote;
    private final Echoes echoes = new Echoes();
    private final BridgeSettings.Out outgoing;
    private final OutboundFlow outFlow;
    private final @Nullable InboundSide in;
    private final OutboundSide out;
    private long writtenSince;
    private boolean closed;
    private boolean toldDown;

    /** What the bridge's holder is told. */
    interface Ending {
        /** Cursors are to be saved at once. */
        void urgent();

        /** The gateway ends the bridge here. */
        void ended(Disconnect why);
    }

    /** Where the settings of the other broker's client come from, TLS included, and the parts of a run that are the node's. */
    record Parts(Vertx vertx, MqttClientSessionOptions options, Set<String> sameBroker, Supplier<String> ids) {}

    BridgeRun(BridgeSettings settings, BridgeNode node, Parts parts, Principal who, Ending ending) {
        this.settings = settings;
        this.node = node;
        this.who = who;
        this.ending = ending;
        BridgeSettings.In incoming = settings.in();
        // Also where nothing goes out there is a link: by it the gateway says that it goes away, or is fenced.
        this.outgoing = settings.out() == null ? NOTHING : settings.out();
        this.outFlow = new OutboundFlow(outgoing.inFlight());
        this.in = incoming == null
                ? null
                : new InboundSide(settings, incoming, node, who, echoes, parts.ids(), this::holdBack);
        this.out = new OutboundSide(settings, outgoing, outFlow, node, parts.sameBroker(), this);
        List<String> filters = incoming == null
                ? List.of()
                : incoming.filters().stream().map(ChannelFilter::value).toList();
        int qos = incoming == null ? 0 : incoming.qos();
        this.remote = new RemoteBroker(parts.vertx(), node.loop(), parts.options(), filters, qos, this);
    }

    /**
     * Begins both directions.
     *
     * @param entries what the bridge's session remembers
     * @return entries of filters that are configured no more
     */
    List<SessionEntry> begin(List<SessionEntry> entries) {
        List<SessionEntry> gone = new ArrayList<>();
        for (SessionEntry entry : entries) {
            String filter =
                    entry.key().substring(Math.min(CURSOR.length(), entry.key().length()));
            boolean wanted =
                    outgoing.filters().stream().anyMatch(one -> one.value().equals(filter));
            if (wanted && entry.value() != null) {
                outFlow.begin(filter, entry.value().utf8());
            } else {
                gone.add(new SessionEntry(entry.key(), null));
            }
        }
        outFlow.takeChanged();
        out.begin(who);
        remote.start();
        return gone;
    }

    boolean isUp() {
        return remote.isConnected();
    }

    /** How long the oldest message waits for PUBACK, in milliseconds. */
    long lagMs() {
        return outFlow.size() == 0 ? 0 : Math.max(0, node.loop().now() - outFlow.oldest());
    }

    /** Cursors that have moved, as changes of the session. */
    Map<String, String> takeChanged() {
        return outFlow.takeChanged();
    }

    void notSaved(Map<String, String> asked) {
        outFlow.notSaved(asked);
    }

    static List<SessionEntry> changes(Map<String, String> cursors) {
        return cursors.entrySet().stream()
                .map(cursor -> new SessionEntry(CURSOR + cursor.getKey(), Payload.utf8(cursor.getValue())))
                .toList();
    }

    /** Called about once a second. */
    void tick() {
        if (remote.isConnected() && outFlow.size() > 0 && node.loop().now() - writtenSince > ACK_MS) {
            LOG.warnf("bridge %s: no PUBACK for %d s: connecting anew", settings.name(), ACK_MS / 1_000);
            writtenSince = node.loop().now();
            remote.restart();
        }
        if (in != null && in.flow().takesAgain()) {
            remote.start();
        }
    }

    /** More came than can be held: the other broker keeps it until there is room. */
    private void holdBack() {
        LOG.infof(
                "bridge %s: more comes in than is published, the connection ends until there is room", settings.name());
        remote.pause();
    }

    void close() {
        closed = true;
        remote.close();
        if (in != null) {
            in.close();
        }
        out.close();
    }

    @Override
    public void connected() {
        toldDown = false;
        LOG.infof("bridge %s: connected to %s", settings.name(), settings.remote());
        writtenSince = node.loop().now();
        echoes.connected(writtenSince);
        filled();
    }

    @Override
    public void disconnected(@Nullable Throwable cause) {
        if (!toldDown) {
            toldDown = true;
            LOG.warnf(
                    "bridge %s: not connected to %s, trying again: %s",
                    settings.name(), settings.remote(), cause == null ? "the connection ended" : cause.getMessage());
        }
        echoes.connectionLost();
        outFlow.connectionLost();
        if (in != null) {
            in.flow().connectionLost();
        }
    }

    @Override
    public void sessionLost() {
        echoes.sessionLost();
        if (in != null) {
            in.flow().sessionLost();
        }
    }

    @Override
    public void subscriptionRefused(String filter) {
        LOG.errorf(
                "bridge %s: %s refuses a subscription, %s or another of in.filters: nothing of it comes in",
                settings.name(), settings.remote(), filter);
    }

    @Override
    public void received(MqttPublishMessage message) {
        if (in != null) {
            in.received(message);
        }
    }

    @Override
    public void acknowledged(int packetId) {
        settled(outFlow.acknowledged(packetId));
    }

    private void settled(OptionalLong ticket) {
        if (ticket.isPresent()) {
            writtenSince = node.loop().now();
            echoes.acknowledged(ticket.getAsLong(), writtenSince);
            node.metrics().out(settings.name());
            out.proceed();
        }
    }

    @Override
    public void filled() {
        if (!remote.isConnected() || closed) {
            return;
        }
        if (outFlow.isIdle()) {
            writtenSince = node.loop().now();
        }
        for (OutboundFlow.Sending sending : outFlow.toSend()) {
            send(sending);
        }
    }

    private void send(OutboundFlow.Sending sending) {
        BridgeSettings.In incoming = settings.in();
        if (incoming != null && incoming.selects(sending.topic())) {
            echoes.sent(sending.ticket(), sending.topic(), sending.data());
        }
        remote.publish(sending, new RemoteBroker.Written() {
            @Override
            public void written(int packetId) {
                settled(outFlow.written(sending.ticket(), packetId));
            }

            @Override
            public void failed(Throwable cause) {
                // With the connection it is sent again; while it stands, the library or the topic's length is against
                // it.
                if (remote.isConnected()) {
                    LOG.warnf(cause, "bridge %s: a message could not be sent, connecting anew", settings.name());
                    remote.restart();
                }
            }
        });
    }

    @Override
    public void begun() {
        ending.urgent();
    }

    @Override
    public void ended(Disconnect why) {
        if (!closed) {
            ending.ended(why);
        }
    }
}
