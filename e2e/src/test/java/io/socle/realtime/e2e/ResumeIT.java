package io.socle.realtime.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.RefusedException;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Away and back, on the other protocol (clauses SUB-2 to SUB-8, WS-20, SSE-3). */
@ExtendWith(SharedSuite.class)
class ResumeIT {
    private static final int AWAY = 5_000;

    private final Suite suite;
    private final String token;
    private final HttpApi http;

    ResumeIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("resumer");
        this.http = new HttpApi(suite, token);
    }

    /** Opens a subscription over one of the transports. */
    private interface Opener {
        Subscriber open(Suite suite, String token, Selection selection, @Nullable Since since);
    }

    private static String fresh(String namespace) {
        return namespace + "/" + UUID.randomUUID();
    }

    @Test
    void away_for_5000_messages_on_websocket_and_back_on_an_event_stream() { // SUB-2, SUB-7, SSE-3
        awayAndBack(WsSubscriber::open, SseClient::open, new Since.AtCursor("-"));
    }

    @Test
    void away_for_5000_messages_on_an_event_stream_and_back_on_websocket() { // SUB-2, SUB-7, WS-20
        awayAndBack(SseClient::open, WsSubscriber::open, null);
    }

    /** A channel's cursor is a position, which WebSocket wants to be called so. */
    private void awayAndBack(Opener leave, Opener come, @Nullable Since byCursor) {
        String channel = fresh("resume");
        http.publishMany(channel, 0, 3);
        String cursor;
        try (var before = leave.open(suite, token, Selections.channel(channel), new Since.Last(10))) {
            expectNumbers(before, 0, 3);
            before.next(ServerFrame.CaughtUp.class);
            cursor = before.cursor();
        }
        http.publishMany(channel, 3, 3 + AWAY);
        Since since = byCursor == null ? new Since.AtPosition(Position.parse(cursor)) : new Since.AtCursor(cursor);
        try (var after = come.open(suite, token, Selections.channel(channel), since)) {
            expectNumbers(after, 3, 3 + AWAY);
            after.next(ServerFrame.CaughtUp.class);
            http.publish(channel, "{\"n\":" + (3 + AWAY) + "}");
            expectNumbers(after, 3 + AWAY, 4 + AWAY);
        }
    }

    /** The messages with these numbers at contiguous positions, and nothing else (ORD-2, WS-22). */
    private static void expectNumbers(Subscriber subscriber, int from, int to) {
        Position before = null;
        for (int n = from; n < to; n++) {
            var message = subscriber.next(ServerFrame.Message.class).message();
            assertThat(message.data().utf8()).isEqualTo("{\"n\":" + n + "}");
            assertThat(message.position()).isNotNull();
            if (before != null) {
                assertThat(message.position()).isEqualTo(before.plus(1));
            }
            before = message.position();
        }
    }

    @Test
    void a_filter_left_on_websocket_goes_on_over_an_event_stream() { // SUB-6, SUB-7
        filterAwayAndBack(WsSubscriber::open, SseClient::open);
    }

    @Test
    void a_filter_left_on_an_event_stream_goes_on_over_websocket() { // SUB-6, SUB-7
        filterAwayAndBack(SseClient::open, WsSubscriber::open);
    }

    private void filterAwayAndBack(Opener leave, Opener come) {
        String parent = fresh("resume");
        List<String> channels = List.of(parent + "/a", parent + "/b", parent + "/c");
        Map<String, Integer> next = new HashMap<>();
        String cursor;
        try (var before = leave.open(suite, token, Selections.filter(parent + "/+"), null)) {
            channels.forEach(channel -> http.publishMany(channel, 0, 2));
            expectEach(before, 6, next);
            cursor = before.cursor();
        }
        channels.forEach(channel -> http.publishMany(channel, 2, 502));
        http.publish(fresh("elsewhere"), "{}");
        try (var after = come.open(suite, token, Selections.filter(parent + "/+"), new Since.AtCursor(cursor))) {
            expectEach(after, 1_500, next);
            after.next(ServerFrame.CaughtUp.class);
            channels.forEach(channel -> http.publishMany(channel, 502, 503));
            expectEach(after, 3, next);
        }
    }

    /** So many messages, of each channel in order from where it was (ORD-1, ORD-5). */
    private static void expectEach(Subscriber subscriber, int count, Map<String, Integer> next) {
        for (int i = 0; i < count; i++) {
            var message = subscriber.next(ServerFrame.Message.class).message();
            int n = next.merge(message.channel().value(), 1, Integer::sum) - 1;
            assertThat(message.data().utf8()).isEqualTo("{\"n\":" + n + "}");
        }
    }

    @Test
    void beyond_history_exactly_the_lost_range_is_told_over_websocket() { // SUB-4, HIS-1, HIS-2
        beyondHistory(WsSubscriber::open);
    }

    @Test
    void beyond_history_exactly_the_lost_range_is_told_over_an_event_stream() { // SUB-4, HIS-1, HIS-2
        beyondHistory(SseClient::open);
    }

    private void beyondHistory(Opener come) {
        String channel = fresh("short");
        Position seen = http.publish(channel, "{\"n\":0}");
        List<Position> missed = http.publishMany(channel, 1, 301);
        Position firstKept = missed.get(missed.size() - SharedSuite.SHORT_HISTORY);
        try (var back = come.open(suite, token, Selections.channel(channel), new Since.AtPosition(seen))) {
            var lost = back.next(ServerFrame.Lost.class);
            assertThat(lost.from()).isEqualTo(seen.plus(1));
            assertThat(lost.to()).isEqualTo(firstKept.plus(-1));
            expectNumbers(back, 301 - SharedSuite.SHORT_HISTORY, 301);
            assertThat(back.next(ServerFrame.CaughtUp.class).cursor())
                    .isEqualTo(missed.getLast().toString());
        }
    }

    @Test
    void a_position_of_another_epoch_or_beyond_the_head_is_refused() { // SUB-5
        String channel = fresh("resume");
        Position head = http.publish(channel, "{}");
        for (Opener opener : List.<Opener>of(WsSubscriber::open, SseClient::open)) {
            for (Position unknown : List.of(new Position(head.epoch() + 1, 1), head.plus(1))) {
                assertThatThrownBy(() ->
                                opener.open(suite, token, Selections.channel(channel), new Since.AtPosition(unknown)))
                        .isInstanceOf(RefusedException.class)
                        .hasMessage("unknown_position");
            }
        }
    }

    @Test
    void the_last_n_come_in_order_then_live_messages() { // WS-13, WS-20
        String channel = fresh("resume");
        http.publishMany(channel, 0, 50);
        for (Opener opener : List.<Opener>of(WsSubscriber::open, SseClient::open)) {
            try (var subscriber = opener.open(suite, token, Selections.channel(channel), new Since.Last(7))) {
                expectNumbers(subscriber, 43, 50);
                subscriber.next(ServerFrame.CaughtUp.class);
            }
        }
    }

    @Test
    void since_a_time_everything_logged_then_or_later_comes() { // WS-13
        String channel = fresh("resume");
        http.publishMany(channel, 0, 5);
        Instant between = logTime(channel).plusMillis(1);
        org.awaitility.Awaitility.await().until(() -> Instant.now().isAfter(between.plusMillis(5)));
        http.publishMany(channel, 5, 9);
        for (Opener opener : List.<Opener>of(WsSubscriber::open, SseClient::open)) {
            try (var subscriber = opener.open(suite, token, Selections.channel(channel), new Since.AtTime(between))) {
                expectNumbers(subscriber, 5, 9);
                subscriber.next(ServerFrame.CaughtUp.class);
            }
        }
    }

    /** The log's time of the newest message. */
    private Instant logTime(String channel) {
        var page = HttpApi.json(http.get(HttpApi.messages(channel) + "?last=1").body());
        return Instant.parse(page.get("items").get(0).get("message").get("time").asString());
    }

    @Test
    void a_cursor_that_cannot_be_read_is_refused() { // SUB-6, SSE-3
        for (String bad : List.of("garbage", "AAAA~BBBB", "zz:1")) {
            assertThatThrownBy(() -> SseClient.open(
                            suite, token, Selections.filter(fresh("resume") + "/#"), new Since.AtCursor(bad)))
                    .hasMessage("invalid_cursor");
        }
        assertThatThrownBy(() ->
                        WsSubscriber.open(suite, token, Selections.filter("resume/#"), new Since.AtCursor("garbage")))
                .hasMessage("invalid_cursor");
    }

    @Test
    void pages_of_history_account_for_every_position_in_both_directions() { // HIS-3, WS-17, HTTP-10
        String channel = fresh("short");
        List<Position> published = http.publishMany(channel, 0, 250);
        assertThat(walk(channel, "?last=30&limit=30", "before"))
                .isEqualTo(published.subList(150, 250).reversed().stream()
                        .map(Position::toString)
                        .toList());
        assertThat(walk(channel, "?limit=30&since=" + published.get(150), "since"))
                .isEqualTo(published.subList(151, 250).stream()
                        .map(Position::toString)
                        .toList());
    }

    /** Positions of all messages, page by page. */
    private List<String> walk(String channel, String query, String direction) {
        List<String> positions = new ArrayList<>();
        String next = query;
        while (next != null) {
            var page = HttpApi.json(http.get(HttpApi.messages(channel) + next).body());
            page.get("items").forEach(item -> {
                if (item.has("message")) {
                    positions.add(item.get("message").get("position").asString());
                }
            });
            assertThat(positions.size()).isLessThanOrEqualTo(300);
            next = page.has("next")
                    ? "?limit=30&" + direction + "=" + page.get("next").asString()
                    : null;
        }
        return positions;
    }
}
