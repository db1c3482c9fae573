package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ServerFrame.ConnectionLimits;
import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.frame.ServerFrame.SlowPolicy;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.random.RandomValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random frames of every type. */
final class RandomFrames {
    private final RandomValues values;

    RandomFrames(RandomValues values) {
        this.values = values;
    }

    ClientFrame client() {
        return switch (values.upTo(13)) {
            case 0 -> new ClientFrame.Connect(values.id(), values.maybe(this::token));
            case 1 -> new ClientFrame.Publish(values.maybe(values::id), draft(), values.maybe(values::producer));
            case 2 -> subscribe();
            case 3 -> new ClientFrame.Unsubscribe(values.id(), values.text(40), values.chance());
            case 4 -> history();
            case 5 -> new ClientFrame.Ack(values.text(40), token());
            case 6 -> new ClientFrame.Refresh(values.id(), token());
            case 7 -> new ClientFrame.Ping(values.maybe(values::id));
            case 8 -> new ClientFrame.Delete(values.id(), values.channel(), values.maybe(values::position));
            case 9 -> new ClientFrame.Pong();
            case 10 -> PresenceExamples.client(values);
            default -> new ClientFrame.InRoom(new RandomRoomFrames(values).client());
        };
    }

    private MessageDraft draft() {
        return values.chance() ? MessageDraft.of(values.message()) : MessageDraft.withoutId(values.message());
    }

    private ClientFrame subscribe() {
        if (values.chance()) {
            return durable();
        }
        boolean one = values.chance();
        return new ClientFrame.Subscribe(
                values.id(),
                values.text(40),
                one ? new Selection.OneChannel(values.channel()) : new Selection.Matching(values.filter()),
                since(one),
                values.of(Qos.values()),
                values.of(Overflow.values()),
                values.maybe(() -> 1 + values.upTo(ClientFrame.MAX_UNACKED - 1)));
    }

    private ClientFrame durable() {
        return new ClientFrame.Subscribe(
                values.id(),
                values.text(40),
                new Selection.OneChannel(values.channel()),
                since(true),
                values.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE),
                Overflow.RECOVER,
                values.maybe(() -> 1 + values.upTo(ClientFrame.MAX_DURABLE_UNACKED - 1)),
                values.text(40));
    }

    private @Nullable Since since(boolean oneChannel) {
        return switch (values.upTo(oneChannel ? 4 : 2)) {
            case 0 -> null;
            case 1 -> new Since.AtCursor(token());
            case 2 -> new Since.AtTime(values.time());
            case 3 -> new Since.AtPosition(values.position());
            default -> new Since.Last(Math.max(1, values.id()));
        };
    }

    private ClientFrame history() {
        HistoryRange range = switch (values.upTo(3)) {
            case 0 -> new HistoryRange.Newest(Math.max(1, values.id()));
            case 1 -> new HistoryRange.Before(values.position());
            case 2 -> new HistoryRange.From(new Since.AtPosition(values.position()));
            default -> new HistoryRange.From(new Since.AtTime(values.time()));
        };
        return new ClientFrame.History(values.id(), values.channel(), range, 1 + values.upTo(511));
    }

    private String token() {
        return values.of("eyJhbGciOi.J9.sig", "~!\"\\'", "a");
    }

    ServerFrame server() {
        return switch (values.upTo(2)) {
            case 0 -> reply();
            case 1 -> push();
            default -> new ServerFrame.InRoom(new RandomRoomFrames(values).server());
        };
    }

    private ServerFrame reply() {
        return switch (values.upTo(9)) {
            case 0 ->
                new ServerFrame.Connected(
                        values.id(),
                        values.text(20),
                        values.text(40),
                        1 + values.upTo(99_999),
                        values.maybe(values::time),
                        new ConnectionLimits(values.upTo(9), values.upTo(9), values.upTo(9), values.upTo(9)));
            case 1 ->
                new ServerFrame.Published(
                        values.id(), values.maybe(values::position), values.chance(), values.maybe(values::id));
            case 2 ->
                new ServerFrame.Subscribed(
                        values.id(), values.text(40), values.maybe(this::token), values.maybe(values::chance));
            case 3 ->
                new ServerFrame.Unsubscribed(values.maybe(values::id), values.text(40), values.maybe(this::problem));
            case 4 -> new ServerFrame.HistoryPage(values.id(), values.channel(), items(), values.maybe(this::token));
            case 5 -> new ServerFrame.Refreshed(values.id(), values.time());
            case 6 -> new ServerFrame.Pong(values.maybe(values::id));
            case 7 -> new ServerFrame.Deleted(values.id());
            case 8 -> PresenceExamples.server(values);
            default -> new ServerFrame.ProblemFrame(values.maybe(values::id), problem());
        };
    }

    private ServerFrame push() {
        return switch (values.upTo(8)) {
            case 0 -> new ServerFrame.Ping(values.maybe(values::id));
            case 7 ->
                new ServerFrame.Backpressure(
                        values.of(ServerFrame.BackpressureState.values()), values.id(), values.maybe(values::id));
            case 1 ->
                new ServerFrame.Message(values.text(40), values.maybe(this::token), values.message(), values.chance());
            case 2 -> new ServerFrame.CaughtUp(values.text(40), token(), values.upTo(3));
            case 3 -> new ServerFrame.Skipped(values.text(40), values.channel(), values.position(), values.position());
            case 4 -> new ServerFrame.Lost(values.text(40), values.channel(), values.position(), values.position());
            case 5 -> new ServerFrame.LostUntil(values.text(40), token());
            case 6 -> new ServerFrame.Slow(values.text(40), values.of(SlowPolicy.values()), values.id());
            default -> disconnect();
        };
    }

    private ServerFrame disconnect() {
        Duration delay = values.maybe(() -> Duration.ofMillis(values.upTo(60_000)));
        return new ServerFrame.DisconnectFrame(new Disconnect(values.of(FailureCode.values()), values.text(40), delay));
    }

    private Problem problem() {
        return new Problem(
                values.of(FailureCode.values()),
                values.text(40),
                values.maybe(() -> Duration.ofMillis(values.upTo(60_000))));
    }

    private List<HistoryItem> items() {
        List<HistoryItem> items = new ArrayList<>();
        for (int i = values.upTo(4); i > 0; i--) {
            items.add(
                    switch (values.upTo(2)) {
                        case 0 -> new HistoryItem.Message(values.message());
                        case 1 -> new HistoryItem.Skipped(values.position(), values.position());
                        default -> new HistoryItem.Lost(values.position(), values.position());
                    });
        }
        return items;
    }
}
