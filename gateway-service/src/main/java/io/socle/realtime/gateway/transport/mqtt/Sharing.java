package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.gateway.transport.mqtt.flow.Subscriptions;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Given;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Membership;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Terms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's shared subscriptions (MQTT 5 section 4.8.2). Their messages wait here until the client's window and socket take
 * them; each is a copy of its own, whatever other subscriptions of the client select. Confined to its event loop.
 */
final class Sharing {
    /** Most shared subscriptions of one connection. */
    static final int MOST = 100;

    /** The level that is granted at most: a message of QoS 2 would be bound to a client that may never come back. */
    private static final int HIGHEST_QOS = 1;

    private final Client client;
    private final Delivering delivering;
    private final Place place;
    private final Ending ending;
    private final Map<String, One> all = new HashMap<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    /** By packet identifier. */
    private final Map<Integer, Given> unacknowledged = new HashMap<>();

    private boolean closed;

    /** Where memberships are to be had, and under which name this client has them. */
    record Place(SharedSubscriptions shared, String clientId) {}

    private record Waiting(One of, Given given, SharedMessage message) {}

    /** One shared subscription. */
    private final class One implements SharedSubscriptions.Receiver {
        private final String filter;
        private final List<IntConsumer> answers = new ArrayList<>();
        private final boolean resumed;
        private Subscriptions.Entry entry;
        private @Nullable Membership membership;
        private boolean stands;
        private boolean over;

        /**
         * Makes it.
         *
         * @param resumed whether it stood over an earlier connection, so that nobody waits for an answer
         */
        One(String filter, Subscriptions.Entry entry, boolean resumed) {
            this.filter = filter;
            this.entry = entry;
            this.resumed = resumed;
        }

        /** Takes part, or asks for what was asked for last. */
        void ask(SharedName of) {
            Terms terms = new Terms(client.session().outbound().window(), qos(), client.sessionKeptMs());
            if (membership == null) {
                Membership begun = place.shared()
                        .join(
                                client.principal(),
                                of,
                                place.clientId(),
                                terms,
                                client.channel().loop(),
                                this);
                membership = begun;
            } else {
                membership.change(terms);
            }
            if (stands) {
                remember();
                answer(qos());
            }
        }

        private void remember() {
            client.session().subscriptions().putShared(entry);
        }

        int qos() {
            return Math.min(HIGHEST_QOS, entry.options().qos());
        }

        private void answer(int code) {
            List<IntConsumer> told = List.copyOf(answers);
            answers.clear();
            told.forEach(answer -> answer.accept(code));
        }

        @Override
        public void opened() {
            stands = true;
            remember();
            answer(qos());
            client.channel().flush();
        }

        @Override
        public void failed(Problem problem) {
            forget();
            if (resumed && problem.code() != FailureCode.FORBIDDEN) {
                // The client takes it for standing: it is to come back and find it so.
                ending.end(problem.code().mqttReasonCode(), problem.detail());
                return;
            }
            client.session().subscriptions().removeShared(filter);
            answer(ReasonCodes.ofSubscribe(problem.code()));
            client.channel().flush();
        }

        @Override
        public void ended(Problem problem) {
            forget();
            ending.end(problem.code().mqttReasonCode(), problem.detail());
        }

        private void forget() {
            over = true;
            all.remove(filter, this);
        }

        @Override
        public void message(Given given, SharedMessage message) {
            waiting.add(new Waiting(this, given, message));
            proceed();
        }

        @Override
        public void flush() {
            client.channel().flush();
        }

        /** The client has given it up, or is gone. */
        void end(long keepMs) {
            forget();
            if (membership != null) {
                membership.end(keepMs);
            }
            // It would have stood a moment later.
            answer(qos());
        }
    }

    Sharing(Client client, Delivering delivering, Place place, Ending ending) {
        this.client = client;
        this.delivering = delivering;
        this.place = place;
        this.ending = ending;
    }

    int size() {
        return all.size();
    }

    /** Whether a topic filter names a shared subscription. */
    static boolean isShared(String filter) {
        return filter.startsWith(SharedName.PREFIX);
    }

    /**
     * Subscribes, or replaces the options of the subscription that there is. Retained messages are not sent (section 4.8.2).
     *
     * @param answer told the reason code of SUBACK
     */
    void subscribe(Packet.Request request, int identifier, IntConsumer answer) {
        SharedName of;
        try {
            of = SharedName.parse(request.filter());
        } catch (InvalidValueException e) {
            answer.accept(ReasonCode.TOPIC_FILTER_INVALID);
            return;
        }
        var entry = new Subscriptions.Entry(of.filter(), request, identifier);
        One one = all.get(request.filter());
        if (one == null && all.size() >= MOST) {
            answer.accept(ReasonCodes.ofSubscribe(FailureCode.TOO_MANY_SUBSCRIPTIONS));
            return;
        }
        if (one == null && !client.session().subscriptions().hasRoomFor(entry)) {
            answer.accept(ReasonCodes.ofSubscribe(FailureCode.SESSION_FULL));
            return;
        }
        if (one == null) {
            one = new One(request.filter(), entry, false);
            all.put(request.filter(), one);
        }
        one.entry = entry;
        one.answers.add(answer);
        one.ask(of);
    }

    /** The session goes on: so do its memberships. */
    void resume() {
        for (Subscriptions.Entry entry : client.session().subscriptions().shared()) {
            String filter = entry.options().filter();
            One one = new One(filter, entry, true);
            all.put(filter, one);
            one.ask(SharedName.parse(filter));
        }
    }

    /** Unsubscribes; answers whether there was such a subscription. */
    boolean unsubscribe(String filter) {
        One one = all.get(filter);
        if (one != null) {
            client.session().subscriptions().removeShared(filter);
            one.end(0);
            proceed();
        }
        return one != null;
    }

    /** Writes what the window and the socket take. */
    void proceed() {
        while (!waiting.isEmpty() && !closed && (waiting.peek().of().over || delivering.isOpen())) {
            write(waiting.remove());
        }
    }

    private void write(Waiting next) {
        if (next.of().over) {
            next.given().written();
            return;
        }
        int packetId =
                delivering.shared(next.message(), next.of().entry, next.of().qos());
        if (packetId == 0) {
            // At QoS 0, or expired, or larger than the client takes.
            next.given().done();
        } else {
            next.given().written();
            unacknowledged.put(packetId, next.given());
        }
    }

    /** PUBACK came. Whatever its code, nobody else gets the message (MQTT-4.8.2-6). */
    void acknowledged(int packetId) {
        Given given = unacknowledged.remove(packetId);
        if (given != null) {
            given.done();
        }
    }

    /**
     * The connection has ended: what is not acknowledged goes to others.
     *
     * @param keptMs how long the session outlives it, and the memberships with it
     */
    void close(long keptMs) {
        closed = true;
        List.copyOf(all.values()).forEach(one -> one.end(keptMs));
        waiting.forEach(each -> each.given().written());
        waiting.clear();
        unacknowledged.clear();
    }
}
