package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.gateway.hub.Subscriber;
import io.socle.realtime.gateway.hub.Subscription;
import io.socle.realtime.gateway.hub.SubscriptionRequest;
import io.socle.realtime.gateway.session.Effect;
import io.socle.realtime.gateway.session.PresenceEffect;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.session.Session;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Feeds one connection's session and carries its effects out; confined to the link's event loop. */
final class ConnectionDriver implements LinkEvents, SubscriptionRequest.Events {
    private final ConnectionRegistry registry;
    private final String transport;
    private final Link link;
    private final Executor loop;
    private final Session session;
    private final Subscriber subscriber;
    private final ConnectionPressure pressure;
    private final ConnectionRooms rooms;
    private final ConnectionPresence presence;
    private final Map<String, Subscription> subscriptions = new HashMap<>();
    /** Frames that came while the token was being verified; as many as may be undecided. */
    private final ArrayDeque<ClientFrame> deferred = new ArrayDeque<>();

    private boolean closed;

    ConnectionDriver(
            ConnectionRegistry registry,
            String id,
            String transport,
            Link link,
            Executor loop,
            Session session,
            Subscriber subscriber) {
        this.registry = registry;
        this.transport = transport;
        this.link = link;
        this.loop = loop;
        this.session = session;
        this.subscriber = subscriber;
        this.pressure = new ConnectionPressure(registry.pressure());
        this.rooms = registry.rooms(id, loop, session, this::run);
        this.presence = registry.presence(session.presences(), loop, answer -> run(session.decided(answer)));
    }

    @Override
    public void received(ClientFrame frame) {
        if (closed) {
            return;
        }
        if (!session.isVerifying()) {
            run(session.receive(frame, registry.freshId(), registry.now()));
        } else if (deferred.size() < registry.settings().session().inFlight()) {
            deferred.add(frame);
        } else {
            unreadable(frame.commandId(), Problem.of(FailureCode.TOO_MANY_IN_FLIGHT));
        }
    }

    @Override
    public void resumed(ClientFrame.Subscribe frame) {
        if (!closed) {
            run(session.resume(frame, registry.now()));
        }
    }

    @Override
    public void unreadable(@Nullable Long id, Problem problem) {
        if (!closed) {
            run(session.unreadable(id, problem, registry.now()));
        }
    }

    @Override
    public void heard() {
        session.heard(registry.now());
    }

    @Override
    public void writable() {
        if (!closed) {
            subscriber.writable();
        }
    }

    @Override
    public void leaving() {
        presence.leaving();
    }

    @Override
    public void closed() {
        if (!closed) {
            closed = true;
            presence.closed();
            deferred.clear();
            subscriptions.clear();
            rooms.closed(session.rooms());
            subscriber.close();
            registry.remove(this);
        }
    }

    void tick() {
        if (!closed) {
            subscriber.tick();
            run(session.tick(registry.now()));
        }
    }

    void disconnect(Disconnect disconnect) {
        if (!closed) {
            run(session.disconnect(disconnect));
        }
    }

    Executor loop() {
        return loop;
    }

    String transport() {
        return transport;
    }

    private void run(List<Effect> effects) {
        for (Effect effect : effects) {
            carryOut(effect);
        }
        if (subscriber.isInTheWay()) {
            disconnect(Disconnect.of(FailureCode.SLOW_CONSUMER));
        }
        subscriber.outbox().flush();
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Send(ServerFrame frame) -> send(frame);
            case Effect.Verify(long id, String token) -> verify(id, token);
            case Effect.Publish publish -> publish(publish);
            case Effect.OpenSubscription open -> subscribe(open);
            case Effect.CloseSubscription(String name) -> unsubscribe(name);
            case Effect.DeleteSubscription(long id, String name) -> deleteDurable(id, name);
            case Effect.Acknowledge(String name, String cursor) -> acknowledge(name, cursor);
            case Effect.ReadHistory read -> readHistory(read);
            case Effect.Delete(ClientFrame.Delete frame) -> delete(frame);
            case Effect.AskRoom ask -> rooms.ask(ask);
            case Effect.LeaveRoom leave -> rooms.leave(leave);
            case Effect.OfPresence(PresenceEffect wanted) -> presence.carryOut(wanted);
            case Effect.Close(Disconnect disconnect) -> close(disconnect);
        }
    }

    private void send(ServerFrame frame) {
        if (frame instanceof ServerFrame.ProblemFrame problem) {
            registry.metrics().problem(transport, problem.problem().code());
        }
        subscriber.outbox().push(frame);
    }

    private void close(Disconnect disconnect) {
        registry.metrics().disconnected(transport, disconnect.code());
        if (disconnect.code() == FailureCode.TOKEN_EXPIRED) {
            presence.expire();
        }
        link.close(disconnect);
    }

    private void verify(long id, String token) {
        registry.verify(token, loop, principal -> verified(id, principal), reason -> {
            run(session.rejected(id, reason));
            receiveDeferred();
        });
    }

    private void verified(long id, Principal principal) {
        run(session.verified(id, principal, registry.now()));
        receiveDeferred();
    }

    private void receiveDeferred() {
        while (!closed && !session.isVerifying() && !deferred.isEmpty()) {
            received(deferred.poll());
        }
    }

    private void publish(Effect.Publish publish) {
        registry.publisher()
                .publish(
                        transport,
                        publish.message(),
                        publish.producer(),
                        loop,
                        (reply, lagMs) -> run(session.decided(published(publish.id(), reply, lagMs))));
        ServerFrame told = registry.isLogReady()
                ? pressure.published(registry.partition(publish.message().channel()))
                : null;
        if (told != null) {
            send(told);
        }
    }

    /** The owners of some channels begin or cease to lag. */
    void pressureChanged() {
        ServerFrame told = closed || !session.isOpen() ? null : pressure.changed();
        if (told != null) {
            run(List.of(new Effect.Send(told)));
        }
    }

    private static @Nullable ServerFrame published(@Nullable Long id, Reply reply, @Nullable Long lagMs) {
        return switch (reply) {
            case Reply.Published published ->
                id == null ? null : new ServerFrame.Published(id, published.position(), published.repeat(), lagMs);
            case Reply.Done ephemeral -> id == null ? null : new ServerFrame.Published(id, null, false);
            case Reply.Refused(Problem problem) -> new ServerFrame.ProblemFrame(id, problem);
            default -> new ServerFrame.ProblemFrame(id, Problem.of(FailureCode.INTERNAL_ERROR));
        };
    }

    private void subscribe(Effect.OpenSubscription open) {
        ClientFrame.Subscribe frame = open.frame();
        if (!registry.isLogReady()) {
            run(session.subscriptionFailed(frame.subscription(), Problem.of(FailureCode.UNAVAILABLE)));
            return;
        }
        var request = new SubscriptionRequest(
                frame.subscription(),
                frame.selection().asFilter(),
                frame.since(),
                frame.overflow(),
                maxUnacked(frame),
                open.subject(),
                frame.durable() == null
                        ? null
                        : new SubscriptionRequest.Durable(
                                frame.durable(), registry.settings().ackTime()),
                this);
        Subscription subscription = subscriber.subscribe(request);
        if (!subscription.isEnded()) {
            subscriptions.put(frame.subscription(), subscription);
        }
    }

    private static int maxUnacked(ClientFrame.Subscribe frame) {
        if (frame.maxUnacked() != null) {
            return frame.maxUnacked();
        }
        return frame.durable() == null ? 0 : ClientFrame.DEFAULT_DURABLE_UNACKED;
    }

    @Override
    public void opened(Subscription subscription, @Nullable String cursor) {
        run(session.subscribed(subscription.name(), cursor, subscription.existed()));
    }

    @Override
    public void failed(Subscription subscription, Problem problem, boolean stood) {
        subscriptions.remove(subscription.name(), subscription);
        subscriber.unsubscribe(subscription);
        run(session.subscriptionFailed(subscription.name(), problem));
    }

    private void unsubscribe(String name) {
        Subscription subscription = subscriptions.remove(name);
        if (subscription != null) {
            subscriber.unsubscribe(subscription);
        }
    }

    private void deleteDurable(long id, String name) {
        Subscription subscription = subscriptions.remove(name);
        if (subscription == null) {
            run(session.decided(new ServerFrame.ProblemFrame(id, Problem.of(FailureCode.SUBSCRIPTION_UNKNOWN))));
            return;
        }
        ServerFrame done = new ServerFrame.Unsubscribed(id, name, null);
        subscriber.delete(subscription, (partition, logPosition, reply) -> run(session.decided(done(id, reply, done))));
    }

    private void delete(ClientFrame.Delete frame) {
        ServerFrame done = new ServerFrame.Deleted(frame.id());
        registry.owners()
                .command(
                        frame.channel(),
                        new Command.Delete(frame.channel(), frame.position()),
                        loop,
                        (partition, logPosition, reply) -> run(session.decided(done(frame.id(), reply, done))));
    }

    private static ServerFrame done(long id, Reply reply, ServerFrame done) {
        return switch (reply) {
            case Reply.Done any -> done;
            case Reply.Refused(Problem problem) -> new ServerFrame.ProblemFrame(id, problem);
            default -> new ServerFrame.ProblemFrame(id, Problem.of(FailureCode.INTERNAL_ERROR));
        };
    }

    private void acknowledge(String name, String cursor) {
        Subscription subscription = subscriptions.get(name);
        if (subscription == null) {
            return;
        }
        try {
            subscription.ack(cursor);
        } catch (InvalidValueException e) {
            send(new ServerFrame.ProblemFrame(null, new Problem(FailureCode.INVALID_CURSOR, e.getMessage())));
        } catch (ProblemException e) {
            send(new ServerFrame.ProblemFrame(null, e.problem()));
        }
    }

    private void readHistory(Effect.ReadHistory read) {
        ClientFrame.History frame = read.frame();
        registry.history()
                .read(
                        frame.channel(),
                        frame.range(),
                        frame.limit(),
                        loop,
                        (partition, logPosition, reply) -> run(session.decided(history(frame, reply, read.subject()))));
    }

    private ServerFrame history(ClientFrame.History frame, Reply reply, String subject) {
        return switch (reply) {
            case Reply.Page page -> {
                HistoryReader.Page visible = HistoryReader.visible(page, subject, registry.now());
                yield new ServerFrame.HistoryPage(frame.id(), frame.channel(), visible.items(), visible.next());
            }
            case Reply.Refused(Problem problem) -> new ServerFrame.ProblemFrame(frame.id(), problem);
            default -> new ServerFrame.ProblemFrame(frame.id(), Problem.of(FailureCode.INTERNAL_ERROR));
        };
    }
}
