package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides one publication: append, repeat or refuse. */
final class Publisher {
    private final Tables tables;
    private final Bounds bounds;
    private final History history;
    private final PublicationIndex index;
    private final Lives lives;

    /**
     * What became of a publication.
     *
     * @param state the partition's state after it
     * @param reply to its publisher
     * @param appended what is to be delivered; null where nothing is
     */
    record Outcome(
            PartitionState state, Reply reply, @Nullable RealtimeMessage appended) {}

    Publisher(Tables tables, Bounds bounds, History history, PublicationIndex index, Lives lives) {
        this.tables = tables;
        this.bounds = bounds;
        this.history = history;
        this.index = index;
        this.lives = lives;
    }

    Outcome publish(PartitionState state, Command.Publish publish, Policies policies, long newEpoch) {
        RealtimeMessage message = publish.message();
        ChannelState channel = tables.channels().get(message.channel().value());
        return switch (judge(channel, publish)) {
            case null -> unnumbered(state, message, channel, policies, newEpoch);
            case Producers.Verdict.Refusal refusal -> refused(state, refusal.problem());
            case Producers.Verdict.Repeat repeat -> repeated(state, channel, repeat.offset());
            case Producers.Verdict.Next next -> numbered(state, publish, channel, next, policies, newEpoch);
        };
    }

    private Producers.@Nullable Verdict judge(@Nullable ChannelState channel, Command.Publish publish) {
        ProducerSequence number = publish.producer();
        if (number == null) {
            return null;
        }
        if (channel == null) {
            return Producers.judge(null, number, 0, bounds.producersPerChannel());
        }
        ProducerState known = tables.producers().get(producerKey(publish.message(), channel, number));
        return Producers.judge(known, number, channel.producers(), bounds.producersPerChannel());
    }

    private static Outcome refused(PartitionState state, Problem problem) {
        return new Outcome(state, new Reply.Refused(problem), null);
    }

    private static Outcome repeated(PartitionState state, @Nullable ChannelState channel, long offset) {
        if (channel == null) {
            throw new IllegalStateException("a message was published on a channel without state");
        }
        return new Outcome(state, new Reply.Published(new Position(channel.epoch(), offset), true), null);
    }

    private Outcome unnumbered(
            PartitionState state,
            RealtimeMessage message,
            @Nullable ChannelState channel,
            Policies policies,
            long newEpoch) {
        IndexEntry first = index.find(state, message, channel, policies);
        if (first != null) {
            return repeated(state, channel, first.offset());
        }
        long idTime = UuidTime.of(message.id());
        if (idTime >= 0
                && state.clock() - idTime > policies.deduplication().age().toMillis()) {
            return refused(state, Problem.of(FailureCode.STALE_MESSAGE_ID));
        }
        return append(state, message, orNew(channel, message, newEpoch, state), policies);
    }

    /** A numbered message needs no window; but if its id is in the window the number is taken without a new copy. */
    private Outcome numbered(
            PartitionState state,
            Command.Publish publish,
            @Nullable ChannelState channel,
            Producers.Verdict.Next next,
            Policies policies,
            long newEpoch) {
        RealtimeMessage message = publish.message();
        ChannelState before = orNew(channel, message, newEpoch, state);
        ChannelState counted = next.newProducer() ? before.withProducers(before.producers() + 1) : before;
        IndexEntry first = index.find(state, message, channel, policies);
        long offset = first == null ? counted.head() + 1 : first.offset();
        Outcome outcome;
        if (first == null) {
            outcome = append(state, message, counted, policies);
        } else {
            tables.channels().put(message.channel().value(), counted);
            outcome = repeated(state, counted, offset);
        }
        Keys.Producer key = producerKey(message, counted, publish.producer());
        tables.producers().put(key, next.before().published(offset));
        return outcome;
    }

    private static Keys.Producer producerKey(
            RealtimeMessage message, ChannelState channel, @Nullable ProducerSequence number) {
        String records = channel.records(message.channel().value());
        return new Keys.Producer(records, number == null ? "" : number.producer());
    }

    private ChannelState orNew(
            @Nullable ChannelState channel, RealtimeMessage message, long newEpoch, PartitionState state) {
        return channel == null ? lives.begin(message.channel().value(), newEpoch, state.clock()) : channel;
    }

    private Outcome append(PartitionState state, RealtimeMessage message, ChannelState channel, Policies policies) {
        String name = message.channel().value();
        Moment moment = new Moment(state.lastPosition(), state.clock());
        Position position = channel.headPosition().plus(1);
        RealtimeMessage placed = placed(message, position, moment.time());
        Policies.Policy policy = policies.of(message.channel().namespace());
        ChannelState appended = history.append(channel, placed, moment, policy);
        tables.channels().put(name, appended);
        IndexEntry entry = new IndexEntry(name, position.offset(), moment.time(), message.id());
        return new Outcome(index.append(state, entry), new Reply.Published(position, false), placed);
    }

    private static RealtimeMessage placed(RealtimeMessage message, Position position, long time) {
        Instant timestamp = message.timestamp() == null ? Instant.ofEpochMilli(time) : message.timestamp();
        return message.toBuilder().position(position).timestamp(timestamp).build();
    }
}
