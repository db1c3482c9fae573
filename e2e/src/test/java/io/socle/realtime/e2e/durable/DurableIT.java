package io.socle.realtime.e2e.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Away and back under a name, unacknowledged, taken over, and with the owner killed in between (clauses DUR). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DurableIT {
    /** Most durable subscriptions of a channel of namespace {@code few}. */
    private static final int FEW = 2;

    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private final Suite suite = Suite.start(
            "durable",
            Map.of(
                    "realtime.timing.ack",
                    "2S",
                    "realtime.namespaces.few.durables.per-channel",
                    Integer.toString(FEW),
                    "realtime.namespaces.brief.durables.expire-after",
                    "1S"));
    private final String token = suite.tokens().everything("clerk");
    private final HttpApi http = new HttpApi(suite, token);
    private String channel = "";

    @BeforeEach
    void chooseChannel() {
        channel = "durable/" + UUID.randomUUID();
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    @Test
    void after_an_absence_exactly_what_was_missed_comes_and_its_number_is_told() { // DUR-2, DUR-3, DUR-4
        Position third;
        try (var before = new DurableClient(suite, token)) {
            assertThat(before.subscribe(channel).existed()).isFalse();
            assertThat(before.caughtUp().flushed()).isZero();
            http.publishMany(channel, 0, 3);
            third = before.expect(0, 3, false).getLast();
            before.ack(third);
            before.unsubscribe(false);
        }
        http.publishMany(channel, 3, 53);
        try (var after = new DurableClient(suite, token)) {
            ServerFrame.Subscribed subscribed = after.subscribe(channel);
            assertThat(subscribed.existed()).isTrue();
            assertThat(subscribed.cursor()).isEqualTo(third.toString());
            after.expect(3, 53, false);
            assertThat(after.caughtUp().flushed()).isEqualTo(50);
            http.publishMany(channel, 53, 54);
            after.expect(53, 54, false);
        }
    }

    @Test
    void what_is_not_acknowledged_comes_again_on_the_same_link_and_after_the_next_attaching() { // DUR-5
        try (var client = new DurableClient(suite, token)) {
            client.subscribe(channel);
            client.caughtUp();
            http.publishMany(channel, 0, 3);
            List<Position> positions = client.expect(0, 3, false);
            client.ack(positions.getFirst());
            client.expect(1, 3, true);
            client.unsubscribe(false);

            assertThat(client.subscribe(channel).cursor())
                    .isEqualTo(positions.getFirst().toString());
            client.expect(1, 3, true);
            assertThat(client.caughtUp().flushed()).isEqualTo(2);
            client.ack(positions.getLast());
            client.unsubscribe(false);

            assertThat(client.subscribe(channel).cursor())
                    .isEqualTo(positions.getLast().toString());
            assertThat(client.caughtUp().flushed()).isZero();
        }
    }

    @Test
    void a_later_link_takes_over_and_the_earlier_one_is_told() { // DUR-6
        try (var first = new DurableClient(suite, token);
                var second = new DurableClient(suite, token)) {
            first.subscribe(channel);
            first.caughtUp();
            http.publishMany(channel, 0, 1);
            first.expect(0, 1, false);
            second.subscribe(channel);
            ServerFrame.Unsubscribed ended = first.client.next(ServerFrame.Unsubscribed.class);
            assertThat(ended.problem())
                    .isNotNull()
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(FailureCode.TAKEN_OVER));
            var again = second.client.next(ServerFrame.Message.class);
            assertThat(again.message().data().utf8()).isEqualTo("{\"n\":0}");
            second.caughtUp();
        }
    }

    @Test
    void a_deleted_one_begins_anew() { // DUR-8
        try (var client = new DurableClient(suite, token)) {
            client.subscribe(channel);
            client.caughtUp();
            http.publishMany(channel, 0, 1);
            client.expect(0, 1, false);
            client.unsubscribe(true);
            assertThat(client.subscribe(channel).existed()).isFalse();
            client.caughtUp();
        }
    }

    private static String subscribe(String channel, String durable) {
        return "{\"type\":\"subscribe\",\"id\":9,\"subscription\":\"%s\",\"channel\":\"%s\",\"durable\":\"%s\"}"
                .formatted(durable, channel, durable);
    }

    @Test
    void a_channel_has_as_many_as_its_namespace_allows_and_not_one_more() { // DUR-9
        channel = "few/" + UUID.randomUUID();
        try (var client = WsClient.connect(suite, token)) {
            for (int i = 0; i < FEW; i++) {
                client.ask(ServerFrame.Subscribed.class, subscribe(channel, "name" + i));
                client.next(ServerFrame.CaughtUp.class);
            }
            assertThat(client.problem(subscribe(channel, "more"))).isEqualTo("too_many_durables");
            client.ask(
                    ServerFrame.Unsubscribed.class,
                    "{\"type\":\"unsubscribe\",\"id\":8,\"subscription\":\"name0\",\"delete\":true}");
            client.ask(ServerFrame.Subscribed.class, subscribe(channel, "more"));
        }
    }

    @Test
    void one_that_nobody_is_attached_to_expires_and_an_attached_one_does_not() { // DUR-7
        channel = "brief/" + UUID.randomUUID();
        try (var stays = WsClient.connect(suite, token)) {
            stays.ask(ServerFrame.Subscribed.class, subscribe(channel, "stays"));
            stays.next(ServerFrame.CaughtUp.class);
            try (var goes = new DurableClient(suite, token)) {
                goes.subscribe(channel);
                goes.caughtUp();
                goes.unsubscribe(false);
            }
            String pull = "/v1/channels/" + channel + "/durables/billing/ack";
            Awaitility.await("the one without anybody to expire")
                    .atMost(RECOVERY)
                    .until(() -> http.post(pull, "application/json", "{\"position\":\"1:0\"}")
                            .body()
                            .contains("durable_unknown"));
            http.publish(channel, "1");
            assertThat(stays.next(ServerFrame.Message.class).subscription()).isEqualTo("stays");
        }
    }

    @Test
    void a_killed_owner_keeps_cursors_and_attachments() { // DUR-3, DUR-10, PUB-12
        try (var attached = new DurableClient(suite, token)) {
            String other = channel + "/other";
            attached.subscribe(other);
            attached.caughtUp();
            Position fifth = leaveAtTheFifthOfTen();
            suite.kill("channel");
            suite.awaitReady(RECOVERY);

            http.publishMany(other, 0, 2);
            attached.ack(attached.expect(0, 2, false).getLast());
            attached.unsubscribe(false);
            attached.subscribe(other);
            assertThat(attached.caughtUp().flushed()).as("all was acknowledged").isZero();

            http.publishMany(channel, 10, 15);
            try (var back = new DurableClient(suite, token)) {
                assertThat(back.subscribe(channel).cursor()).isEqualTo(fifth.toString());
                back.expect(5, 10, true);
                back.expect(10, 15, false);
                assertThat(back.caughtUp().flushed()).isEqualTo(10);
            }
        }
    }

    private Position leaveAtTheFifthOfTen() {
        try (var client = new DurableClient(suite, token)) {
            client.subscribe(channel);
            client.caughtUp();
            http.publishMany(channel, 0, 10);
            Position fifth = client.expect(0, 10, false).get(4);
            client.ack(fifth);
            client.unsubscribe(false);
            return fifth;
        }
    }
}
