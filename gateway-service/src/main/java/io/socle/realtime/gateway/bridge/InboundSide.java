package io.socle.realtime.gateway.bridge;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.Requests;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What comes in: from PUBLISH to the log, in order, tried again until it is decided. Confined to the bridge's loop. */
final class InboundSide implements InboundFlow.Doors {
    private static final Logger LOG = Logger.getLogger(InboundSide.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    /** The protocol's name in spans. */
    static final String TRANSPORT = "bridge";

    private final BridgeSettings settings;
    private final BridgeSettings.In in;
    private final Principal who;
    private final Requests requests;
    private final Echoes echoes;
    private final BridgeLoop loop;
    private final BridgeMetrics metrics;
    private final Runnable full;
    private final InboundFlow flow;
    private final Set<FailureCode> told = EnumSet.noneOf(FailureCode.class);
    private boolean closed;

    /**
     * Makes it.
     *
     * @param full run where the connection has to end for want of room
     */
    InboundSide(
            BridgeSettings settings,
            BridgeSettings.In in,
            BridgeNode node,
            Principal who,
            Echoes echoes,
            Supplier<String> ids,
            Runnable full) {
        this.settings = settings;
        this.in = in;
        this.who = who;
        this.requests = node.requests();
        this.echoes = echoes;
        this.loop = node.loop();
        this.metrics = node.metrics();
        this.full = full;
        this.flow = new InboundFlow(in.inFlight(), ids, this);
    }

    InboundFlow flow() {
        return flow;
    }

    void close() {
        closed = true;
    }

    void received(MqttPublishMessage message) {
        byte[] data = message.payload().getBytes();
        int qos = Math.min(message.qosLevel().value(), 1);
        if (echoes.isEcho(message.topicName(), data, loop.now())) {
            metrics.echo(settings.name());
            acknowledge(qos, message);
            return;
        }
        ChannelName channel;
        try {
            channel = new ChannelName(in.names().apply(message.topicName()));
        } catch (InvalidValueException e) {
            refused(new Problem(FailureCode.INVALID_VALUE, "a topic is no channel's name: " + e.getMessage()));
            acknowledge(qos, message);
            return;
        }
        var received = new InboundFlow.Received(
                channel,
                Payload.of(data),
                message.isRetain(),
                qos,
                Math.max(0, message.messageId()),
                () -> RemoteBroker.acknowledge(message));
        if (!flow.received(received) && qos == 0) {
            metrics.dropped(settings.name());
        }
    }

    private static void acknowledge(int qos, MqttPublishMessage message) {
        if (qos > 0) {
            RemoteBroker.acknowledge(message);
        }
    }

    @Override
    public void full() {
        full.run();
    }

    @Override
    public void publish(InboundFlow.Arrival arrival) {
        if (closed) {
            return;
        }
        if (arrival.received().retain() && in.retain() != BridgeSettings.RetainRule.NEVER) {
            publishUnlessRetained(arrival);
        } else {
            publishNow(arrival);
        }
    }

    /** Each SUBSCRIBE brings what is retained once more: what is here already is not published again. */
    private void publishUnlessRetained(InboundFlow.Arrival arrival) {
        requests.retained(who, arrival.received().channel())
                .whenComplete((retained, failure) -> loop.executor().execute(() -> {
                    if (failure != null) {
                        failed(arrival, problem(failure));
                    } else if (isThere(retained, arrival)) {
                        flow.published(arrival);
                    } else {
                        publishNow(arrival);
                    }
                }));
    }

    private static boolean isThere(Optional<RealtimeMessage> retained, InboundFlow.Arrival arrival) {
        return retained.isPresent()
                && retained.get().data().equals(arrival.received().data());
    }

    private void publishNow(InboundFlow.Arrival arrival) {
        if (closed) {
            return;
        }
        InboundFlow.Received received = arrival.received();
        boolean retain = switch (in.retain()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AS_SENT -> received.retain();
        };
        RealtimeMessage message = RealtimeMessage.builder(arrival.id(), received.channel())
                .data(received.data())
                .qos(received.qos() == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE)
                .retain(retain)
                .headers(Map.of(OutboundSide.MARK, settings.name()))
                .build();
        requests.publish(TRANSPORT, who, MessageDraft.of(message), null)
                .whenComplete((published, failure) -> loop.executor().execute(() -> {
                    if (failure != null) {
                        failed(arrival, problem(failure));
                    } else {
                        metrics.in(settings.name());
                        flow.published(arrival);
                    }
                }));
    }

    /** What may succeed later is tried again for as long as it takes, under the same id; the rest never can. */
    private void failed(InboundFlow.Arrival arrival, Problem problem) {
        if (problem.retryable()) {
            Duration advice = problem.retryAfter();
            loop.later(advice == null ? RETRY : advice, () -> publish(arrival));
        } else {
            refused(problem);
            flow.published(arrival);
        }
    }

    private void refused(Problem problem) {
        metrics.refused(settings.name(), problem.code());
        if (told.add(problem.code())) {
            LOG.warnf(
                    "bridge %s: a message cannot be published, and more of its kind are only counted: %s: %s",
                    settings.name(), problem.code().code(), problem.detail());
        }
    }

    private static Problem problem(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ProblemException known ? known.problem() : Problem.of(FailureCode.INTERNAL_ERROR);
    }
}
