package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.PresenceJson;
import io.socle.realtime.contracts.frame.PresenceTold;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.PresenceChannels;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.PresenceOwners;
import io.socle.realtime.gateway.session.Permissions;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.PresenceRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Presence without a connection, carried out on the log; safe for use by all threads. */
public final class LogPresence implements PresenceRequests {
    /** Most places of one answer. */
    private static final int PLACES = 1000;

    private final PresenceOwners owners;

    public LogPresence(PresenceOwners owners) {
        this.owners = owners;
    }

    PresenceOwners owners() {
        return owners;
    }

    @Override
    public CompletionStage<PresenceReply.Members> members(Principal who, PresenceAsk.Members ask) {
        Problem refusal = Permissions.members(who, ask.channel());
        return refusal == null ? members(ask) : refused(refusal);
    }

    private CompletionStage<PresenceReply.Members> members(PresenceAsk.Members ask) {
        var command = new PresenceCommand.Members(ask.channel(), ask.after(), ask.limit(), ask.skill(), ask.kind());
        return this.<PresenceReply.Members>ask(
                ask.channel(), command, reply -> reply instanceof PresenceReply.Members page ? page : null);
    }

    /** The first page as the retained message of the channel on which presence is told (clause PRS-62). */
    CompletionStage<RealtimeMessage> retained(ChannelName channel, Instant now) {
        return members(new PresenceAsk.Members(0, channel, null, PresenceAsk.DEFAULT_MEMBERS, null, null))
                .thenApply(page -> RealtimeMessage.builder("members-" + page.version(), PresenceChannels.of(channel))
                        .source("presence")
                        .type("presence")
                        .contentType(RealtimeMessage.JSON)
                        .retain(true)
                        .timestamp(now)
                        .data(Payload.of(PresenceJson.retained(channel, page)))
                        .build());
    }

    @Override
    public CompletionStage<Long> enter(
            Principal who, ChannelName channel, String entry, MemberProfile profile, Duration ttl) {
        Problem refusal = Permissions.enter(who, channel);
        if (refusal != null) {
            return refused(refusal);
        }
        var key = new MemberKey(channel, who.subject(), entry);
        return change(channel, new PresenceCommand.Enter(key, profile, PresenceCommand.NO_HOLDER, ttl.toMillis()));
    }

    @Override
    public CompletionStage<Long> leave(Principal who, ChannelName channel, String entry) {
        Problem refusal = Permissions.presence(channel);
        if (refusal != null) {
            return refused(refusal);
        }
        var key = new MemberKey(channel, who.subject(), entry);
        return change(channel, new PresenceCommand.Leave(key, PresenceCommand.NO_HOLDER, LeaveReason.LEFT));
    }

    private CompletionStage<Long> change(ChannelName channel, PresenceCommand command) {
        return this.<Long>ask(
                channel, command, reply -> reply instanceof PresenceReply.Changed(long version) ? version : null);
    }

    @Override
    public CompletionStage<PresenceReply.Visits> visits(Principal who, ChannelName channel, Instant from, Instant to) {
        Problem refusal = Permissions.presence(channel);
        if (refusal == null) {
            refusal = Permissions.history(who, channel);
        }
        if (refusal != null) {
            return refused(refusal);
        }
        var command = new PresenceCommand.Visits(channel, from.toEpochMilli(), to.toEpochMilli());
        return this.<PresenceReply.Visits>ask(
                channel, command, reply -> reply instanceof PresenceReply.Visits visits ? visits : null);
    }

    @Override
    public CompletionStage<PresenceTold.Whereabouts> where(Principal who, String subject) {
        if (!owners.isReady()) {
            return refused(Problem.of(FailureCode.UNAVAILABLE));
        }
        List<CompletableFuture<PresenceReply.Whereabouts>> parts = new ArrayList<>();
        for (int partition = 0; partition < owners.presencePartitions(); partition++) {
            CompletableFuture<PresenceReply.Whereabouts> part = new CompletableFuture<>();
            parts.add(part);
            owners.presence(
                    partition,
                    new PresenceCommand.Where(subject),
                    Runnable::run,
                    (from, logPosition, reply) -> complete(
                            part, reply, one -> one instanceof PresenceReply.Whereabouts where ? where : null));
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(all -> whereabouts(
                        who,
                        subject,
                        parts.stream().map(CompletableFuture::join).toList()));
    }

    /** Of where it may not follow nobody is told. */
    private static PresenceTold.Whereabouts whereabouts(
            Principal who, String subject, List<PresenceReply.Whereabouts> parts) {
        List<PresenceReply.Place> present = parts.stream()
                .flatMap(part -> part.present().stream())
                .filter(place -> mayKnow(who, place.channel()))
                .sorted(Comparator.comparing(PresenceReply.Place::channel).thenComparing(PresenceReply.Place::entry))
                .limit(PLACES)
                .toList();
        Instant lastSeen = parts.stream()
                .flatMap(part -> part.seen().stream())
                .filter(seen -> mayKnow(who, seen.channel()))
                .map(PresenceReply.Seen::left)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new PresenceTold.Whereabouts(0, subject, present, lastSeen);
    }

    private static boolean mayKnow(Principal who, ChannelName channel) {
        return who.capabilities().maySubscribe(ChannelFilter.of(channel));
    }

    private <T> CompletionStage<T> ask(
            ChannelName channel, PresenceCommand command, Function<PresenceReply, @Nullable T> answer) {
        CompletableFuture<T> result = new CompletableFuture<>();
        owners.presence(
                channel, command, Runnable::run, (partition, logPosition, reply) -> complete(result, reply, answer));
        return result;
    }

    private static <T> void complete(
            CompletableFuture<T> result, Reply reply, Function<PresenceReply, @Nullable T> answer) {
        T value = reply instanceof Reply.OfPresence(PresenceReply told) ? answer.apply(told) : null;
        if (value != null) {
            result.complete(value);
        } else if (reply instanceof Reply.Refused(Problem problem)) {
            result.completeExceptionally(new ProblemException(problem));
        } else {
            result.completeExceptionally(new ProblemException(Problem.of(FailureCode.INTERNAL_ERROR)));
        }
    }

    private static <T> CompletionStage<T> refused(Problem problem) {
        return CompletableFuture.failedStage(new ProblemException(problem));
    }
}
