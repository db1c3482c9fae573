package io.socle.realtime.e2e.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.mqtt.Clients5;
import io.socle.realtime.e2e.suite.Suite;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The limits of presence, just within and just beyond, by every way to enter; and pages by skill. */
class PresenceLimitsIT {
    private static final int MEMBERS = 20;
    private static final int ENTRIES = 100;

    private static Suite suite;

    @BeforeAll
    static void start() {
        suite = Suite.start("presence-limits", Map.of("realtime.presence.members", Integer.toString(MEMBERS)));
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    /** What a member may say of itself and what is a little more than that, as fields of a frame or body. */
    private record Sides(String within, String beyond) {}

    private static List<Sides> sides() {
        return List.of(
                new Sides(state(text("x", 4094)), state(text("x", 4095))),
                // Bytes count, not characters; and what is written, not what it means.
                new Sides(state(text("\u20ac", 1364).replaceFirst("\u20ac", "\u20acxx")), state(text("\u20ac", 1365))),
                new Sides(state('[' + " ".repeat(4094) + ']'), state('[' + " ".repeat(4095) + ']')),
                new Sides(skills(Collections.nCopies(32, tag(1))), skills(Collections.nCopies(33, tag(1)))),
                new Sides(skills(List.of(tag(128))), skills(List.of(tag(129)))),
                new Sides(skills(List.of(tag(1))), skills(List.of(tag(0)))),
                new Sides(skills(List.of(schema(512))), skills(List.of(schema(513)))),
                new Sides(
                        state(text("x", 4094)) + ',' + skills(Collections.nCopies(32, largest())),
                        state(text("x", 4094)) + ',' + skills(Collections.nCopies(33, largest()))));
    }

    private static String text(String character, int count) {
        return '"' + character.repeat(count) + '"';
    }

    private static String state(String json) {
        return "\"state\":" + json;
    }

    private static String skills(List<String> skills) {
        return "\"skills\":[" + String.join(",", skills) + ']';
    }

    private static String tag(int characters) {
        return "{\"tag\":" + text("t", characters) + '}';
    }

    private static String schema(int characters) {
        return "{\"tag\":\"t\",\"schema\":" + text("s", characters) + '}';
    }

    private static String largest() {
        return "{\"tag\":" + text("t", 128) + ",\"schema\":" + text("s", 512) + '}';
    }

    private static String token(String subject) {
        return suite.tokens().everything(subject);
    }

    private static String enter(String channel, String entry, String fields) {
        return "{\"type\":\"enter\",\"id\":5,\"channel\":\"%s\",\"entry\":\"%s\",%s}".formatted(channel, entry, fields);
    }

    @Test
    void what_a_member_says_of_itself_has_its_limits_over_websocket() { // PRS-2
        try (var ana = WsClient.connect(suite, token("ana"))) {
            for (Sides sides : sides()) {
                assertThat(ana.problem(enter("ws/1", "e", sides.beyond())))
                        .as(sides.beyond())
                        .isEqualTo("invalid_value");
                ana.ask(ServerFrame.OfPresence.class, enter("ws/1", "e", sides.within()));
            }
            PresenceReply.Present last = Ask.members(ana, "ws/1", "").members().getFirst();
            assertThat(last.profile().state().size()).isEqualTo(4096);
            assertThat(last.profile().skills())
                    .hasSize(32)
                    .allSatisfy(skill -> assertThat(skill.schema()).hasSize(512));
        }
    }

    @Test
    void what_a_member_says_of_itself_has_its_limits_over_http() { // PRS-2, PRS-51
        var http = new HttpApi(suite, token("ana"));
        for (Sides sides : sides()) {
            expect(put(http, "http/1", "e", sides.beyond()), 400, "invalid_value");
            expect(put(http, "http/1", "e", sides.within()), 200, "");
        }
    }

    @Test
    void what_a_member_says_of_itself_has_its_limits_over_mqtt() { // PRS-2, PRS-60
        Mqtt5BlockingClient pump = device("pump");
        for (Sides sides : sides()) {
            refused(pump, "mqtt/1", sides.beyond(), Mqtt5PubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
            enter(pump, "mqtt/1", sides.within());
        }
        pump.disconnect();
    }

    @Test
    void an_entry_has_1_to_128_characters_by_every_way() { // PRS-1
        var http = new HttpApi(suite, token("ana"));
        String longest = "e".repeat(128);
        try (var ana = WsClient.connect(suite, token("ana"))) {
            for (String entry : List.of("", longest + "e")) {
                assertThat(ana.problem(enter("entry/1", entry, state("1")))).isEqualTo("invalid_value");
                String leave = "{\"type\":\"leave\",\"id\":6,\"channel\":\"entry/1\",\"entry\":\"" + entry + "\"}";
                assertThat(ana.problem(leave)).isEqualTo("invalid_value");
            }
            assertThat(Ask.enter(ana, "entry/1", longest, "1").entry()).isEqualTo(longest);
            expect(put(http, "entry/1", longest + "e", state("1")), 400, "invalid_value");
            expect(put(http, "entry/1", longest, state("2")), 200, "");
            Mqtt5BlockingClient tooLong = device(longest + "e");
            refused(tooLong, "entry/1", state("3"), Mqtt5PubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
            Clients5.publish(tooLong, "entry/other", MqttQos.AT_LEAST_ONCE, "{}");
            tooLong.disconnect();
            Mqtt5BlockingClient device = device(longest);
            enter(device, "entry/1", state("3"));
            assertThat(Ask.members(ana, "entry/1", "").members())
                    .extracting(member ->
                            member.subject() + ' ' + member.profile().state().utf8())
                    .containsExactly("ana 2", "device 3");
            device.disconnect();
        }
    }

    @Test
    void a_connection_has_so_many_entries() { // PRS-4
        try (var ana = WsClient.connect(suite, token("ana"));
                var other = WsClient.connect(suite, token("ana"))) {
            for (int i = 0; i < ENTRIES; i++) {
                Ask.enter(ana, "entries/" + i, "e", "1");
            }
            String more = enter("entries/more", "e", state("1"));
            assertThat(ana.problem(more)).isEqualTo("too_many_entries");
            Ask.enter(other, "entries/more", "e", "1");
            Ask.enter(ana, "entries/0", "e", "2");
            Ask.leave(ana, "entries/0", "e");
            Ask.enter(ana, "entries/more", "e", "2");
            assertThat(ana.problem(enter("entries/0", "e", state("1")))).isEqualTo("too_many_entries");
        }
    }

    @Test
    void a_device_has_so_many_entries() { // PRS-4, PRS-60
        Mqtt5BlockingClient pump = device("many");
        for (int i = 0; i < ENTRIES; i++) {
            enter(pump, "pipes/" + i, state("1"));
        }
        refused(pump, "pipes/more", state("1"), Mqtt5PubAckReasonCode.QUOTA_EXCEEDED);
        Clients5.publish(pump, "$presence/pipes/0", MqttQos.AT_LEAST_ONCE, "");
        enter(pump, "pipes/more", state("1"));
        pump.disconnect();
    }

    @Test
    void a_channel_has_so_many_members_by_whatever_way_they_come() { // PRS-4
        var http = new HttpApi(suite, token("server"));
        Mqtt5BlockingClient pump = device("one-more");
        try (var ana = WsClient.connect(suite, token("ana"))) {
            for (int i = 0; i < MEMBERS; i++) {
                Ask.enter(ana, "full/1", "e" + i, "1");
            }
            assertThat(ana.problem(enter("full/1", "more", state("1")))).isEqualTo("too_many_members");
            expect(put(http, "full/1", "e", state("1")), 429, "too_many_members");
            refused(pump, "full/1", state("1"), Mqtt5PubAckReasonCode.QUOTA_EXCEEDED);
            Ask.enter(ana, "full/1", "e0", "2");
            for (int i = 0; i < 3; i++) {
                Ask.leave(ana, "full/1", "e" + i);
            }
            enter(pump, "full/1", state("1"));
            expect(put(http, "full/1", "e", state("1")), 200, "");
            Ask.enter(ana, "full/1", "more", "1");
            assertThat(Ask.members(ana, "full/1", "").count()).isEqualTo(MEMBERS);
            assertThat(ana.problem(enter("full/1", "e0", state("1")))).isEqualTo("too_many_members");
        }
        pump.disconnect();
    }

    @Test
    void members_with_a_skill_come_page_by_page() { // PRS-30
        try (var ana = WsClient.connect(suite, token("ana"))) {
            for (int i = 0; i < 10; i++) {
                String fields = "\"kind\":\"%s\",".formatted(i < 8 ? "agent" : "service")
                        + skills(List.of(
                                "{\"tag\":\"any\"}", "{\"tag\":\"%s\"}".formatted(i % 2 == 0 ? "sing" : "draw")));
                ana.ask(ServerFrame.OfPresence.class, enter("agents/1", "e" + i, fields));
            }
            assertThat(paged(ana, ",\"skill\":\"sing\"")).containsExactly("e0", "e2", "e4", "e6", "e8");
            assertThat(paged(ana, ",\"skill\":\"draw\",\"kind\":\"service\"")).containsExactly("e9");
            assertThat(paged(ana, ",\"skill\":\"any\"")).hasSize(10);
            assertThat(paged(ana, ",\"skill\":\"sin\"")).isEmpty();
            assertThat(ana.problem("{\"type\":\"members\",\"id\":7,\"channel\":\"agents/1\",\"after\":\"x\"}"))
                    .isEqualTo("invalid_cursor");
        }
        var http = new HttpApi(suite, token("ana"));
        expect(membersWith(http, "t".repeat(128)), 200, "");
        expect(membersWith(http, "t".repeat(129)), 400, "invalid_value");
    }

    private static HttpResponse<String> membersWith(HttpApi http, String skill) {
        return http.send(http.request("/v1/channels/agents/1/members?skill=" + skill)
                .GET()
                .build());
    }

    /** The entries of all pages of two members. */
    private static List<String> paged(WsClient client, String fields) {
        List<String> entries = new ArrayList<>();
        PresenceReply.Members page = Ask.members(client, "agents/1", fields + ",\"limit\":2");
        while (true) {
            assertThat(page.members()).hasSizeLessThanOrEqualTo(2);
            assertThat(page.count()).isEqualTo(10);
            page.members().forEach(member -> entries.add(member.entry()));
            if (page.next() == null) {
                return entries;
            }
            String after = ",\"after\":\"" + page.next().cursor() + '"';
            page = Ask.members(client, "agents/1", fields + ",\"limit\":2" + after);
        }
    }

    private static HttpResponse<String> put(HttpApi http, String channel, String entry, String fields) {
        return http.send(http.request("/v1/channels/" + channel + "/members/" + entry)
                .PUT(BodyPublishers.ofString('{' + fields + '}'))
                .build());
    }

    /** A code of "" is none. */
    private static void expect(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(HttpApi.json(answer.body()).path("code").asString("")).isEqualTo(code);
    }

    private static Mqtt5BlockingClient device(String id) {
        Mqtt5BlockingClient client =
                Clients5.builder(suite, token("device")).identifier(id).buildBlocking();
        client.connect();
        return client;
    }

    private static void enter(Mqtt5BlockingClient client, String channel, String fields) {
        Clients5.publish(client, "$presence/" + channel, MqttQos.AT_LEAST_ONCE, '{' + fields + '}');
    }

    private static void refused(Mqtt5BlockingClient client, String channel, String fields, Mqtt5PubAckReasonCode code) {
        assertThatThrownBy(() -> enter(client, channel, fields))
                .as(fields)
                .isInstanceOfSatisfying(
                        Mqtt5PubAckException.class,
                        refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                .isEqualTo(code));
    }
}
