package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.HistoryRange;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.PresenceChannels;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.session.Permissions;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.session.SessionLimits;
import io.socle.realtime.gateway.transport.spi.Requests;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Commands without a connection, carried out on the log. */
public final class LogRequests implements Requests {
    /** Replies complete on the thread that brings them; whoever waits moves to its own. */
    private static final Executor SAME_THREAD = Runnable::run;

    private final SessionLimits limits;
    private final Owners owners;
    private final Publisher publisher;
    private final HistoryReader history;
    private final RetainedMessages retained;
    private final LogPresence presence;
    private final InstantSource clock;
    private final MessageIds ids = new MessageIds();

    public LogRequests(
            SessionLimits limits,
            Owners owners,
            Publisher publisher,
            HistoryReader history,
            LogPresence presence,
            InstantSource clock) {
        this.limits = limits;
        this.owners = owners;
        this.publisher = publisher;
        this.history = history;
        this.presence = presence;
        this.retained = new RetainedMessages(owners, clock);
        this.clock = clock;
    }

    @Override
    public CompletionStage<Published> publish(
            String transport, Principal who, MessageDraft draft, @Nullable ProducerSequence producer) {
        Problem refusal = Permissions.publish(who, draft, limits);
        if (refusal != null) {
            return refused(refusal);
        }
        RealtimeMessage message = draft.complete(ids::next, who.subject());
        CompletableFuture<Published> result = new CompletableFuture<>();
        publisher.publish(transport, message, producer, SAME_THREAD, (reply, lagMs) -> {
            complete(result, published(message, reply, lagMs), reply);
        });
        return result;
    }

    private static @Nullable Published published(RealtimeMessage message, Reply reply, @Nullable Long lagMs) {
        return switch (reply) {
            case Reply.Published done ->
                new Published(message.id(), message.channel(), done.position(), done.repeat(), lagMs);
            case Reply.Done ephemeral -> new Published(message.id(), message.channel(), null, false, null);
            default -> null;
        };
    }

    @Override
    public CompletionStage<History> history(Principal who, ChannelName channel, HistoryRange range, int limit) {
        Problem refusal = Permissions.history(who, channel);
        if (refusal != null) {
            return refused(refusal);
        }
        return ask(
                handler -> history.read(channel, range, limit, SAME_THREAD, handler),
                reply -> reply instanceof Reply.Page page ? visible(page, who) : null);
    }

    private History visible(Reply.Page page, Principal who) {
        HistoryReader.Page visible = HistoryReader.visible(page, who.subject(), clock.instant());
        return new History(visible.items(), visible.next());
    }

    @Override
    public CompletionStage<Optional<RealtimeMessage>> retained(Principal who, ChannelName channel) {
        Problem refusal = Permissions.history(who, channel);
        if (refusal != null) {
            return refused(refusal);
        }
        Optional<ChannelName> followed = PresenceChannels.watchedBy(channel);
        if (followed.isPresent()) {
            return presence.retained(followed.get(), clock.instant()).thenApply(Optional::of);
        }
        return ask(
                handler -> history.readRetained(channel, SAME_THREAD, handler),
                reply -> reply instanceof Reply.Page page ? retained(visible(page, who)) : null);
    }

    @Override
    public CompletionStage<RetainedPage> retained(Principal who, ChannelFilter filter, @Nullable String after) {
        if (history.keepsNothing(filter)) {
            return CompletableFuture.completedStage(new RetainedPage(List.of(), null));
        }
        if (filter.isExact()) {
            return retained(who, new ChannelName(filter.value()))
                    .thenApply(message -> new RetainedPage(message.stream().toList(), null));
        }
        return retained.page(who, filter, after);
    }

    private static Optional<RealtimeMessage> retained(History page) {
        return page.items().stream()
                .filter(HistoryItem.Message.class::isInstance)
                .map(item -> ((HistoryItem.Message) item).message())
                .findFirst();
    }

    @Override
    public CompletionStage<ChannelName> delete(Principal who, ChannelName channel, @Nullable Position position) {
        Problem refusal = Permissions.delete(who, channel);
        if (refusal != null) {
            return refused(refusal);
        }
        return ask(
                handler -> owners.command(channel, new Command.Delete(channel, position), SAME_THREAD, handler),
                reply -> reply instanceof Reply.Done ? channel : null);
    }

    private static <T> CompletionStage<T> refused(Problem problem) {
        return CompletableFuture.failedStage(new ProblemException(problem));
    }

    /** Sends through {@code send} and completes with what {@code answer} makes of the reply; null means unexpected. */
    private static <T> CompletionStage<T> ask(Consumer<ReplyHandler> send, Function<Reply, @Nullable T> answer) {
        CompletableFuture<T> result = new CompletableFuture<>();
        send.accept((partition, logPosition, reply) -> complete(result, answer.apply(reply), reply));
        return result;
    }

    private static <T> void complete(CompletableFuture<T> result, @Nullable T value, Reply reply) {
        if (value != null) {
            result.complete(value);
        } else if (reply instanceof Reply.Refused(Problem problem)) {
            result.completeExceptionally(new ProblemException(problem));
        } else {
            result.completeExceptionally(new ProblemException(Problem.of(FailureCode.INTERNAL_ERROR)));
        }
    }
}
