package io.socle.realtime.e2e.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A channel with many members tells counts, and events again when there are few. */
class PresenceCountsIT {
    private static final int ABOVE = 8;
    private static final int FEW = ABOVE * 3 / 4;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static Suite suite;

    @BeforeAll
    static void start() {
        suite = Suite.start("presence-counts", Map.of("realtime.presence.counts-above", Integer.toString(ABOVE)));
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private static Follower follow(String channel) {
        return new Follower(suite, suite.tokens().everything("watcher"), channel);
    }

    private static WsClient ana() {
        return WsClient.connect(suite, suite.tokens().everything("ana"));
    }

    private static void enter(WsClient client, String channel, int from, int to) {
        for (int i = from; i < to; i++) {
            Ask.enter(client, channel, "e" + i, "1");
        }
    }

    private static void leave(WsClient client, String channel, int from, int to) {
        for (int i = from; i < to; i++) {
            Ask.leave(client, channel, "e" + i);
        }
    }

    private static int sum(List<JsonNode> counts, String what) {
        return counts.stream().mapToInt(one -> one.get(what).asInt()).sum();
    }

    private static void awaitSums(Follower follower, int joins, int leaves, int updates) {
        Awaitility.await("all changes to be counted")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                Stream.of("joins", "leaves", "updates").map(what -> sum(follower.counts, what)))
                        .containsExactly(joins, leaves, updates));
    }

    /** What a follower that has asked for the members again knows, when it is answered. */
    private static void awaitPresent(Follower follower, String... entries) {
        List<String> names = Stream.of(entries).map(entry -> "ana/" + entry).toList();
        Awaitility.await("the members that are there")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(follower.present().keySet()).containsExactlyElementsOf(names));
    }

    @Test
    void many_members_are_told_by_counts_and_few_one_by_one_again() { // PRS-24
        String room = "many/1";
        try (var follower = follow(room);
                var ana = ana()) {
            enter(ana, room, 0, ABOVE + 1);
            follower.await("mode counts " + (ABOVE + 1));
            assertThat(follower.told.subList(0, ABOVE + 1))
                    .isEqualTo(IntStream.rangeClosed(0, ABOVE)
                            .mapToObj(i -> "enter ana/e" + i)
                            .toList());
            assertThat(follower.isWithoutGaps()).isTrue();
            enter(ana, room, ABOVE + 1, 14);
            Ask.enter(ana, room, "e0", "2");
            Ask.leave(ana, room, "e1");
            awaitSums(follower, 14 - ABOVE - 1, 1, 1);
            JsonNode last = follower.counts.getLast();
            PresenceReply.Members page = Ask.members(ana, room, "");
            assertThat(page.counts()).isTrue();
            assertThat(List.of(
                            page.count(),
                            page.members().size(),
                            last.get("count").asInt()))
                    .containsOnly(13);
            assertThat(last.get("version").asLong()).isEqualTo(page.version());
            leave(ana, room, 2, 15 - FEW);
            assertThat(Ask.members(ana, room, "").counts())
                    .as("at three quarters")
                    .isTrue();
            leave(ana, room, 15 - FEW, 16 - FEW);
            follower.await("mode events " + (FEW - 1));
            Ask.leave(ana, room, "e0");
            follower.await("leave ana/e0 left");
            enter(ana, room, 20, 21);
            follower.await("enter ana/e20");
            awaitPresent(follower, "e10", "e11", "e12", "e13", "e20");
            assertThat(follower.isRising()).isTrue();
        }
    }

    @Test
    void counts_come_at_most_once_a_second_and_leave_nothing_out() { // PRS-24
        String room = "many/2";
        try (var follower = follow(room);
                var ana = ana()) {
            enter(ana, room, 0, ABOVE + 5);
            follower.await("mode counts " + (ABOVE + 1));
            int updates = 0;
            long end = System.nanoTime() + LIMIT.toNanos();
            while (follower.counts.size() < 4 && System.nanoTime() < end) {
                Ask.enter(ana, room, "e0", Integer.toString(100 + updates++));
            }
            awaitSums(follower, 4, 0, updates);
            for (int i = 1; i < follower.counts.size(); i++) {
                assertThat(Duration.between(at(follower, i - 1), at(follower, i)))
                        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            }
            for (JsonNode counts : follower.counts) {
                assertThat(counts.get("sample").size()).isEqualTo(10);
                assertThat(counts.get("sample").get(0).get("subject").asString())
                        .isEqualTo("ana");
            }
            assertThat(follower.counts).hasSizeGreaterThanOrEqualTo(4);
            assertThat(follower.counts.getLast().get("count").asInt()).isEqualTo(ABOVE + 5);
            assertThat(follower.isRising()).isTrue();
        }
    }

    private static Instant at(Follower follower, int index) {
        return Instant.parse(follower.counts.get(index).get("at").asString());
    }

    @Test
    void who_comes_while_counts_are_told_sees_how_many_and_who_they_are() { // PRS-24, PRS-32
        String room = "many/3";
        try (var ana = ana()) {
            enter(ana, room, 0, ABOVE + 2);
            try (var follower = follow(room)) {
                assertThat(follower.present()).hasSize(ABOVE + 2);
                leave(ana, room, 0, ABOVE + 3 - FEW);
                follower.await("mode events " + (FEW - 1));
                awaitPresent(follower, "e5", "e6", "e7", "e8", "e9");
            }
        }
    }
}
