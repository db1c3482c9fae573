package io.socle.realtime.e2e.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two gateways, and members that come and go by every way. */
class PresenceIT {
    private static final Duration AGAIN = Duration.ofSeconds(60);
    private static final long GRACE_SECONDS = 3;
    private static final int STEP = 10;

    private static Suite suite;
    private static Suite second;

    @BeforeAll
    static void start() {
        var configuration = Map.of(
                "realtime.nodes.lease",
                "6S",
                "realtime.gateway.lease",
                "9S",
                "realtime.presence.grace",
                GRACE_SECONDS + "S");
        suite = Suite.start("presence", configuration, "--gateways", "2");
        second = suite.through(suite.gatewayPort() + STEP);
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private static String token(String subject) {
        return suite.tokens().everything(subject);
    }

    private static Follower follow(String channel) {
        return new Follower(suite, token("watcher"), channel);
    }

    @Test
    void members_enter_change_and_leave_and_are_told_over_every_protocol()
            throws Exception { // PRS-10, PRS-20 to PRS-32
        String room = "room/1";
        try (var follower = follow(room);
                var events = SseClient.open(suite, token("s"), Selections.channel("$presence/" + room), null);
                var ana = WsClient.connect(second, token("ana"))) {
            var entered = Ask.enter(ana, room, "phone", "{\"mood\":\"well\"}");
            follower.await("enter ana/phone");
            Ask.enter(ana, room, "phone", "{\"mood\":\"better\"}");
            follower.await("update ana/phone");
            assertThat(follower.present()).isEqualTo(Map.of("ana/phone", "{\"mood\":\"better\"}"));
            var left = Ask.leave(ana, room, "phone");
            follower.await("leave ana/phone left");
            assertThat(left.version()).isEqualTo(entered.version() + 2);
            assertThat(follower.isWithoutGaps()).isTrue();
            for (String event : List.of("enter", "update", "leave")) {
                var message = events.next(ServerFrame.Message.class).message();
                assertThat(HttpApi.json(message.data().utf8()).get("event").asString())
                        .isEqualTo(event);
                assertThat(message.type()).isEqualTo("presence");
            }
        }
    }

    @Test
    void what_was_told_is_resumed_from_a_position() { // PRS-20, PRS-23
        String room = "resume/1";
        Position position;
        try (var ana = WsClient.connect(suite, token("ana"))) {
            try (var before = WsSubscriber.open(suite, token("b"), Selections.channel("$presence/" + room), null)) {
                Ask.enter(ana, room, "e", "1");
                position = Objects.requireNonNull(
                        before.next(ServerFrame.Message.class).message().position());
            }
            Ask.enter(ana, room, "e", "2");
        }
        try (var after = WsSubscriber.open(
                second, token("b"), Selections.channel("$presence/" + room), new Since.AtPosition(position))) {
            var missed = after.next(ServerFrame.Message.class).message();
            assertThat(HttpApi.json(missed.data().utf8()).get("state").asInt()).isEqualTo(2);
        }
    }

    @Test
    void devices_enter_over_mqtt_and_see_who_is_there() throws Exception { // PRS-60, PRS-61, PRS-62
        String room = "farm/1";
        try (var follower = follow(room);
                var ana = WsClient.connect(suite, token("ana"))) {
            Ask.enter(ana, room, "phone", "1");
            var seen = new LinkedBlockingQueue<String>();
            var pump = device("pump-1", 0);
            pump.subscribe(
                    "$presence/" + room,
                    1,
                    (topic, message) -> seen.add((message.isRetained() ? "retained " : "")
                            + new String(message.getPayload(), StandardCharsets.UTF_8)));
            String members = seen.poll(20, TimeUnit.SECONDS);
            assertThat(members).startsWith("retained {\"event\":\"members\"").contains("\"subject\":\"ana\"");
            pump.publish(
                    "$presence/" + room,
                    "{\"kind\":\"device\",\"state\":{\"on\":true}}".getBytes(StandardCharsets.UTF_8),
                    1,
                    false);
            follower.await("enter pumps/pump-1");
            assertThat(seen.poll(20, TimeUnit.SECONDS)).contains("\"kind\":\"device\"");
            pump.publish("$presence/" + room, new byte[0], 1, false);
            follower.await("leave pumps/pump-1 left");
            pump.publish("$presence/" + room, "{}".getBytes(StandardCharsets.UTF_8), 1, false);
            follower.await("enter pumps/pump-1");
            pump.disconnect();
            follower.await("leave pumps/pump-1 left");
            pump.close();
            var lost = device("pump-2", 0);
            lost.publish("$presence/" + room, "{}".getBytes(StandardCharsets.UTF_8), 1, false);
            follower.await("enter pumps/pump-2");
            lost.disconnectForcibly(0, 0, false);
            lost.close();
            follower.await("leave pumps/pump-2 lost");
        }
    }

    private static MqttClient device(String id, int gateway) throws Exception {
        var client = new MqttClient("tcp://127.0.0.1:" + suite.mqttPort(gateway), id, new MemoryPersistence());
        var options = new MqttConnectOptions();
        options.setUserName("device");
        options.setPassword(token("pumps").toCharArray());
        client.connect(options);
        return client;
    }

    @Test
    void a_lost_connection_is_waited_for_and_who_comes_back_elsewhere_never_left() { // PRS-11, PRS-41
        String room = "room/2";
        try (var follower = follow(room)) {
            var before = WsClient.connect(suite, token("ana"));
            Ask.enter(before, room, "phone", "1");
            // Connected before the first is lost, so that a slow machine does not take longer than the grace.
            try (var after = WsClient.connect(second, token("ana"))) {
                before.close();
                Ask.enter(after, room, "phone", "1");
                Ask.enter(after, room, "tablet", "1");
                follower.await("enter ana/tablet");
                long lost = System.nanoTime();
                after.close();
                follower.await("leave ana/tablet lost");
                assertThat(System.nanoTime() - lost)
                        .isGreaterThan(Duration.ofSeconds(GRACE_SECONDS - 1).toNanos());
            }
            assertThat(follower.told)
                    .startsWith("enter ana/phone", "enter ana/tablet")
                    .containsOnlyOnce("leave ana/phone lost")
                    .hasSize(4);
            assertThat(follower.isWithoutGaps()).isTrue();
        }
    }

    @Test
    void the_members_of_a_gateway_that_is_killed_leave_but_for_who_comes_back() { // PRS-11, PRS-12
        String room = "room/3";
        try (var follower = follow(room);
                var ana = WsClient.connect(second, token("ana"));
                var ben = WsClient.connect(second, token("ben"))) {
            Ask.enter(ana, room, "phone", "1");
            Ask.enter(ben, room, "phone", "1");
            follower.await("enter ben/phone");
            long pid = suite.pid("gateway-1").orElseThrow();
            suite.kill(pid);
            try (var again = WsClient.connect(suite, token("ana"))) {
                Ask.enter(again, room, "phone", "1");
                follower.await("leave ben/phone lost");
                assertThat(follower.told).containsExactly("enter ana/phone", "enter ben/phone", "leave ben/phone lost");
                assertThat(follower.present()).containsOnlyKeys("ana/phone");
            }
        }
        suite.awaitReady(AGAIN);
    }

    @Test
    void nothing_is_lost_with_the_owner() { // PRS-13, PRS-22
        String room = "room/4";
        try (var follower = follow(room);
                var ana = WsClient.connect(suite, token("ana"))) {
            Ask.enter(ana, room, "a", "1");
            Ask.enter(ana, room, "b", "1");
            suite.kill("presence");
            Ask.enter(ana, room, "c", "1");
            Ask.leave(ana, room, "a");
            follower.await("leave ana/a left");
            assertThat(follower.told).containsExactly("enter ana/a", "enter ana/b", "enter ana/c", "leave ana/a left");
            assertThat(follower.isWithoutGaps()).isTrue();
            assertThat(Ask.members(ana, room, "").members())
                    .extracting(member -> member.entry())
                    .containsExactly("b", "c");
        }
        suite.awaitReady(AGAIN);
    }

    @Test
    void to_enter_needs_the_capability_and_ends_with_it() { // PRS-3, PRS-10
        String room = "room/5";
        Tokens.Claims claims = Tokens.claims("ana").publish("room/5", "room/6").subscribe("room/+");
        try (var follower = follow(room);
                var ana = WsClient.connect(suite, suite.tokens().sign(claims.expiresIn(Duration.ofSeconds(6))))) {
            assertThat(ana.problem("{\"type\":\"enter\",\"id\":5,\"channel\":\"other/1\"}"))
                    .isEqualTo("forbidden");
            assertThat(ana.problem("{\"type\":\"enter\",\"id\":5,\"channel\":\"$presence/room/5\"}"))
                    .isEqualTo("reserved_channel");
            assertThat(ana.problem("{\"type\":\"watch\",\"id\":5,\"subscription\":\"s\",\"channel\":\"other/1\"}"))
                    .isEqualTo("forbidden");
            Ask.enter(ana, room, "phone", "1");
            Ask.enter(ana, "room/6", "phone", "1");
            var publisher = suite.tokens().sign(claims.presence("room/6"));
            try (var other = WsClient.connect(suite, publisher)) {
                assertThat(other.problem("{\"type\":\"enter\",\"id\":5,\"channel\":\"room/5\"}"))
                        .isEqualTo("forbidden");
            }
            var fewer = claims.publish("room/6").expiresIn(Duration.ofSeconds(4));
            ana.ask(
                    ServerFrame.Refreshed.class,
                    "{\"type\":\"refresh\",\"id\":9,\"token\":\""
                            + suite.tokens().sign(fewer) + "\"}");
            follower.await("leave ana/phone forbidden");
            try (var other = follow("room/6")) {
                other.await("leave ana/phone expired");
            }
        }
    }

    @Test
    void servers_enter_over_http_and_ask_who_is_and_was_there() { // PRS-14, PRS-50 to PRS-53
        var http = new HttpApi(suite, token("robot"));
        var put = http.send(http.request("/v1/channels/jobs/1/members/r1")
                .PUT(BodyPublishers.ofString(
                        "{\"kind\":\"agent\",\"skills\":[{\"tag\":\"translate\"}],\"state\":[1],\"ttl\":60}"))
                .build());
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        var members = HttpApi.json(http.get("/v1/channels/jobs/1/members?skill=translate&kind=agent")
                .body());
        assertThat(members.get("members").get(0).get("entry").asString()).isEqualTo("r1");
        assertThat(HttpApi.json(http.get("/v1/channels/jobs/1/members?skill=other")
                                .body())
                        .get("members"))
                .isEmpty();
        var where = HttpApi.json(http.get("/v1/subjects/robot/presence").body());
        assertThat(where.get("channels").get(0).get("channel").asString()).isEqualTo("jobs/1");
        assertThat(http.delete("/v1/channels/jobs/1/members/r1").statusCode()).isEqualTo(200);
        where = HttpApi.json(http.get("/v1/subjects/robot/presence").body());
        assertThat(where.get("channels")).isEmpty();
        assertThat(where.has("lastSeen")).isTrue();
        var visits = HttpApi.json(http.get("/v1/channels/jobs/1/visits").body()).get("visits");
        assertThat(StreamSupport.stream(visits.spliterator(), false)
                        .map(visit -> visit.get("entry").asString() + " "
                                + visit.get("reason").asString()))
                .containsExactly("r1 left");
        var stranger = new HttpApi(suite, suite.tokens().sign(Tokens.claims("x").subscribe("a/#")));
        assertThat(HttpApi.json(stranger.get("/v1/subjects/robot/presence").body())
                        .has("lastSeen"))
                .isFalse();
        assertThat(stranger.get("/v1/channels/jobs/1/visits").statusCode()).isEqualTo(403);
    }
}
