package io.socle.realtime.e2e.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.RefusedException;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every transport promises a subscriber. A new transport is one more subclass with one method. */
@ExtendWith(SharedSuite.class)
abstract class TransportContract {
    private static final Duration QUIET = Duration.ofMillis(700);

    private final Suite suite;
    private final String token;
    private final HttpApi http;

    TransportContract(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
        this.http = new HttpApi(suite, token);
    }

    /** Subscribes; returns when the subscription stands, throws RefusedException where the server refuses it. */
    abstract Subscriber open(String token, Selection selection, @Nullable Since since);

    Suite suite() {
        return suite;
    }

    private static String fresh(String namespace) {
        return namespace + "/" + UUID.randomUUID();
    }

    private Subscriber channel(String name, @Nullable Since since) {
        return open(token, Selections.channel(name), since);
    }

    private Subscriber filter(String filter, @Nullable Since since) {
        return open(token, Selections.filter(filter), since);
    }

    private static RealtimeMessage message(Subscriber subscriber) {
        return subscriber.next(ServerFrame.Message.class).message();
    }

    @Test
    void every_message_comes_once_in_order_at_contiguous_positions() { // ORD-1, ORD-2, WS-22
        String channel = fresh("contract");
        try (var one = channel(channel, null);
                var two = channel(channel, null)) {
            List<Position> published = http.publishMany(channel, 0, 300);
            for (int n = 0; n < 300; n++) {
                var message = message(one);
                assertThat(message.position()).isEqualTo(published.get(n));
                assertThat(message.position())
                        .isEqualTo(new Position(published.getFirst().epoch(), n + 1L));
                assertThat(message(two)).isEqualTo(message);
            }
        }
    }

    @Test
    void json_comes_byte_for_byte_as_it_was_sent_on_one_line() { // WS-30, SSE-5
        String channel = fresh("contract");
        String odd = "{\"a\":  1.0e+2, \"a\":\"\\u000d\\n\\u2028 \u2028 \u00e9\ud83d\ude00\"}";
        try (var subscriber = channel(channel, null)) {
            http.publish(channel, odd);
            http.publish(channel, "[1,\n\r\t2]");
            assertThat(message(subscriber).data().utf8()).isEqualTo(odd);
            assertThat(message(subscriber).data().utf8().replaceAll("\\s", "")).isEqualTo("[1,2]");
        }
    }

    @Test
    void every_attribute_arrives() { // HTTP-2, WS-31
        String channel = fresh("contract");
        try (var subscriber = channel(channel, null)) {
            var answer = http.post(HttpApi.messages(channel), "text/plain; charset=utf-8", "gr\u00fc\u00df", headers());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            var message = message(subscriber);
            assertThat(message.data().utf8()).isEqualTo("gr\u00fc\u00df");
            assertThat(message.id()).isEqualTo("m-1");
            assertThat(message.type()).isEqualTo("com.example.greeting");
            assertThat(message.source()).isEqualTo("/sensors/7");
            assertThat(message.correlationId()).isEqualTo("c-1");
            assertThat(message.replyTo()).isEqualTo(new ChannelName("replies/1"));
            assertThat(message.headers()).containsEntry("colour", "blue");
            assertThat(message.contentType()).startsWith("text/plain");
        }
    }

    private static String[] headers() {
        return new String[] {
            "rt-id", "m-1",
            "rt-type", "com.example.greeting",
            "rt-source", "/sensors/7",
            "rt-correlation-id", "c-1",
            "rt-reply-to", "replies/1",
            "rt-h-colour", "blue"
        };
    }

    @Test
    void a_repeat_with_the_same_id_is_delivered_once() { // PUB-4, HTTP-3
        String channel = fresh("contract");
        try (var subscriber = channel(channel, null)) {
            Position first = http.publish(channel, "1", "Idempotency-Key", "k");
            assertThat(http.publish(channel, "2", "Idempotency-Key", "k")).isEqualTo(first);
            http.publish(channel, "3");
            assertThat(message(subscriber).data().utf8()).isEqualTo("1");
            assertThat(message(subscriber).data().utf8()).isEqualTo("3");
        }
    }

    @Test
    void resume_gives_what_was_missed_then_caught_up_then_live() { // SUB-2, WS-20
        String channel = fresh("contract");
        List<Position> published = http.publishMany(channel, 0, 600);
        try (var subscriber = channel(channel, new Since.AtPosition(published.get(9)))) {
            for (int n = 10; n < 600; n++) {
                assertThat(message(subscriber).position()).isEqualTo(published.get(n));
            }
            assertThat(subscriber.next(ServerFrame.CaughtUp.class).cursor())
                    .isEqualTo(published.getLast().toString());
            Position live = http.publish(channel, "{}");
            assertThat(message(subscriber).position()).isEqualTo(live);
        }
    }

    @Test
    void resume_under_load_neither_repeats_nor_leaves_out() { // SUB-2, WS-20
        String channel = fresh("contract");
        Position first = http.publishMany(channel, 0, 200).getFirst();
        var publisher = Thread.ofVirtual().start(() -> http.publishMany(channel, 200, 2_000));
        try (var subscriber = channel(channel, new Since.AtPosition(first))) {
            long next = 2;
            while (next <= 2_000) {
                if (subscriber.next() instanceof ServerFrame.Message(var s, var c, var message, var r)) {
                    assertThat(message.position()).isEqualTo(new Position(first.epoch(), next));
                    next++;
                }
            }
        } finally {
            publisher.interrupt();
        }
    }

    @Test
    void a_caught_up_subscriber_is_told_so_at_once_where_nothing_was_missed() { // SUB-2
        String channel = fresh("contract");
        Position head = http.publish(channel, "{}");
        try (var subscriber = channel(channel, new Since.AtPosition(head))) {
            assertThat(subscriber.next(ServerFrame.CaughtUp.class).cursor()).isEqualTo(head.toString());
        }
    }

    @Test
    void private_messages_reach_their_receivers_and_are_skipped_for_others() { // SEC-3, SUB-3, WS-21
        String channel = fresh("contract");
        String bob = suite.tokens().everything("bob");
        var selection = Selections.channel(channel);
        try (var alice = open(token, selection, null);
                var other = open(bob, selection, null)) {
            Position open = http.publish(channel, "1");
            Position hidden = http.publish(channel, "2", "rt-receivers", "bob");
            Position after = http.publish(channel, "3");
            for (var expected : List.of(open, hidden, after)) {
                assertThat(message(other).position()).isEqualTo(expected);
            }
            assertThat(message(alice).position()).isEqualTo(open);
            assertSkipped(alice, hidden);
            assertThat(message(alice).position()).isEqualTo(after);
            try (var resumed = open(token, selection, new Since.AtPosition(open))) {
                assertSkipped(resumed, hidden);
                assertThat(message(resumed).position()).isEqualTo(after);
            }
        }
    }

    private static void assertSkipped(Subscriber subscriber, Position hidden) {
        var skipped = subscriber.next(ServerFrame.Skipped.class);
        assertThat(skipped.from()).isEqualTo(hidden);
        assertThat(skipped.to()).isEqualTo(hidden);
    }

    @Test
    void what_is_not_stored_comes_live_and_is_skipped_on_resume() { // PUB-13, SUB-3
        String channel = fresh("contract");
        Position first = http.publish(channel, "1");
        try (var live = channel(channel, null)) {
            Position passing = http.publish(channel, "2", "rt-store", "false");
            assertThat(message(live).position()).isEqualTo(passing);
            try (var resumed = channel(channel, new Since.AtPosition(first))) {
                assertSkipped(resumed, passing);
                resumed.next(ServerFrame.CaughtUp.class);
            }
        }
    }

    @Test
    void an_expired_message_is_skipped() { // HIS-5, SUB-3
        String channel = fresh("contract");
        Position first = http.publish(channel, "1");
        Position gone = http.publish(
                channel, "2", "rt-expiry", Instant.now().minusSeconds(1).toString());
        Position last = http.publish(channel, "3");
        try (var resumed = channel(channel, new Since.AtPosition(first))) {
            assertSkipped(resumed, gone);
            assertThat(message(resumed).position()).isEqualTo(last);
        }
    }

    @Test
    void what_history_no_longer_has_is_told_as_lost_exactly() { // SUB-4, HIS-2
        String channel = fresh("short");
        List<Position> published = http.publishMany(channel, 0, 150);
        try (var resumed = channel(channel, new Since.AtPosition(published.getFirst()))) {
            var lost = resumed.next(ServerFrame.Lost.class);
            assertThat(lost.from()).isEqualTo(published.get(1));
            assertThat(lost.to()).isEqualTo(published.get(150 - SharedSuite.SHORT_HISTORY - 1));
            assertThat(message(resumed).position()).isEqualTo(published.get(150 - SharedSuite.SHORT_HISTORY));
        }
    }

    @Test
    void an_unknown_position_is_refused() { // SUB-5
        String channel = fresh("contract");
        Position head = http.publish(channel, "{}");
        assertThatThrownBy(() -> channel(channel, new Since.AtPosition(head.plus(7))))
                .isInstanceOf(RefusedException.class)
                .hasMessage("unknown_position");
    }

    @Test
    void a_filter_gets_all_channels_that_it_matches_and_no_other() { // WS-14, SUB-6
        String parent = fresh("contract");
        Set<String> names = new HashSet<>();
        try (var subscriber = filter(parent + "/+/pump", null)) {
            for (String name : List.of("/1/pump", "/1", "/2/pump", "/1/pump/x", "/3/motor", "/4/pump")) {
                http.publish(parent + name, "{}");
            }
            for (int i = 0; i < 3; i++) {
                names.add(message(subscriber).channel().value());
            }
            assertThat(names).containsExactlyInAnyOrder(parent + "/1/pump", parent + "/2/pump", parent + "/4/pump");
            assertQuiet(subscriber);
        }
    }

    private static void assertQuiet(Subscriber subscriber) {
        assertThatThrownBy(() -> subscriber.next(QUIET)).hasMessageContaining("no frame came");
    }

    @Test
    void a_slow_reader_gets_everything_once_it_reads_and_harms_nobody() { // FLO-1, FLO-2, WS-15
        String channel = fresh("contract");
        try (var slow = channel(channel, null);
                var quick = channel(channel, null)) {
            // More than the sockets' buffers hold, and quicker than a heartbeat's time.
            slow.pause();
            List<Position> published = http.publishMany(channel, "\"" + "x".repeat(60_000) + "\"", 300);
            for (Position position : published) {
                assertThat(message(quick).position()).isEqualTo(position);
            }
            slow.resume();
            assertThat(expectAll(slow, published))
                    .as("it was told that it was slow")
                    .isPositive();
        }
    }

    /** All positions once and in order; slow and caught up may stand between. Returns how often it was slow. */
    private static int expectAll(Subscriber subscriber, List<Position> published) {
        int at = 0;
        int slows = 0;
        while (at < published.size()) {
            switch (subscriber.next()) {
                case ServerFrame.Message(var s, var c, var message, var r) ->
                    assertThat(message.position()).isEqualTo(published.get(at++));
                case ServerFrame.Slow slow -> {
                    assertThat(slow.dropped()).isZero();
                    slows++;
                }
                case ServerFrame.CaughtUp caughtUp -> {}
                case ServerFrame other -> throw new AssertionError("unexpected " + other);
            }
        }
        return slows;
    }

    @Test
    void the_trace_of_the_publisher_is_in_the_delivered_message() { // TRC-1, TRC-2, HTTP-5
        String channel = fresh("contract");
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (var subscriber = channel(channel, null)) {
            http.publish(channel, "{}", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01", "tracestate", "v=1");
            var delivered = message(subscriber).trace();
            Objects.requireNonNull(delivered, "the delivered message has a trace");
            assertThat(delivered.traceparent()).startsWith("00-" + trace + "-").endsWith("-01");
            assertThat(delivered.traceparent()).doesNotContain("00f067aa0ba902b7");
            assertThat(delivered.tracestate()).isEqualTo("v=1");
        }
    }

    @Test
    void without_the_capability_a_subscription_is_forbidden_also_to_the_past() { // SEC-1, SEC-2, WS-18
        String channel = fresh("contract");
        var claims = Tokens.claims("carol").subscribe(channel).history("other/#");
        String live = suite.tokens().sign(claims);
        var selection = Selections.channel(channel);
        open(live, selection, null).close();
        assertThatThrownBy(() -> open(live, selection, new Since.Last(1))).hasMessage("forbidden");
        var wider = Selections.filter("contract/#");
        assertThatThrownBy(() -> open(live, wider, null)).hasMessage("forbidden");
    }
}
