package io.socle.realtime.e2e.deletion;

import static io.socle.realtime.e2e.deletion.Deleting.expect;
import static io.socle.realtime.e2e.deletion.Deleting.expectDeleted;
import static io.socle.realtime.e2e.deletion.Deleting.expectProblem;
import static io.socle.realtime.e2e.deletion.Deleting.untilCaughtUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted, over either protocol, is gone for readers of every kind, and only who may deletes (clauses DEL). */
@ExtendWith(SharedSuite.class)
class DeleteIT {
    private static final String JSON = "application/json";

    private final Suite suite;
    private final String token;
    private final HttpApi http;
    private final String namespace = "delete-" + UUID.randomUUID();
    private final String channel = namespace + "/1";
    private final Deleting delete;

    DeleteIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("clerk");
        this.http = new HttpApi(suite, token);
        this.delete = new Deleting(http, channel);
    }

    private Selection channel() {
        return Selections.channel(channel);
    }

    private static ServerFrame.Subscribed durable(WsClient client, String channel) {
        var selection = Selections.channel(channel);
        client.send(new ClientFrame.Subscribe(
                client.nextId(), "s", selection, null, Qos.AT_LEAST_ONCE, Overflow.RECOVER, null, "billing"));
        return client.next(ServerFrame.Subscribed.class);
    }

    @Test
    void a_deleted_message_is_skipped_in_history_and_by_resumes_over_websocket_and_event_stream() { // DEL-2
        List<Position> positions = http.publishMany(channel, 0, 4);
        delete.message(positions.get(1));
        assertThat(delete.history(positions.getFirst())).containsExactly("0", "skipped", "2", "3");
        assertThat(Deleting.items(http.get(delete.path() + "/messages?last=4")))
                .containsExactly("3", "2", "skipped", "0");
        Since from = new Since.AtPosition(new Position(positions.getFirst().epoch(), 0));
        for (Subscriber each : List.of(
                WsSubscriber.open(suite, token, channel(), from), SseClient.open(suite, token, channel(), from))) {
            try (each) {
                assertThat(untilCaughtUp(each)).containsExactly("0", "skipped", "2", "3");
            }
        }
    }

    @Test
    void a_filter_s_replay_and_durable_subscriptions_leave_it_out() { // DEL-2
        String path = delete.path() + "/durables/billing/messages";
        expect(200, http.get(path));
        try (var client = WsClient.connect(suite, token)) {
            durable(client, channel);
            client.next(ServerFrame.CaughtUp.class);
        }
        List<Position> positions = http.publishMany(channel, 0, 3);
        delete.message(positions.get(1));
        assertThat(Deleting.items(http.get(path))).containsExactly("0", "skipped", "2");
        try (var client = WsClient.connect(suite, token)) {
            durable(client, channel);
            client.next(ServerFrame.Message.class);
            assertThat(client.next(ServerFrame.Skipped.class).from()).isEqualTo(positions.get(1));
            client.next(ServerFrame.Message.class);
            assertThat(client.next(ServerFrame.CaughtUp.class).flushed()).isEqualTo(2);
        }
        var all = Selections.filter(namespace + "/+");
        var since = new Since.AtTime(java.time.Instant.EPOCH);
        try (var reader = WsSubscriber.open(suite, token, all, since)) {
            assertThat(untilCaughtUp(reader))
                    .filteredOn(seen -> !seen.contains("LostUntil"))
                    .containsExactly("0", "2");
        }
    }

    @Test
    void a_deleted_message_is_not_retained_and_its_publisher_s_retry_publishes_nothing() { // DEL-2, DEL-4
        Position older = http.publish(channel, "{\"n\":0}", "rt-retain", "true");
        Position newer = http.publish(channel, "{\"n\":1}", "rt-retain", "true", "Idempotency-Key", "k");
        delete.message(newer);
        expectProblem(http.get(delete.path() + "/retained"), 404, "not_found");
        var repeat = http.post(delete.path() + "/messages", JSON, "{\"n\":1}", "Idempotency-Key", "k");
        assertThat(HttpApi.field(repeat.body(), "position")).isEqualTo(newer.toString());
        assertThat(delete.history(older)).containsExactly("0", "skipped");
    }

    @Test
    void deleting_again_changes_nothing_and_what_never_was_there_is_unknown() { // DEL-3, DEL-6
        Position first = http.publish(channel, "{\"n\":0}");
        delete.message(first);
        delete.message(first);
        for (Position unknown :
                List.of(first.plus(1), new Position(first.epoch(), 0), new Position(first.epoch() + 1, 1))) {
            expectProblem(http.delete(delete.path() + "/messages/" + unknown), 410, "unknown_position");
        }
        delete.channelItself();
        delete.channelItself();
        expectProblem(http.delete(delete.path() + "/messages/" + first), 410, "unknown_position");
    }

    @Test
    void over_websocket_a_message_and_a_channel_are_deleted_as_over_http() { // WS-25
        List<Position> positions = http.publishMany(channel, 0, 2);
        try (var client = WsClient.connect(suite, token)) {
            client.send(new ClientFrame.Delete(7, new ChannelName(channel), positions.getFirst()));
            assertThat(client.next(ServerFrame.Deleted.class).id()).isEqualTo(7);
            assertThat(delete.history(positions.getFirst())).containsExactly("skipped", "1");
            client.send(new ClientFrame.Delete(8, new ChannelName(channel), null));
            assertThat(client.next(ServerFrame.Deleted.class).id()).isEqualTo(8);
            client.send(new ClientFrame.Delete(9, new ChannelName(channel), positions.getFirst()));
            assertThat(client.next(ServerFrame.ProblemFrame.class)
                            .problem()
                            .code()
                            .code())
                    .isEqualTo("unknown_position");
        }
        expectProblem(http.get(delete.path() + "/messages?since=" + positions.getFirst()), 410, "unknown_position");
    }

    @Test
    void everybody_on_a_deleted_channel_is_told_and_who_follows_a_filter_goes_on() { // DEL-5, DEL-7, DEL-8
        Position before = http.publish(channel, "{\"n\":0}", "rt-retain", "true");
        var all = Selections.filter(namespace + "/#");
        try (var live = WsSubscriber.open(suite, token, channel(), null);
                var stream = SseClient.open(suite, token, channel(), null);
                var filter = WsSubscriber.open(suite, token, all, null);
                var attached = WsClient.connect(suite, token)) {
            durable(attached, channel);
            attached.next(ServerFrame.CaughtUp.class);
            delete.channelItself();
            expectDeleted(live.next(ServerFrame.Unsubscribed.class));
            expectDeleted(stream.next(ServerFrame.Unsubscribed.class));
            expectDeleted(attached.next(ServerFrame.Unsubscribed.class));
            expectProblem(http.get(delete.path() + "/retained"), 404, "not_found");

            Position after = http.publish(channel, "{\"n\":1}");
            assertThat(after.offset()).isEqualTo(1);
            assertThat(after.epoch()).isNotEqualTo(before.epoch());
            assertThat(filter.next(ServerFrame.Message.class).message().position())
                    .isEqualTo(after);
            assertThat(delete.history(after)).containsExactly("1");
            assertThat(durable(attached, channel).existed()).isFalse();
            assertThatThrownBy(() -> WsSubscriber.open(suite, token, channel(), new Since.AtPosition(before)))
                    .hasMessage("unknown_position");
        }
    }

    @Test
    void a_pull_that_waits_ends_when_its_channel_is_deleted() throws Exception { // DEL-7
        String path = delete.path() + "/durables/billing/messages";
        expect(200, http.get(path));
        var waiting = CompletableFuture.supplyAsync(() -> http.get(path + "?wait=30s"));
        // Whether the pull waits already cannot be seen from outside; a deletion before it makes a new, empty one.
        while (!waiting.isDone()) {
            delete.channelItself();
            http.publish(channel + "/pace", "{}");
        }
        expectProblem(waiting.get(), 410, "channel_deleted");
    }

    @Test
    void only_the_capability_lets_somebody_delete_and_only_where_it_says() { // DEL-1, SEC-1, SEC-5
        Position position = http.publish(channel, "{\"n\":0}");
        var claims = Tokens.claims("mallory").publish("#").subscribe("#").history("#");
        String other = suite.tokens().sign(claims.delete(namespace + "/2", "other/#"));
        for (String attacker : List.of(suite.tokens().sign(claims), other)) {
            HttpApi stranger = new HttpApi(suite, attacker);
            expectProblem(stranger.delete(delete.path() + "/messages/" + position), 403, "forbidden");
            expectProblem(stranger.delete(delete.path()), 403, "forbidden");
            try (var client = WsClient.connect(suite, attacker)) {
                String frame = "{\"type\":\"delete\",\"id\":1,\"channel\":\"" + channel + "\"";
                assertThat(client.problem(frame + "}")).isEqualTo("forbidden");
                assertThat(client.problem(frame + ",\"position\":\"" + position + "\"}"))
                        .isEqualTo("forbidden");
            }
        }
        expectProblem(new HttpApi(suite, null).delete(delete.path()), 401, "unauthorized");
        assertThat(delete.history(position)).containsExactly("0");
        String mine = suite.tokens().sign(Tokens.claims("owner").delete(channel));
        expect(204, new HttpApi(suite, mine).delete(delete.path() + "/messages/" + position));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"57", "x", "1:", ":1", "1:-1", "1:1:1", "1:99999999999999999999", "-1:1", "1%3A1%00", "%20"})
    void a_malformed_position_deletes_nothing(String position) {
        Position first = http.publish(channel, "{\"n\":0}");
        expectProblem(http.delete(delete.path() + "/messages/" + position), 400, "invalid_cursor");
        assertThat(delete.history(first)).containsExactly("0");
    }

    @Test
    void names_that_are_none_or_the_system_s_or_too_long_are_refused() { // SEC-5
        expectProblem(http.delete("/v1/channels/$presence/x"), 403, "reserved_channel");
        expectProblem(http.delete("/v1/channels/$presence/messages/1:1"), 403, "reserved_channel");
        expectProblem(http.delete("/v1/channels/a%2F%23"), 400, "invalid_channel");
        expectProblem(http.delete("/v1/channels/a%00b"), 400, "invalid_channel");
        expectProblem(http.delete("/v1/channels/" + "n".repeat(10_240)), 400, "invalid_channel");
        expectProblem(http.delete("/v1/channels/" + "n".repeat(1_025) + "/messages/1:1"), 400, "invalid_channel");
        expect(204, http.delete("/v1/channels/" + "n".repeat(1_024)));
    }

    @Test
    void a_path_that_is_another_resource_s_never_deletes_a_channel_of_a_shorter_name() { // HTTP-13
        Position position = http.publish(channel, "{\"n\":0}");
        for (String path : List.of("/messages", "/retained", "/durables/d/messages", "%2Fmessages", "/", "//", "%2F")) {
            assertThat(http.delete(delete.path() + path).statusCode()).as(path).isEqualTo(405);
        }
        for (String path : List.of("/messages/", "/messages/1:1/", "/durables/d", "/durables/d/")) {
            http.delete(delete.path() + path);
        }
        assertThat(delete.history(position)).containsExactly("0");
    }

    @Test
    void names_with_slashes_and_other_characters_are_channels_of_their_own() { // HTTP-13
        for (String name : List.of("/" + channel, channel + "//x", "spaces and ü/" + namespace)) {
            Position position = http.publish(name, "{\"n\":0}");
            Deleting named = new Deleting(http, name);
            named.message(position);
            assertThat(named.history(position)).as(name).containsExactly("skipped");
            named.channelItself();
            expectProblem(http.get(named.path() + "/messages?since=" + position), 410, "unknown_position");
        }
    }
}
