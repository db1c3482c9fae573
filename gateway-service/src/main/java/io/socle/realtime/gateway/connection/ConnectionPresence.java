package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.PresenceTold;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.gateway.session.PresenceEffect;
import io.socle.realtime.gateway.session.Presences;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what one connection's session wants done about presence; confined to the link's event loop. */
final class ConnectionPresence {
    private final LogPresence presence;
    private final Departures departures;
    private final Presences presences;
    private final long holder;
    private final Executor loop;
    private final Consumer<ServerFrame> decided;
    private boolean leaving;

    /**
     * Makes it.
     *
     * @param holder tells the connection from all others of this process
     * @param decided takes the answer to a command
     */
    ConnectionPresence(
            LogPresence presence,
            Departures departures,
            Presences presences,
            long holder,
            Executor loop,
            Consumer<ServerFrame> decided) {
        this.presence = presence;
        this.departures = departures;
        this.presences = presences;
        this.holder = holder;
        this.loop = loop;
        this.decided = decided;
    }

    void carryOut(PresenceEffect effect) {
        switch (effect) {
            case PresenceEffect.Enter enter -> enter(enter);
            case PresenceEffect.Leave leave -> leave(leave);
            case PresenceEffect.Read(PresenceAsk.Members ask, var subscription) -> read(ask, subscription);
            case PresenceEffect.Find(PresenceAsk.Where ask, var who) ->
                presence.where(who, ask.subject())
                        .whenComplete((found, failure) -> loop.execute(() -> decided.accept(
                                found == null
                                        ? new ServerFrame.ProblemFrame(ask.id(), problem(failure))
                                        : new ServerFrame.OfPresence(new PresenceTold.Whereabouts(
                                                ask.id(), found.subject(), found.present(), found.lastSeen())))));
        }
    }

    private static Problem problem(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ProblemException known ? known.problem() : Problem.of(FailureCode.INTERNAL_ERROR);
    }

    private void enter(PresenceEffect.Enter enter) {
        MemberKey key = enter.key();
        var command = new PresenceCommand.Enter(key, enter.profile(), holder, 0);
        ask(key, command, reply -> {
            if (reply instanceof Reply.Refused(Problem problem) && isForGood(problem)) {
                presences.notEntered(key, enter.number());
            }
            decided.accept(answer(
                    enter.id(),
                    reply,
                    version -> new PresenceTold.Entered(enter.id(), key.channel(), key.entry(), version)));
        });
    }

    /** What was not decided in time may have been carried out, or be so later. */
    private static boolean isForGood(Problem problem) {
        return problem.code() != FailureCode.TIMEOUT;
    }

    private void leave(PresenceEffect.Leave leave) {
        MemberKey key = leave.key();
        var command = new PresenceCommand.Leave(key, holder, leave.reason());
        Long id = leave.id();
        if (id == null) {
            departures.leave(key.channel(), command);
            return;
        }
        ask(key, command, reply -> {
            if (reply instanceof Reply.Refused) {
                presences.notLeft(key);
            } else {
                presences.left(key);
            }
            decided.accept(
                    answer(id, reply, version -> new PresenceTold.Left(id, key.channel(), key.entry(), version)));
        });
    }

    private void ask(MemberKey key, PresenceCommand command, Consumer<Reply> answer) {
        presence.owners()
                .presence(key.channel(), command, loop, (partition, logPosition, reply) -> answer.accept(reply));
    }

    private interface Told {
        PresenceTold of(long version);
    }

    private static ServerFrame answer(long id, Reply reply, Told told) {
        return switch (reply) {
            case Reply.OfPresence(PresenceReply.Changed(long version)) -> new ServerFrame.OfPresence(told.of(version));
            case Reply.Refused(Problem problem) -> new ServerFrame.ProblemFrame(id, problem);
            default -> new ServerFrame.ProblemFrame(id, Problem.of(FailureCode.INTERNAL_ERROR));
        };
    }

    private void read(PresenceAsk.Members ask, @Nullable String subscription) {
        var command = new PresenceCommand.Members(ask.channel(), ask.after(), ask.limit(), ask.skill(), ask.kind());
        presence.owners()
                .presence(
                        ask.channel(),
                        command,
                        loop,
                        (partition, logPosition, reply) -> decided.accept(
                                switch (reply) {
                                    case Reply.OfPresence(PresenceReply.Members page) ->
                                        new ServerFrame.OfPresence(
                                                new PresenceTold.Members(ask.id(), subscription, ask.channel(), page));
                                    case Reply.Refused(Problem problem) ->
                                        new ServerFrame.ProblemFrame(ask.id(), problem);
                                    default ->
                                        new ServerFrame.ProblemFrame(ask.id(), Problem.of(FailureCode.INTERNAL_ERROR));
                                }));
    }

    /** The client goes of its own will. */
    void leaving() {
        leaving = true;
    }

    /** The connection is ended for a reason that ends what it entered too. */
    void expire() {
        presences
                .takeAll()
                .forEach(key ->
                        departures.leave(key.channel(), new PresenceCommand.Leave(key, holder, LeaveReason.EXPIRED)));
    }

    /** The link is gone. */
    void closed() {
        for (MemberKey key : presences.takeAll()) {
            departures.leave(
                    key.channel(),
                    leaving
                            ? new PresenceCommand.Leave(key, holder, LeaveReason.LEFT)
                            : new PresenceCommand.Lost(key, holder));
        }
    }
}
