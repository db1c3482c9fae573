package io.socle.realtime.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random publishes, lost deliveries, slow links and late joiners: each subscriber still gets its channel whole. */
class HubModelTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 200;
    private static final List<String> CHANNELS = List.of("a/1", "a/2", "b");

    /** A subscriber, and all that is ever published in the life of its channel that it joined. */
    private record Joined(
            ChannelName channel,
            List<RealtimeMessage> log,
            RecordingLink link,
            Subscriber subscriber,
            Subscription subscription,
            long from,
            Overflow overflow) {}

    @Test
    void every_subscriber_sees_its_channel_contiguous_in_order_and_once_WS_20_WS_22() {
        for (long seed = 0; seed < SEEDS; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        HubBench bench = new HubBench();
        List<Joined> joined = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> bench.publish(draft(bench, random), random.nextInt(20) == 0);
                case 4, 5, 6 -> bench.step(1 + random.nextInt(4));
                case 7 -> {
                    if (random.nextInt(8) == 0) {
                        bench.owners.deleteChannel(channel(random), random.nextBoolean());
                    }
                    join(bench, random, joined);
                }
                case 8 -> stall(random, joined);
                default -> resume(random, joined);
            }
        }
        joined.forEach(HubModelTest::drain);
        bench.settle();
        bench.hub.resync();
        bench.settle();
        joined.forEach(HubModelTest::drain);
        bench.settle();
        joined.forEach(each -> check(seed, bench, each));
    }

    private static RealtimeMessage draft(HubBench bench, SplittableRandom random) {
        RealtimeMessage draft = bench.draft(CHANNELS.get(random.nextInt(CHANNELS.size())));
        return random.nextInt(5) > 0
                ? draft
                : draft.toBuilder()
                        .privacy(new Privacy(List.of("bob"), true, Privacy.Audit.FULL, null))
                        .build();
    }

    private static void join(HubBench bench, SplittableRandom random, List<Joined> joined) {
        ChannelName channel = channel(random);
        List<RealtimeMessage> log = bench.owners.channels.computeIfAbsent(channel, any -> new ArrayList<>());
        long from = random.nextInt(log.size() + 1);
        RecordingLink link = new RecordingLink();
        Subscriber subscriber = bench.subscriber(link, 3);
        Overflow overflow = random.nextBoolean() ? Overflow.RECOVER : Overflow.DROP_OLDEST;
        var since = new Since.AtPosition(new Position(bench.owners.epoch(channel), from));
        Subscription subscription = subscriber.subscribe(bench.request("s", channel.value(), since, overflow, 0));
        joined.add(new Joined(channel, log, link, subscriber, subscription, from, overflow));
    }

    private static ChannelName channel(SplittableRandom random) {
        return new ChannelName(CHANNELS.get(random.nextInt(CHANNELS.size())));
    }

    private static void stall(SplittableRandom random, List<Joined> joined) {
        if (!joined.isEmpty()) {
            joined.get(random.nextInt(joined.size())).link().room = random.nextInt(3);
        }
    }

    private static void resume(SplittableRandom random, List<Joined> joined) {
        if (!joined.isEmpty()) {
            Joined one = joined.get(random.nextInt(joined.size()));
            one.link().room = 1 + random.nextInt(10);
            one.subscriber().writable();
        }
    }

    private static void drain(Joined one) {
        one.link().room = Integer.MAX_VALUE;
        one.subscriber().writable();
    }

    private static void check(long seed, HubBench bench, Joined one) {
        List<RealtimeMessage> log = one.log();
        long next = one.from() + 1;
        for (ServerFrame frame : one.link().frames) {
            switch (frame) {
                case ServerFrame.Message message -> {
                    assertThat(message.message()).as("seed %d", seed).isEqualTo(log.get((int) next - 1));
                    assertThat(message.message().privacy().mayReceive("alice")).isTrue();
                    next++;
                }
                case ServerFrame.Skipped skipped -> {
                    assertThat(skipped.from().offset()).as("seed %d", seed).isEqualTo(next);
                    log.subList((int) next - 1, (int) skipped.to().offset())
                            .forEach(message -> assertThat(message.privacy().mayReceive("alice"))
                                    .as("seed %d skips only what is not owed", seed)
                                    .isFalse());
                    next = skipped.to().offset() + 1;
                }
                case ServerFrame.Lost lost -> {
                    assertThat(one.overflow()).as("seed %d", seed).isEqualTo(Overflow.DROP_OLDEST);
                    assertThat(lost.from().offset()).as("seed %d", seed).isEqualTo(next);
                    next = lost.to().offset() + 1;
                }
                default -> {}
            }
        }
        // Not by contents: two lives may both be empty.
        boolean present = bench.owners.channels.get(one.channel()) == one.log();
        if (!present || one.subscription().isEnded()) {
            assertThat(one.subscription().isEnded()).as("seed %d", seed).isTrue();
            // A node that has not heard of the deletion yet refuses positions of the next life, and gives nothing.
            assertThat(!present || one.link().frames.isEmpty())
                    .as("seed %d", seed)
                    .isTrue();
            return;
        }
        long last = next - 1;
        log.subList((int) last, log.size())
                .forEach(message -> assertThat(message.privacy().mayReceive("alice"))
                        .as("seed %d: everything owed has come", seed)
                        .isFalse());
    }
}
