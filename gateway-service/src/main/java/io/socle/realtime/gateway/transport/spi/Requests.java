package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.frame.HistoryRange;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.session.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Commands without a connection, for request and reply protocols. Every one is checked against the principal's
 * capabilities. Stages complete on any thread, exceptionally with a ProblemException; safe for use by all threads.
 */
public interface Requests {
    /**
     * A decided publish.
     *
     * @param position the message's place; null where its channel is ephemeral
     * @param lagMs how long the decision took where that is worth telling; else null
     */
    record Published(
            String id,
            ChannelName channel,
            @Nullable Position position,
            boolean repeat,
            @Nullable Long lagMs) {}

    /** A page of history; next is null at the end. */
    record History(List<HistoryItem> items, @Nullable String next) {}

    CompletionStage<Published> publish(
            String transport, Principal who, MessageDraft draft, @Nullable ProducerSequence producer);

    CompletionStage<History> history(Principal who, ChannelName channel, HistoryRange range, int limit);

    CompletionStage<Optional<RealtimeMessage>> retained(Principal who, ChannelName channel);

    /**
     * A page of the retained messages of the channels that a filter selects; next is null at the end. Needs the capability
     * to read history of all of them.
     *
     * @param after null for the first page, else what the page before gave as next
     */
    CompletionStage<RetainedPage> retained(Principal who, ChannelFilter filter, @Nullable String after);

    /** Retained messages; next continues after them and is null at the end. */
    record RetainedPage(
            List<RealtimeMessage> messages, @Nullable String next) {}

    /** Deletes the message at a position, or without one the channel; answers the channel's name. */
    CompletionStage<ChannelName> delete(Principal who, ChannelName channel, @Nullable Position position);
}
