package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.session.Permissions;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.Requests.RetainedPage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the retained messages that a filter with wildcards selects: partition by partition, within each by channel name.
 * Safe for use by all threads.
 */
final class RetainedMessages {
    private static final Read.Credit CREDIT = new Read.Credit(Limits.PAGE_ITEMS, Limits.PAGE_BYTES);

    private final Owners owners;
    private final InstantSource clock;

    RetainedMessages(Owners owners, InstantSource clock) {
        this.owners = owners;
        this.clock = clock;
    }

    /** Where a page begins: its text form is {@code <partition>/<channel>}. */
    private record Place(int partition, String channel) {
        static Place parse(@Nullable String text) {
            if (text == null) {
                return new Place(0, "");
            }
            int slash = text.indexOf('/');
            return new Place(Integer.parseInt(text.substring(0, slash)), text.substring(slash + 1));
        }

        @Override
        public String toString() {
            return partition + "/" + channel;
        }
    }

    CompletionStage<RetainedPage> page(Principal who, ChannelFilter filter, @Nullable String after) {
        if (!Permissions.readsHistory(who, filter)) {
            return CompletableFuture.failedStage(new ProblemException(Problem.of(FailureCode.FORBIDDEN)));
        }
        if (!owners.isReady()) {
            return CompletableFuture.failedStage(new ProblemException(Problem.of(FailureCode.UNAVAILABLE)));
        }
        CompletableFuture<RetainedPage> result = new CompletableFuture<>();
        read(who, filter, Place.parse(after), result);
        return result;
    }

    private void read(Principal who, ChannelFilter filter, Place from, CompletableFuture<RetainedPage> result) {
        owners.read(
                from.partition(),
                new Read.RetainedMatching(filter, from.channel(), CREDIT),
                Runnable::run,
                (partition, logPosition, reply) -> {
                    switch (reply) {
                        case Reply.RetainedPage page -> arrived(who, filter, from, page, result);
                        case Reply.Refused(Problem problem) ->
                            result.completeExceptionally(new ProblemException(problem));
                        default ->
                            result.completeExceptionally(new ProblemException(Problem.of(FailureCode.INTERNAL_ERROR)));
                    }
                });
    }

    /** An empty page of a partition is no page for the reader: the next one is asked for. */
    private void arrived(
            Principal who,
            ChannelFilter filter,
            Place from,
            Reply.RetainedPage page,
            CompletableFuture<RetainedPage> result) {
        List<RealtimeMessage> visible = visible(page.messages(), who.subject());
        Place next =
                page.next() != null ? new Place(from.partition(), page.next()) : new Place(from.partition() + 1, "");
        boolean atEnd = next.partition() >= owners.partitions();
        if (visible.isEmpty() && !atEnd) {
            read(who, filter, next, result);
        } else {
            result.complete(new RetainedPage(visible, atEnd ? null : next.toString()));
        }
    }

    private List<RealtimeMessage> visible(List<RealtimeMessage> messages, String subject) {
        Instant now = clock.instant();
        return messages.stream()
                .filter(message -> message.privacy().mayReceive(subject))
                .filter(message -> message.expiry() == null || now.isBefore(message.expiry()))
                .toList();
    }
}
