package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.channel.core.NaiveOwner.Publication;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.FilterItem;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Reads of every kind, page by page with random credit, against what the naive model says in one go. */
final class ReadChecks {
    private static final Origin READER = new Origin(9, 1, 0);

    private final NaiveOwner model;
    private final Partition partition;
    private final MemoryTables tables;
    private final Map<String, Long> firsts;
    private final SplittableRandom random;
    private final RandomCommands names;

    ReadChecks(
            NaiveOwner model,
            Partition partition,
            MemoryTables tables,
            Map<String, Long> firsts,
            SplittableRandom random,
            RandomCommands names) {
        this.model = model;
        this.partition = partition;
        this.tables = tables;
        this.firsts = firsts;
        this.random = random;
        this.names = names;
    }

    void check() {
        String channel = names.channel();
        switch (random.nextInt(6)) {
            case 0 -> checkAfter(channel);
            case 1 -> checkLast(channel);
            case 2 -> checkSince(channel);
            case 3 -> checkBackward(channel);
            case 4 -> checkRetained(channel);
            default -> checkFilter(names.wildcards());
        }
    }

    private void checkAfter(String channel) {
        long epoch = model.epochs.getOrDefault(channel, 0L);
        long head = model.of(channel).size();
        long offset = random.nextLong(0, head + 2);
        boolean known = model.epochs.containsKey(channel) && offset <= head;
        long asked = random.nextInt(8) == 0 ? epoch + 1 : epoch;
        Read.Start.After start = new Read.Start.After(new Position(asked, offset));
        if (!known || asked != epoch) {
            assertThat(ModelRun.refusal(ask(forward(channel, start)))).isEqualTo("UNKNOWN_POSITION");
            return;
        }
        assertThat(pages(channel, start)).isEqualTo(expected(channel, offset + 1));
    }

    private void checkLast(String channel) {
        long wanted = random.nextInt(5);
        long head = model.of(channel).size();
        long from = Math.max(first(channel), head - wanted + 1);
        assertThat(pages(channel, new Read.Start.Last(wanted))).isEqualTo(expected(channel, from));
    }

    /** What was trimmed is told as lost unless the oldest that is left is older than the time asked for. */
    private void checkSince(String channel) {
        List<Publication> all = model.of(channel);
        long time = someTime(all);
        long first = first(channel);
        long from = 1 + all.stream().filter(each -> each.time() < time).count();
        boolean mayHaveLost =
                first > all.size() ? !all.isEmpty() && all.getLast().time() >= time : from <= first;
        List<String> expected = expected(channel, mayHaveLost ? 1 : from);
        assertThat(pages(channel, new Read.Start.Since(Instant.ofEpochMilli(time))))
                .isEqualTo(expected);
    }

    /** Often exactly a publication's. */
    private long someTime(List<Publication> all) {
        return all.isEmpty() || random.nextBoolean()
                ? model.now - random.nextInt(4000)
                : names.pick(all).time();
    }

    private long first(String channel) {
        return firsts.getOrDefault(channel, 1L);
    }

    private List<String> expected(String channel, long from) {
        List<String> items = new ArrayList<>();
        for (Publication each : model.of(channel)) {
            if (each.offset() >= from) {
                String kind = each.offset() < first(channel) ? "lost" : model.isOwed(each) ? "message" : "skipped";
                items.add(each.offset() + " " + kind);
            }
        }
        return items;
    }

    private List<String> pages(String channel, Read.Start start) {
        List<String> items = new ArrayList<>();
        Read.Start next = start;
        boolean complete = false;
        while (!complete) {
            Reply.Page page = (Reply.Page) ask(forward(channel, next));
            page.items().forEach(item -> items.addAll(spell(channel, item)));
            assertThat(page.head()).isEqualTo(model.of(channel).size());
            complete = page.complete();
            next = new Read.Start.After(new Position(page.epoch(), page.through()));
        }
        return items;
    }

    private Read.Forward forward(String channel, Read.Start start) {
        return new Read.Forward(new ChannelName(channel), start, credit());
    }

    private Read.Credit credit() {
        return new Read.Credit(random.nextInt(1, 6), random.nextInt(1, 2000));
    }

    private List<String> spell(String channel, PageItem item) {
        return switch (item) {
            case PageItem.Message message -> {
                long offset = TestOwner.offset(message.message());
                Publication original = model.of(channel).get((int) offset - 1);
                assertThat(message.message()).isEqualTo(original.message());
                yield List.of(offset + " message");
            }
            case PageItem.Skipped skipped -> range(skipped.from(), skipped.to(), "skipped");
            case PageItem.Lost lost -> range(lost.from(), lost.to(), "lost");
        };
    }

    private static List<String> range(long from, long to, String kind) {
        List<String> items = new ArrayList<>();
        for (long offset = from; offset <= to; offset++) {
            items.add(offset + " " + kind);
        }
        return items;
    }

    private void checkBackward(String channel) {
        List<String> items = new ArrayList<>();
        Position before = null;
        boolean complete = false;
        while (!complete) {
            Reply.Page page = (Reply.Page) ask(new Read.Backward(new ChannelName(channel), before, credit()));
            for (PageItem item : page.items()) {
                List<String> spelled = new ArrayList<>(spell(channel, item));
                Collections.reverse(spelled);
                items.addAll(spelled);
            }
            complete = page.complete();
            before = new Position(page.epoch(), page.through());
        }
        List<String> expected = new ArrayList<>(expected(channel, 1));
        Collections.reverse(expected);
        assertThat(items).isEqualTo(expected);
    }

    private void checkRetained(String channel) {
        Reply.Page page = (Reply.Page) ask(new Read.Retained(new ChannelName(channel)));
        @Nullable Publication retained = model.retained(channel);
        List<PageItem> expected = retained == null ? List.of() : List.of(new PageItem.Message(retained.message()));
        assertThat(page.items()).isEqualTo(expected);
    }

    private void checkFilter(ChannelFilter filter) {
        PartitionState state = tables.partition().get();
        long floor = state == null ? 0 : state.index().first();
        checkFloor(floor);
        long after = random.nextLong(-1, floor + 60);
        Instant since = random.nextBoolean() ? null : Instant.ofEpochMilli(someTime(model.published));
        List<String> expected = new ArrayList<>();
        for (Publication each : model.published) {
            boolean young = since == null || each.time() >= since.toEpochMilli();
            boolean wanted = each.logPosition() > after && each.logPosition() >= floor && young;
            boolean owed = each.offset() < first(each.channel()) || model.isOwed(each);
            if (wanted
                    && owed
                    && !model.isGone(each)
                    && filter.matches(each.message().channel())) {
                expected.add(each.logPosition() + (each.offset() < first(each.channel()) ? " lost" : " message"));
            }
        }
        assertThat(filterPages(filter, after, since, floor)).isEqualTo(expected);
    }

    /** The index has at most its bound and some slack, and forgets nothing young of the newest ones. */
    private void checkFloor(long floor) {
        List<Publication> all = model.published;
        assertThat(all.stream().filter(each -> each.logPosition() >= floor).count())
                .isLessThanOrEqualTo(34);
        for (Publication each : all.subList(Math.max(0, all.size() - 30), all.size())) {
            assertThat(each.logPosition() >= floor || model.now - each.time() > 3000)
                    .isTrue();
        }
    }

    private List<String> filterPages(ChannelFilter filter, long after, @Nullable Instant since, long floor) {
        boolean evicted = model.published.stream()
                .anyMatch(each -> each.logPosition() < floor && (since == null || each.time() >= since.toEpochMilli()));
        List<String> items = new ArrayList<>();
        long from = after;
        boolean complete = false;
        while (!complete) {
            Reply.FilterPage page = (Reply.FilterPage) ask(new Read.Filtered(filter, from, since, credit()));
            assertThat(page.lostThrough() != null).isEqualTo(evicted && from < floor - 1);
            assertThat(page.through()).isGreaterThanOrEqualTo(from);
            page.items()
                    .forEach(item ->
                            items.add(item.logPosition() + (item instanceof FilterItem.Lost ? " lost" : " message")));
            complete = page.complete();
            from = page.through();
        }
        return items;
    }

    private Reply ask(Read read) {
        return TestOwner.reply(partition.read(model.now, READER, read));
    }
}
