package io.socle.realtime.e2e.ephemeral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.RefusedException;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.Suite;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages that are not kept, between two gateways and over every protocol. */
class EphemeralIT {
    /** Ports of the second gateway are this much higher. */
    private static final int STEP = 10;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MESSAGES = 500;

    private static Suite first;
    private static Suite second;
    private static String token;
    private static HttpApi http;

    @BeforeAll
    static void start() {
        var configuration = Map.of("realtime.namespaces.typing.ephemeral", "true");
        first = Suite.start("ephemeral", configuration, "--gateways", "2");
        second = first.through(first.gatewayPort() + STEP);
        token = first.tokens().everything("alice");
        http = new HttpApi(first, token);
    }

    @AfterAll
    static void stop() {
        first.close();
    }

    private static HttpResponse<String> publish(String channel, String json, String... headers) {
        return http.post(HttpApi.messages(channel), "application/json", json, headers);
    }

    private static String data(Subscriber subscriber) {
        return subscriber.next(ServerFrame.Message.class).message().data().utf8();
    }

    /** It takes a moment until the publisher's gateway knows of a subscriber at the other one. */
    private static void awaitPaths(String channel, List<? extends Subscriber> subscribers) {
        for (Subscriber subscriber : subscribers) {
            Awaitility.await("the first message").atMost(LIMIT).until(() -> {
                publish(channel, "\"first\"");
                return hasNext(subscriber);
            });
        }
        publish(channel, "\"begin\"");
        for (Subscriber subscriber : subscribers) {
            Awaitility.await().until(() -> data(subscriber).equals("\"begin\""));
        }
    }

    private static boolean hasNext(Subscriber subscriber) {
        try {
            return subscriber.next(Duration.ofMillis(200)) instanceof ServerFrame.Message;
        } catch (AssertionError nothingCame) {
            return false;
        }
    }

    @Test
    void one_publishers_messages_reach_subscribers_of_both_gateways_and_all_protocols_in_order() { // EPH-1, EPH-2
        try (var publisher = WsClient.connect(first, token);
                var here = WsSubscriber.open(first, token, Selections.channel("typing/1"), null);
                var there = WsSubscriber.open(second, token, Selections.channel("typing/1"), null);
                var stream = SseClient.open(second, token, Selections.filter("typing/+"), null);
                var everything = WsSubscriber.open(second, token, Selections.filter("#"), null)) {
            List<Subscriber> subscribers = List.of(here, there, stream, everything);
            awaitPaths("typing/1", subscribers);
            List<String> sent =
                    IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();
            sent.forEach(data -> publisher.send(
                    "{\"type\":\"publish\",\"message\":{\"channel\":\"typing/1\",\"data\":" + data + "}}"));
            for (Subscriber subscriber : subscribers) {
                List<String> got = sent.stream().map(any -> data(subscriber)).toList();
                assertThat(got).isEqualTo(sent);
            }
        }
    }

    @Test
    void the_answer_to_a_publish_names_no_position_and_nothing_is_there_for_who_comes_later() { // EPH-1, EPH-3
        var answer = publish("typing/2", "1");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"channel\":\"typing/2\"").doesNotContain("position");
        try (var client = WsClient.connect(first, token);
                var late = WsSubscriber.open(first, token, Selections.channel("typing/2"), null)) {
            client.send("{\"type\":\"publish\",\"id\":7,\"message\":{\"channel\":\"typing/2\",\"data\":2}}");
            assertThat(client.next(ServerFrame.Published.class)).isEqualTo(new ServerFrame.Published(7, null, false));
            var only = late.next(ServerFrame.Message.class).message();
            assertThat(only.data().utf8()).isEqualTo("2");
            assertThat(only.position()).isNull();
            assertThat(only.timestamp()).isNotNull();
        }
    }

    @Test
    void what_needs_positions_is_refused_over_every_protocol() { // EPH-4
        refused(publish("typing/3", "1", "rt-retain", "true"));
        refused(http.get(HttpApi.messages("typing/3")));
        refused(http.get("/v1/channels/typing/3/retained"));
        refused(http.get("/v1/channels/typing/3/durables/mine/messages"));
        assertThatThrownBy(() -> SseClient.open(first, token, Selections.channel("typing/3"), new Since.Last(1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(FailureCode.EPHEMERAL_CHANNEL.code());
        try (var client = WsClient.connect(first, token)) {
            refused(client, "\"type\":\"subscribe\",\"subscription\":\"s\",\"channel\":\"typing/3\",\"durable\":\"d\"");
            refused(client, "\"type\":\"history\",\"channel\":\"typing/3\"");
            String numbered = "\"producer\":{\"id\":\"p\",\"epoch\":1,\"sequence\":1}";
            String message = "\"message\":{\"channel\":\"typing/3\",\"data\":1}";
            refused(client, "\"type\":\"publish\"," + numbered + "," + message);
        }
    }

    private static void refused(HttpResponse<String> answer) {
        assertThat(answer.body()).contains("\"code\":\"ephemeral_channel\"");
        assertThat(answer.statusCode()).isEqualTo(409);
    }

    private static void refused(WsClient client, String frame) {
        client.send("{\"id\":5," + frame + "}");
        assertThat(client.next(ServerFrame.ProblemFrame.class).problem().code())
                .isEqualTo(FailureCode.EPHEMERAL_CHANNEL);
    }

    @Test
    void a_gateway_that_comes_back_is_served_again_and_serves_again() { // EPH-5
        try (var away = WsSubscriber.open(second, token, Selections.channel("typing/4"), null)) {
            awaitPaths("typing/4", List.of(away));
        }
        first.kill("gateway-1");
        first.awaitReady(LIMIT);
        try (var again = WsSubscriber.open(second, token, Selections.channel("typing/4"), null);
                var here = WsSubscriber.open(first, token, Selections.channel("typing/5"), null)) {
            awaitPaths("typing/4", List.of(again));
            var there = new HttpApi(second, token);
            Awaitility.await("a message from the gateway that came back")
                    .atMost(LIMIT)
                    .until(() -> {
                        there.post(HttpApi.messages("typing/5"), "application/json", "1");
                        return hasNext(here);
                    });
        }
    }
}
