package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.gateway.session.Permissions;
import io.socle.realtime.gateway.transport.mqtt.flow.Subscriptions;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's subscriptions: each filter is one subscription of the hub, whose name is the filter. Options live here, so
 * that to subscribe again changes them without a gap (MQTT 5 section 3.8.4). Confined to its event loop.
 */
final class Subscribing {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Most filters of a client that wait for their reason codes; one packet alone may name six times as many. */
    private static final int WAITING = 10_000;
    /** How long the end of a connection waits for subscriptions that are opening. */
    private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Client client;
    private final LinkEvents events;
    private final Commands commands;
    private final RetainedDelivery retained;
    private final Sharing sharing;
    private final SystemTopics system;
    private final Ending ending;
    private final Runnable lost;
    private final Subscriptions subscriptions;
    /** Filters that wait for their reason codes. */
    private int unanswered;
    /** Who waits for a subscription of the hub that does not stand yet. */
    private final Map<String, List<Wanted>> opening = new HashMap<>();
    /** What is done when no subscription is opening any more. */
    private final ArrayDeque<Runnable> behind = new ArrayDeque<>();

    /** One filter of a SUBSCRIBE, and where its reason code goes. */
    private record Wanted(Subscriptions.Entry entry, Answer answer, int index) {
        void answer(int code) {
            answer.set(index, code);
        }
    }

    /** A SUBACK that is sent when it has all its codes. */
    private final class Answer {
        private final int packetId;
        private final Integer[] codes;
        private int missing;

        Answer(int packetId, int filters) {
            this.packetId = packetId;
            this.codes = new Integer[filters];
            this.missing = filters;
        }

        void set(int index, int code) {
            codes[index] = code;
            missing--;
            unanswered--;
            if (missing == 0) {
                client.session().journal().whenSaved(() -> client.send(new Packet.SubAck(packetId, List.of(codes))));
            }
        }
    }

    /**
     * Makes it.
     *
     * @param lost told where what came while the client was away cannot be found
     */
    Subscribing(
            Client client,
            LinkEvents events,
            Commands commands,
            RetainedDelivery retained,
            Sharing sharing,
            SystemTopics system,
            Ending ending,
            Runnable lost) {
        this.client = client;
        this.events = events;
        this.commands = commands;
        this.retained = retained;
        this.sharing = sharing;
        this.system = system;
        this.ending = ending;
        this.lost = lost;
        this.subscriptions = client.session().subscriptions();
    }

    void subscribe(Packet.Subscribe packet) {
        Answer answer = new Answer(packet.packetId(), packet.requests().size());
        List<Integer> identifiers = packet.properties().subscriptions();
        int identifier = identifiers.isEmpty() ? 0 : identifiers.getFirst();
        for (int i = 0; i < packet.requests().size(); i++) {
            unanswered++;
            if (unanswered > WAITING) {
                answer.set(i, ReasonCodes.ofSubscribe(FailureCode.TOO_MANY_SUBSCRIPTIONS));
            } else {
                subscribe(packet.requests().get(i), identifier, answer, i);
            }
        }
    }

    private void subscribe(Packet.Request request, int identifier, Answer answer, int index) {
        if (Sharing.isShared(request.filter())) {
            sharing.subscribe(request, identifier, code -> answer.set(index, code));
            return;
        }
        ChannelFilter filter;
        try {
            filter = new ChannelFilter(request.filter());
        } catch (InvalidValueException e) {
            answer.set(index, ReasonCode.TOPIC_FILTER_INVALID);
            return;
        }
        var wanted = new Wanted(new Subscriptions.Entry(filter, request, identifier), answer, index);
        if (SystemTopics.isSystem(filter.value())) {
            system.subscribe(wanted.entry(), wanted::answer);
            return;
        }
        if (client.principal().capabilities().denies(filter)) {
            // No token would help, so it is no question of authorization.
            wanted.answer(ReasonCode.UNSPECIFIED_ERROR);
            return;
        }
        if (subscriptions.get(filter.value()) != null) {
            stands(wanted, false);
        } else if (!subscriptions.hasRoomFor(wanted.entry())) {
            wanted.answer(ReasonCodes.ofSubscribe(FailureCode.SESSION_FULL));
        } else {
            open(wanted);
        }
    }

    private void open(Wanted wanted) {
        String filter = wanted.entry().filter().value();
        List<Wanted> waiting = opening.get(filter);
        if (waiting != null) {
            waiting.add(wanted);
            return;
        }
        opening.put(filter, new ArrayList<>(List.of(wanted)));
        subscribe(wanted.entry().filter(), reply -> opened(filter, reply));
    }

    /**
     * Does something when the subscriptions stand that were asked for before it: what a client publishes behind its SUBSCRIBE
     * comes to it through all of them.
     */
    void behind(Runnable task) {
        if (opening.isEmpty() && behind.isEmpty()) {
            task.run();
        } else {
            behind.add(task);
        }
    }

    /** The client is gone: the end comes when the subscriptions stand, or when that takes too long. */
    void leave(Runnable end) {
        behind(end);
        if (!behind.isEmpty()) {
            client.channel().later(LEAVING_NANOS, () -> {
                opening.clear();
                proceed();
            });
        }
    }

    private void proceed() {
        while (opening.isEmpty() && !behind.isEmpty()) {
            behind.poll().run();
        }
    }

    private void subscribe(ChannelFilter filter, Consumer<ServerFrame> answer) {
        events.received(frame(filter, null, answer));
    }

    /** Whatever its QoS, a slow client falls back to the log: MQTT has no word for what would be dropped. */
    private ClientFrame.Subscribe frame(ChannelFilter filter, @Nullable Since since, Consumer<ServerFrame> answer) {
        Selection selection = filter.isExact()
                ? new Selection.OneChannel(new ChannelName(filter.value()))
                : new Selection.Matching(filter);
        return new ClientFrame.Subscribe(
                commands.expect(answer), filter.value(), selection, since, Qos.EXACTLY_ONCE, Overflow.RECOVER, null);
    }

    /** The subscriptions of a session that goes on are opened where they were. */
    void resume() {
        for (Subscriptions.Entry entry : subscriptions.all()) {
            String cursor = subscriptions.cursor(entry.filter().value());
            resume(entry, cursor == null ? null : new Since.AtCursor(cursor));
        }
    }

    private void resume(Subscriptions.Entry entry, @Nullable Since since) {
        events.resumed(frame(entry.filter(), since, reply -> resumed(entry, since, reply)));
    }

    private void resumed(Subscriptions.Entry entry, @Nullable Since since, ServerFrame reply) {
        String filter = entry.filter().value();
        Problem refusal = Commands.problem(reply);
        if (subscriptions.get(filter) == null) {
            return;
        }
        if (refusal == null) {
            if (since instanceof Since.AtTime || since == null) {
                begins(filter, reply);
            }
            return;
        }
        switch (refusal.code()) {
            // What the token no longer covers is over, without a word: MQTT has none.
            case FORBIDDEN, RESERVED_CHANNEL -> forget(filter);
            // The channel was deleted meanwhile; all of its next life is owed (clause MQT-70).
            case UNKNOWN_POSITION -> resume(entry, new Since.AtTime(Instant.EPOCH));
            // The log has other partitions now, or the namespace has become ephemeral.
            case INVALID_CURSOR, EPHEMERAL_CHANNEL -> {
                lost.run();
                resume(entry, null);
            }
            default -> failed(entry, since, refusal);
        }
    }

    private void failed(Subscriptions.Entry entry, @Nullable Since since, Problem refusal) {
        if (!refusal.retryable() || refusal.code() == FailureCode.TOO_MANY_SUBSCRIPTIONS) {
            ending.end(refusal.code().mqttReasonCode(), refusal.detail());
            return;
        }
        client.channel().later(RETRY_NANOS, () -> {
            if (subscriptions.get(entry.filter().value()) != null) {
                resume(entry, since);
                client.channel().flush();
            }
        });
    }

    private void forget(String filter) {
        subscriptions.remove(filter);
        client.session().overlaps().forget(filter);
    }

    private void begins(String filter, ServerFrame reply) {
        if (reply instanceof ServerFrame.Subscribed subscribed) {
            subscriptions.begin(filter, subscribed.cursor());
        }
    }

    private void opened(String filter, ServerFrame reply) {
        Problem refusal = Commands.problem(reply);
        List<Wanted> waiting = opening.remove(filter);
        if (waiting == null) {
            return;
        }
        boolean first = true;
        for (Wanted wanted : waiting) {
            if (refusal == null) {
                stands(wanted, first);
                if (first) {
                    begins(filter, reply);
                }
            } else {
                wanted.answer(ReasonCodes.ofSubscribe(refusal.code()));
            }
            first = false;
        }
        proceed();
    }

    private void stands(Wanted wanted, boolean isNew) {
        Packet.Request options = wanted.entry().options();
        subscriptions.put(wanted.entry());
        boolean sendsRetained = options.retainHandling() == 0 || (options.retainHandling() == 1 && isNew);
        if (!sendsRetained || !mayReadRetained(wanted.entry().filter())) {
            wanted.answer(options.qos());
            return;
        }
        retained.begin(wanted.entry(), failure -> retained(wanted, isNew, failure));
    }

    /** Retained messages are of the past, which needs its own capability (clause SEC-1). */
    private boolean mayReadRetained(ChannelFilter filter) {
        return Permissions.readsHistory(client.principal(), filter);
    }

    private void retained(Wanted wanted, boolean isNew, @Nullable Throwable failure) {
        if (failure == null) {
            wanted.answer(wanted.entry().options().qos());
            return;
        }
        if (isNew) {
            end(wanted.entry().filter().value());
        }
        wanted.answer(ReasonCodes.ofSubscribe(code(failure)));
    }

    private static FailureCode code(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ProblemException known ? known.problem().code() : FailureCode.INTERNAL_ERROR;
    }

    void unsubscribe(Packet.Unsubscribe packet) {
        List<Integer> codes = new ArrayList<>();
        for (String filter : packet.filters()) {
            boolean known = Sharing.isShared(filter) ? sharing.unsubscribe(filter) : endPlain(filter);
            codes.add(known ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED);
        }
        client.session().journal().whenSaved(() -> client.send(new Packet.UnsubAck(packet.packetId(), codes)));
    }

    private boolean endPlain(String filter) {
        return SystemTopics.isSystem(filter) ? system.unsubscribe(filter) : end(filter);
    }

    private boolean end(String filter) {
        List<Wanted> waiting = opening.remove(filter);
        boolean known = subscriptions.remove(filter) || waiting != null;
        if (waiting != null) {
            // It would have stood a moment later; the client has given it up before its answer.
            waiting.forEach(wanted -> wanted.answer(wanted.entry().options().qos()));
        }
        if (known) {
            client.session().overlaps().forget(filter);
            events.received(new ClientFrame.Unsubscribe(commands.expect(any -> {}), filter));
        }
        proceed();
        return known;
    }

    /**
     * The hub has ended a subscription. One whose channel was deleted goes on with the channel's next life: a topic has no
     * life of its own. Any other end is the connection's, because MQTT cannot tell of it.
     */
    void ended(String filter, @Nullable Problem problem) {
        Subscriptions.Entry entry = subscriptions.get(filter);
        if (entry == null || problem == null) {
            return;
        }
        if (problem.code() != FailureCode.CHANNEL_DELETED) {
            ending.end(problem.code().mqttReasonCode(), problem.detail());
            return;
        }
        client.session().overlaps().forget(filter);
        subscribe(entry.filter(), reply -> {
            Problem refusal = Commands.problem(reply);
            if (refusal != null) {
                ending.end(refusal.code().mqttReasonCode(), refusal.detail());
            } else {
                begins(filter, reply);
            }
        });
    }
}
