package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.random.RandomRooms;
import io.socle.realtime.contracts.random.RandomValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Random values of everything that is logged. */
final class RandomRecords {
    private final RandomValues values;

    RandomRecords(RandomValues values) {
        this.values = values;
    }

    Origin origin() {
        return new Origin(values.upTo(99), values.id(), values.id());
    }

    Command command() {
        return switch (values.upTo(15)) {
            case 13, 14 -> new Command.InRoom(values.channel(), new RandomRooms(values).action());
            case 0 -> new Command.Publish(values.message(), values.maybe(values::producer));
            case 1 -> new Command.Subscribe(values.filter(), values.chance());
            case 2 -> new Command.Unsubscribe(values.filter());
            case 3 -> new Command.NodeStarted();
            case 4 -> new Command.NodeDead(values.upTo(99), values.id());
            case 5 -> new Command.Tick();
            case 10 ->
                new Command.Session(new SessionKey(values.text(20), values.text(20)), values.id(), sessionAction());
            case 11 -> new Command.WillPublished(values.id());
            case 8 -> new Command.Watch(values.channel());
            case 12 ->
                new Command.Shared(
                        new SharedName(values.of("g", "é"), values.filter()),
                        new SharedMember(values.text(20), values.text(20)),
                        values.id(),
                        sharedAction());
            case 9 -> new Command.Unwatch(values.channel());
            case 7 -> new Command.Delete(values.channel(), values.maybe(values::position));
            case 6 ->
                new Command.Durable(
                        new DurableName(values.channel(), values.text(20), values.text(20)), values.id(), action());
            default -> new Command.SetPolicies(policies());
        };
    }

    private SharedAction sharedAction() {
        return switch (values.upTo(3)) {
            case 0 -> new SharedAction.Join(values.upTo(99), values.upTo(2), values.id());
            case 1 -> new SharedAction.Done(some(values::id));
            case 2 -> new SharedAction.Away(values.id());
            default -> new SharedAction.Leave();
        };
    }

    private DurableAction action() {
        return switch (values.upTo(3)) {
            case 0 -> new DurableAction.Attach(values.maybe(this::start), values.chance());
            case 1 -> new DurableAction.Ack(values.position(), values.id());
            case 2 -> new DurableAction.Detach(values.id());
            default -> new DurableAction.Delete();
        };
    }

    private SessionAction sessionAction() {
        return switch (values.upTo(2)) {
            case 0 -> new SessionAction.Attach(values.chance(), values.id(), values.maybe(this::will), values.chance());
            case 1 -> new SessionAction.Save(some(this::sessionEntry));
            default ->
                new SessionAction.Detach(
                        some(this::sessionEntry), values.maybe(values::id), values.chance(), values.id());
        };
    }

    private SessionWill will() {
        return new SessionWill(values.message(), values.id(), values.maybe(values::id));
    }

    private SessionEntry sessionEntry() {
        return new SessionEntry(values.text(20), values.maybe(() -> Payload.of(values.bytes(40))));
    }

    private Policies policies() {
        Map<String, Policies.Policy> byNamespace = new HashMap<>();
        for (int i = values.upTo(3); i > 0; i--) {
            byNamespace.put(values.of("", "chat", "é"), policy());
        }
        return new Policies(byNamespace, policy(), new Policies.Deduplication(values.id(), milliseconds()));
    }

    private Policies.Policy policy() {
        return new Policies.Policy(
                values.id(), values.id(), milliseconds(), new Policies.Durables(values.upTo(99), milliseconds()));
    }

    private Duration milliseconds() {
        return Duration.ofMillis(values.id());
    }

    Read read() {
        Read.Credit credit = new Read.Credit(values.upTo(512), values.upTo(262_144));
        return switch (values.upTo(4)) {
            case 0 -> new Read.Forward(values.channel(), start(), credit, values.upTo(1) == 1);
            case 1 -> new Read.Backward(values.channel(), values.maybe(values::position), credit);
            case 2 -> new Read.Filtered(values.filter(), values.id(), values.maybe(this::millisecond), credit);
            case 3 -> new Read.RetainedMatching(values.filter(), values.text(20), credit);
            default -> new Read.Retained(values.channel());
        };
    }

    private Read.Start start() {
        return switch (values.upTo(2)) {
            case 0 -> new Read.Start.After(values.position());
            case 1 -> new Read.Start.Last(values.id());
            default -> new Read.Start.Since(millisecond());
        };
    }

    /** Log time has milliseconds, so reads since a time have too. */
    private Instant millisecond() {
        return Instant.ofEpochMilli(values.time().toEpochMilli());
    }

    Delivery delivery() {
        Delivery.Content content = switch (values.upTo(9)) {
            case 8 -> new RandomRooms(values).toPeer();
            case 0 -> new Delivery.Publication(values.message());
            case 1 -> new Delivery.DurableEnded(values.channel(), values.id(), problem());
            case 2 -> new Delivery.ChannelDeleted(values.channel(), values.id());
            case 3 -> new Delivery.Ephemeral(values.message());
            case 4 ->
                new Delivery.Interested(
                        values.channel(), some(() -> new Delivery.NodeLife(values.upTo(99), values.id())));
            case 5 -> new Delivery.InterestChanged();
            case 6 -> new Delivery.SessionEnded(new SessionKey(values.text(20), values.text(20)), values.id());
            case 7 -> new Delivery.Shared(values.id(), values.id(), values.message());
            default -> new Delivery.Answer(values.id(), reply());
        };
        return new Delivery(values.upTo(99), values.id(), content);
    }

    private Problem problem() {
        return new Problem(values.of(FailureCode.values()), values.text(20));
    }

    private Reply reply() {
        return switch (values.upTo(11)) {
            case 9, 10 -> new RandomRooms(values).reply();
            case 0 -> new Reply.Published(values.position(), values.chance());
            case 1 -> new Reply.Subscribed(values.maybe(values::position));
            case 2 -> new Reply.Refused(problem());
            case 3 -> new Reply.Done();
            case 4 -> new Reply.Page(values.id(), some(this::pageItem), values.id(), values.id(), values.chance());
            case 5 -> new Reply.Attached(values.position(), values.id(), values.chance(), values.id());
            case 7 -> new Reply.SessionAttached(values.id(), values.chance(), some(this::sessionEntry));
            case 8 -> new Reply.Joined(values.id());
            case 6 -> new Reply.RetainedPage(some(values::message), values.maybe(() -> values.text(20)));
            default ->
                new Reply.FilterPage(some(this::filterItem), values.id(), values.chance(), values.maybe(values::id));
        };
    }

    private <T> List<T> some(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = values.upTo(3); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    private Reply.PageItem pageItem() {
        return switch (values.upTo(2)) {
            case 0 -> new Reply.PageItem.Message(values.message());
            case 1 -> new Reply.PageItem.Skipped(values.id(), values.id());
            default -> new Reply.PageItem.Lost(values.id(), values.id());
        };
    }

    private Reply.FilterItem filterItem() {
        return values.chance()
                ? new Reply.FilterItem.Message(values.id(), values.message())
                : new Reply.FilterItem.Lost(values.id(), values.channel(), values.position());
    }
}
