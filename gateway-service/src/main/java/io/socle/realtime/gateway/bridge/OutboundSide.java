package io.socle.realtime.gateway.bridge;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What goes out: a link of the gateway whose subscriptions go on from cursors, as those of an MQTT session do. It takes as
 * much as the window allows; the log keeps the rest. Confined to the bridge's loop.
 */
final class OutboundSide implements Link {
    private static final Logger LOG = Logger.getLogger(OutboundSide.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** The header of a message that came in by a bridge: the bridge's name. It does not go out to where it came from. */
    static final String MARK = "viabridge";

    private final BridgeSettings settings;
    private final BridgeSettings.Out out;
    private final OutboundFlow flow;
    private final BridgeNode node;
    /** Bridges to the same broker, this one among them. */
    private final Set<String> sameBroker;

    private final Events events;
    private final Map<Long, Consumer<ServerFrame>> pending = new HashMap<>();
    private final Map<String, ChannelFilter> filters = new HashMap<>();
    private long lastCommand;
    private @Nullable LinkEvents link;
    private boolean toldLost;

    /** What the bridge is told. */
    interface Events {
        /** There is something to send. */
        void filled();

        /** A cursor is to be saved at once. */
        void begun();

        /** The gateway ends the link. */
        void ended(Disconnect why);
    }

    OutboundSide(
            BridgeSettings settings,
            BridgeSettings.Out out,
            OutboundFlow flow,
            BridgeNode node,
            Set<String> sameBroker,
            Events events) {
        this.settings = settings;
        this.out = out;
        this.flow = flow;
        this.node = node;
        this.sameBroker = sameBroker;
        this.events = events;
        out.filters().forEach(filter -> filters.put(filter.value(), filter));
    }

    /** Opens the link. */
    void begin(Principal who) {
        link = node.connections().open(InboundSide.TRANSPORT, this, node.loop().executor(), who);
        link.received(new ClientFrame.Connect(0, null));
    }

    void close() {
        LinkEvents was = link;
        link = null;
        if (was != null) {
            was.closed();
        }
    }

    /** The window has opened. */
    void proceed() {
        if (link != null && flow.isOpen()) {
            link.writable();
        }
    }

    private void connected() {
        for (ChannelFilter filter : List.copyOf(filters.values())) {
            String cursor = flow.cursor(filter.value());
            subscribe(filter, cursor == null ? null : new Since.AtCursor(cursor));
        }
    }

    private void subscribe(ChannelFilter filter, @Nullable Since since) {
        if (link == null) {
            return;
        }
        Selection selection = filter.isExact()
                ? new Selection.OneChannel(new ChannelName(filter.value()))
                : new Selection.Matching(filter);
        lastCommand++;
        pending.put(lastCommand, reply -> subscribed(filter, since, reply));
        // A place of the bridge's own is no read of the past.
        link.resumed(new ClientFrame.Subscribe(
                lastCommand, filter.value(), selection, since, Qos.EXACTLY_ONCE, Overflow.RECOVER, null));
    }

    private void subscribed(ChannelFilter filter, @Nullable Since since, ServerFrame reply) {
        switch (reply) {
            case ServerFrame.Subscribed subscribed -> {
                if (subscribed.cursor() != null && !(since instanceof Since.AtCursor)) {
                    flow.begin(filter.value(), subscribed.cursor());
                    events.begun();
                }
            }
            case ServerFrame.ProblemFrame refused -> refused(filter, since, refused.problem());
            default -> {}
        }
    }

    private void refused(ChannelFilter filter, @Nullable Since since, Problem problem) {
        switch (problem.code()) {
            // The channel was deleted meanwhile; all of its next life is owed, as to an MQTT session (clause MQT-70).
            case UNKNOWN_POSITION -> subscribe(filter, new Since.AtTime(Instant.EPOCH));
            // The log has other partitions now.
            case INVALID_CURSOR -> {
                lost();
                subscribe(filter, null);
            }
            default -> {
                if (!problem.retryable()) {
                    LOG.errorf(
                            "bridge %s: %s does not go out: %s: %s",
                            settings.name(), filter, problem.code().code(), problem.detail());
                    return;
                }
                node.loop().later(RETRY, () -> subscribe(filter, since));
            }
        }
    }

    private void lost() {
        node.metrics().lost(settings.name());
        if (!toldLost) {
            toldLost = true;
            LOG.warnf(
                    "bridge %s: the other broker was away for longer than history is long: messages that it was owed are lost"
                            + " (clause MQT-127)",
                    settings.name());
        }
    }

    @Override
    public boolean writable() {
        return flow.isOpen();
    }

    @Override
    public boolean takesReplies() {
        return true;
    }

    @Override
    public void push(ServerFrame frame) {
        switch (frame) {
            case ServerFrame.Connected connected -> connected();
            case ServerFrame.Subscribed subscribed -> answer(subscribed.id(), subscribed);
            case ServerFrame.ProblemFrame problem -> answer(problem.id(), problem);
            case ServerFrame.Unsubscribed ended -> ended(ended);
            case ServerFrame.Ping ping -> heard();
            case ServerFrame.Lost lost -> lost();
            case ServerFrame.LostUntil lost -> lost();
            default -> {
                // Nothing else concerns a bridge, and no message is missing because of it.
            }
        }
    }

    private void heard() {
        if (link != null) {
            link.heard();
        }
    }

    private void answer(@Nullable Long id, ServerFrame frame) {
        Consumer<ServerFrame> handler = id == null ? null : pending.remove(id);
        if (handler != null) {
            handler.accept(frame);
        }
    }

    /** A topic has no life of its own: the channel's next one goes on. Whatever else ends a subscription may pass. */
    private void ended(ServerFrame.Unsubscribed ended) {
        ChannelFilter filter = filters.get(ended.subscription());
        Problem problem = ended.problem();
        if (filter == null || problem == null || link == null) {
            return;
        }
        if (problem.code() == FailureCode.CHANNEL_DELETED) {
            subscribe(filter, null);
        } else {
            String cursor = flow.cursor(filter.value());
            node.loop().later(RETRY, () -> subscribe(filter, cursor == null ? null : new Since.AtCursor(cursor)));
        }
    }

    @Override
    public void message(String subscription, @Nullable String cursor, SharedMessage shared) {
        RealtimeMessage message = shared.message();
        Position position = message.position();
        String place = cursor == null && position != null ? position.toString() : cursor;
        if (goesOut(message)) {
            int qos = Math.min(message.qos().level(), out.qos());
            flow.add(
                    subscription,
                    place,
                    out.names().apply(message.channel().value()),
                    message.data().bytes(),
                    qos,
                    out.retain() && message.retain(),
                    node.loop().now());
        } else if (place != null) {
            flow.passed(subscription, place);
        }
    }

    /** What is private to receivers never goes out (clause MQT-126), nor what came from there. */
    private boolean goesOut(RealtimeMessage message) {
        String via = message.headers().get(MARK);
        return message.privacy().receivers().isEmpty() && (via == null || !sameBroker.contains(via));
    }

    @Override
    public boolean follows() {
        return true;
    }

    @Override
    public void reached(String subscription, String cursor) {
        flow.passed(subscription, cursor);
    }

    @Override
    public void flush() {
        events.filled();
    }

    @Override
    public void close(Disconnect disconnect) {
        // Not in the middle of a turn that writes to many links.
        node.loop().executor().execute(() -> events.ended(disconnect));
    }
}
