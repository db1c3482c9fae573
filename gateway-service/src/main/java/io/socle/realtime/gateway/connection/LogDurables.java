package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.DurablePage;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.hub.Hub;
import io.socle.realtime.gateway.hub.Hubs;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.session.Permissions;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.DurableRequests;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Durable subscriptions without a connection: each pull is a subscription of its own for as long as it waits. */
public final class LogDurables implements DurableRequests {
    private final Owners owners;
    private final Hubs hubs;
    private final Supplier<Executor> loops;
    private final Hub.DelayedTasks delays;

    /**
     * Makes it.
     *
     * @param loops gives the event loop that the next pull lives on
     */
    public LogDurables(Owners owners, Hubs hubs, Supplier<Executor> loops, Hub.DelayedTasks delays) {
        this.owners = owners;
        this.hubs = hubs;
        this.loops = loops;
        this.delays = delays;
    }

    @Override
    public CompletionStage<DurablePage> pull(Principal who, Pull pull) {
        Problem refusal = refusal(who, pull.channel());
        if (refusal != null) {
            return CompletableFuture.failedStage(new ProblemException(refusal));
        }
        Executor loop = loops.get();
        var pulling = new DurablePulling(hubs.of(loop), who.subject(), pull, loop, delays);
        loop.execute(pulling::begin);
        return pulling.page();
    }

    private @Nullable Problem refusal(Principal who, ChannelName channel) {
        Problem refusal = Permissions.subscribe(who, ChannelFilter.of(channel), true);
        return refusal == null && !owners.isReady() ? Problem.of(FailureCode.UNAVAILABLE) : refusal;
    }

    @Override
    public CompletionStage<Position> acknowledge(Principal who, ChannelName channel, String name, Position position) {
        return decide(who, channel, name, new DurableAction.Ack(position, 0), position);
    }

    @Override
    public CompletionStage<String> delete(Principal who, ChannelName channel, String name) {
        return decide(who, channel, name, new DurableAction.Delete(), name);
    }

    /** Completes with the answer when the owner has done it. */
    private <T> CompletionStage<T> decide(
            Principal who, ChannelName channel, String name, DurableAction action, T answer) {
        Problem refusal = refusal(who, channel);
        if (refusal != null) {
            return CompletableFuture.failedStage(new ProblemException(refusal));
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        var command = new Command.Durable(new DurableName(channel, who.subject(), name), 0, action);
        owners.command(channel, command, Runnable::run, (partition, logPosition, reply) -> {
            switch (reply) {
                case Reply.Done done -> result.complete(answer);
                case Reply.Refused(Problem problem) -> result.completeExceptionally(new ProblemException(problem));
                default -> result.completeExceptionally(new ProblemException(Problem.of(FailureCode.INTERNAL_ERROR)));
            }
        });
        return result;
    }
}
