package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Policies.Policy;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A partition with a hand-moved clock, for examples. */
final class TestOwner {
    static final ChannelName CHAT = new ChannelName("chat/1");
    static final Read.Credit PLENTY = new Read.Credit(500, 200_000);
    static final int SLOT = 1;
    static final long INCARNATION = 10;

    final MemoryTables tables = MemoryTables.empty();
    long now = 1_000_000;
    long logPosition = 99;
    private Partition partition;
    private final Bounds bounds;
    private final SharedBounds sharing;
    private int ids;

    TestOwner() {
        this(Bounds.DEFAULT);
    }

    TestOwner(Bounds bounds) {
        this(bounds, SharedBounds.DEFAULT);
    }

    TestOwner(Bounds bounds, SharedBounds sharing) {
        this.bounds = bounds;
        this.sharing = sharing;
        this.partition = new Partition(tables, bounds, sharing, 0x00abcdef);
    }

    /** As after a crash: only the tables are left. */
    TestOwner reopened() {
        partition = new Partition(tables, bounds, sharing, 0x00abcdef);
        return this;
    }

    TestOwner keeping(long messages, long bytes, Duration age) {
        return keeping(new Policies(Map.of(), new Policy(messages, bytes, age), Policies.Deduplication.DEFAULT));
    }

    TestOwner keeping(Policies policies) {
        command(new Command.SetPolicies(policies));
        return this;
    }

    TestOwner later(Duration by) {
        now += by.toMillis();
        return this;
    }

    List<Effect> command(Command command) {
        return partition.apply(++logPosition, now, new Origin(SLOT, INCARNATION, logPosition), command);
    }

    List<Effect> commandFrom(int slot, long incarnation, Command command) {
        return partition.apply(++logPosition, now, new Origin(slot, incarnation, logPosition), command);
    }

    List<Effect> unasked(Command command) {
        return partition.apply(++logPosition, now, null, command);
    }

    Partition partition() {
        return partition;
    }

    ChannelState channel(String name) {
        return Objects.requireNonNull(tables.channels().get(name));
    }

    HistoryEntry entry(long offset) {
        return Objects.requireNonNull(tables.history().get(new Keys.Place(CHAT.value(), offset)));
    }

    RealtimeMessage stored(long offset) {
        return Objects.requireNonNull(entry(offset).message());
    }

    MessageBuilder message() {
        return message(CHAT);
    }

    MessageBuilder message(ChannelName channel) {
        ids++;
        return RealtimeMessage.builder("m" + ids, channel).json("\"" + ids + "\"");
    }

    Reply publish(MessageBuilder message) {
        return reply(command(new Command.Publish(message.build(), null)));
    }

    /** Publishes so many plain messages and answers the last position. */
    Position publish(int count) {
        Position last = new Position(0, 0);
        for (int i = 0; i < count; i++) {
            last = ((Reply.Published) publish(message())).position();
        }
        return last;
    }

    Reply subscribe(String filter) {
        return reply(command(new Command.Subscribe(new ChannelFilter(filter))));
    }

    Reply read(Read read) {
        return reply(partition.read(now, new Origin(SLOT, INCARNATION, 0), read));
    }

    Reply.Page forward(Read.Start start) {
        return (Reply.Page) read(new Read.Forward(CHAT, start, PLENTY));
    }

    Reply.Page after(Position position) {
        return forward(new Read.Start.After(position));
    }

    /** The items that a reader from the beginning sees, in short: 3 for a message, skipped 4-5, lost 1-2. */
    List<String> everything() {
        ChannelState channel = tables.channels().get(CHAT.value());
        if (channel == null) {
            return List.of();
        }
        return brief(after(new Position(channel.epoch(), 0)).items());
    }

    static List<String> brief(List<Reply.PageItem> items) {
        return items.stream().map(TestOwner::brief).toList();
    }

    private static String brief(Reply.PageItem item) {
        return switch (item) {
            case Reply.PageItem.Message message -> String.valueOf(offset(message.message()));
            case Reply.PageItem.Skipped skipped -> "skipped " + skipped.from() + "-" + skipped.to();
            case Reply.PageItem.Lost lost -> "lost " + lost.from() + "-" + lost.to();
        };
    }

    static long offset(RealtimeMessage message) {
        Position position = message.position();
        if (position == null) {
            throw new AssertionError("a message without position");
        }
        return position.offset();
    }

    static Reply reply(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Answer.class::isInstance)
                .map(effect -> ((Effect.Answer) effect).reply())
                .findFirst()
                .orElseThrow();
    }

    /** The slots that effects deliver to. */
    static List<Integer> slots(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Deliver.class::isInstance)
                .map(effect -> ((Effect.Deliver) effect).slot())
                .toList();
    }
}
