package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.mqtt.RawMqtt.Received;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What conformance suites of other makers do with a server, on a suite in open mode as it is shipped: their topics, their
 * filters and their order of things, without a token. The tests clean up what they retain, as those suites do.
 */
class InteroperabilityIT {
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final String[] TOPICS = {"TopicA", "TopicA/B", "Topic/C", "TopicA/C", "/TopicA"};

    private static Suite suite;

    @BeforeAll
    static void start() {
        suite = Suite.start("interoperability", Map.of(), "--open");
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    /** Without user name and password. */
    private static byte[] connect(int level, String id, boolean clean, int keepAlive, int... properties) {
        var body = new Bytes().text("MQTT").bytes(level, clean ? 2 : 0, keepAlive >> 8, keepAlive);
        if (level == 5) {
            body.bytes(properties.length).bytes(properties);
        }
        return body.text(id).toBytes();
    }

    private static RawMqtt client(int level, String id, boolean clean, boolean present, int... properties) {
        var raw = new RawMqtt(suite);
        raw.send(0x10, connect(level, id, clean, 0, properties));
        Received connAck = raw.read();
        assertThat(connAck.firstByte()).isEqualTo(0x20);
        assertThat(connAck.at(0)).as("session present").isEqualTo(present ? 1 : 0);
        assertThat(connAck.at(1)).isZero();
        return raw;
    }

    private static RawMqtt five(String id, int... properties) {
        return client(5, id, true, false, properties);
    }

    private static void publish(RawMqtt raw, int firstByte, String topic, String text) {
        raw.publish(firstByte, topic, 9, text);
        int qos = firstByte >> 1 & 3;
        if (qos > 0) {
            assertThat(raw.read().type()).isEqualTo(qos == 1 ? 4 : 5);
        }
        if (qos == 2) {
            raw.acknowledge(0x62, 9);
            assertThat(raw.read().type()).isEqualTo(7);
        }
    }

    /** Takes so many messages with all acknowledgements; then nothing more may come for a while. */
    private static List<RawPublish> take(RawMqtt raw, int messages) {
        List<RawPublish> taken = new ArrayList<>();
        while (taken.size() < messages) {
            RawPublish publish = RawPublish.next(raw);
            taken.add(publish);
            if (publish.qos() == 1) {
                raw.acknowledge(0x40, publish.packetId());
            } else if (publish.qos() == 2) {
                finish(raw, publish.packetId(), taken);
            }
        }
        assertThat(raw.isSilentFor(QUIET)).isTrue();
        return taken;
    }

    /** Other messages may come before PUBREL. */
    private static void finish(RawMqtt raw, int packetId, List<RawPublish> taken) {
        raw.acknowledge(0x50, packetId);
        Received next = raw.read();
        while (next.type() == 3) {
            RawPublish other = RawPublish.of(next);
            taken.add(other);
            if (other.qos() == 1) {
                raw.acknowledge(0x40, other.packetId());
            }
            next = raw.read();
        }
        assertThat(next.firstByte()).isEqualTo(0x62);
        raw.acknowledge(0x70, packetId);
    }

    private static void forgetRetained() {
        try (var raw = five("clean retained")) {
            for (String topic : TOPICS) {
                publish(raw, 0x33, topic, "");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+/+", "#"})
    void retained_messages_of_every_qos_come_through_wildcards_and_go_again(String filter) { // MQT-32
        try (var raw = five("myclientid")) {
            byte[] pairs = new Bytes()
                    .bytes(0x26)
                    .text("a")
                    .text("2")
                    .bytes(0x26)
                    .text("c")
                    .text("3")
                    .toBytes();
            for (int qos = 0; qos < 3; qos++) {
                var body = new Bytes().text(TOPICS[qos + 1]);
                if (qos > 0) {
                    body.bytes(0, 20 + qos);
                }
                raw.send(
                        0x31 | qos << 1,
                        body.variable(pairs.length).raw(pairs).bytes('q').toBytes());
            }
            assertThat(raw.read().firstByte()).isEqualTo(0x40);
            assertThat(raw.read().firstByte()).isEqualTo(0x50);
            raw.acknowledge(0x62, 22);
            assertThat(raw.read().firstByte()).isEqualTo(0x70);
            raw.subscribe(1, filter, 2);
            List<RawPublish> retained = take(raw, 3);
            assertThat(retained).allSatisfy(one -> {
                assertThat(one.retain()).isTrue();
                assertThat(one.user()).containsExactly("a=2", "c=3");
            });
            assertThat(retained).extracting(RawPublish::qos).containsExactlyInAnyOrder(0, 1, 2);
            raw.send(0xa2, new Bytes().bytes(0, 2, 0).text(filter).toBytes());
            assertThat(raw.read().firstByte()).isEqualTo(0xb0);
            forgetRetained();
            raw.subscribe(3, filter, 2);
            assertThat(raw.isSilentFor(QUIET)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void leading_slashes_are_levels_and_wildcards_select_them(int level) { // MQT-1
        String[] filters = {"TopicA/+", "+/C", "#", "/#", "/+", "+/+", "TopicA/#"};
        String[] selected = {"12", "23", "01234", "4", "4", "1234", "013"};
        // Neither is the number of an older session, whatever the order of the tests.
        String id = "wild" + level;
        for (int n = 0; n < filters.length; n++) {
            try (var raw = five(id);
                    var publisher = client(level, id + "p", true, false)) {
                raw.subscribe(1, filters[n], 0);
                for (int topic = 0; topic < TOPICS.length; topic++) {
                    if (level == 5) {
                        publish(publisher, 0x32, TOPICS[topic], Integer.toString(topic));
                    } else {
                        publisher.send(
                                0x32,
                                new Bytes()
                                        .text(TOPICS[topic])
                                        .bytes(0, 5, '0' + topic)
                                        .toBytes());
                        assertThat(publisher.read().body()).containsExactly(0, 5);
                    }
                }
                String expected = n == 0 ? "13" : selected[n];
                assertThat(take(raw, expected.length()))
                        .extracting(RawPublish::text)
                        .as(filters[n])
                        .containsExactlyInAnyOrder(expected.split(""));
            }
        }
    }

    @Test
    void dollar_topics_are_not_selected_by_wildcards() { // MQT-11
        try (var watcher = five("watcher");
                var old = client(4, "old", true, false);
                var raw = five("myclientid2")) {
            watcher.subscribe(1, "+/+", 2);
            watcher.subscribe(2, "#", 2);
            raw.publish(0x32, "$TopicA/B", 1, "");
            // No reason string: the suite's client takes no acknowledgement that is longer.
            assertThat(raw.read().body()).containsExactly(0, 1, 0x90, 0);
            // The older version has no word for a refusal, and whoever tries it need not be thrown out.
            byte[] publish = new Bytes().text("$TopicA/B").bytes(0, 1).toBytes();
            old.send(0x32, publish);
            assertThat(old.read().body()).containsExactly(0, 1);
            old.send(0x34, publish);
            assertThat(old.read().firstByte()).isEqualTo(0x50);
            old.acknowledge(0x62, 1);
            assertThat(old.read().firstByte()).isEqualTo(0x70);
            old.ping();
            assertThat(watcher.isSilentFor(QUIET)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nosubscribe", "test/nosubscribe"})
    void filters_that_open_mode_denies_are_refused_and_others_not(String denied) { // SEC-7
        try (var raw = five("denied")) {
            raw.send(0x82, new Bytes().bytes(0, 1, 0).text(denied).bytes(2).toBytes());
            assertThat(raw.read().body()).containsExactly(0, 1, 0, (byte) 0x80);
            raw.subscribe(2, denied + "/below", 2);
            raw.subscribe(3, "#", 0);
            raw.publish(0x32, denied, 4, "");
            assertThat(raw.read().at(2)).isEqualTo(0x87);
            assertThat(raw.isSilentFor(QUIET)).isTrue();
        }
        try (var old = client(4, "denied", true, false)) {
            old.send(0x82, new Bytes().bytes(0, 1).text(denied).bytes(2).toBytes());
            assertThat(old.read().body()).containsExactly(0, 1, (byte) 0x80);
        }
        var http = new HttpApi(suite, null);
        assertThat(http.post(HttpApi.messages(denied), "application/json", "1").statusCode())
                .isEqualTo(403);
        assertThat(http.post(HttpApi.messages(denied + "/below"), "application/json", "1")
                        .statusCode())
                .isEqualTo(200);
        var withToken = new HttpApi(suite, suite.tokens().everything("alice"));
        assertThat(withToken
                        .post(HttpApi.messages(denied), "application/json", "1")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void the_first_message_sets_the_servers_topic_alias_where_the_client_takes_one(int most) { // MQT-116
        try (var raw = five("aliased", 0x22, 0, most)) {
            raw.subscribe(1, TOPICS[0], 0);
            for (int n = 0; n < 3; n++) {
                raw.publish(0x30, TOPICS[0], 0, "x");
            }
            for (int n = 0; n < 3; n++) {
                RawPublish publish = RawPublish.next(raw);
                assertThat(publish.properties().values(0x23)).hasSize(most == 0 ? 0 : 1);
                assertThat(publish.topic()).isEqualTo(most > 0 && n > 0 ? "" : TOPICS[0]);
            }
        }
    }

    @Test
    void a_small_message_comes_to_a_client_that_takes_64_bytes_and_a_larger_one_not() { // MQT-23
        try (var raw = five("small", 0x27, 0, 0, 0, 64)) {
            raw.subscribe(1, "client_test5/TopicA", 2);
            raw.publish(0x30, "client_test5/TopicA", 0, ".".repeat(32));
            assertThat(RawPublish.next(raw).text()).hasSize(32);
            raw.publish(0x32, "client_test5/TopicA", 7, ".".repeat(64));
            assertThat(raw.read().firstByte()).isEqualTo(0x40);
            assertThat(raw.isSilentFor(QUIET)).isTrue();
        }
    }

    @Test
    void the_keep_alive_of_the_server_is_60_s() { // MQT-6
        for (int asked : new int[] {0, 61, 120, 65_535}) {
            try (var raw = new RawMqtt(suite)) {
                raw.send(0x10, connect(5, "kept", true, asked));
                assertThat(RawProperties.read(raw.read().body(), 2).values(RawProperties.SERVER_KEEP_ALIVE))
                        .containsExactly("60");
            }
        }
        try (var raw = new RawMqtt(suite)) {
            raw.send(0x10, connect(5, "kept", true, 60));
            assertThat(RawProperties.read(raw.read().body(), 2).has(RawProperties.SERVER_KEEP_ALIVE))
                    .isFalse();
        }
    }

    @Test
    void payload_format_and_content_type_come_as_they_were_with_an_empty_payload_too() { // MQT-40
        byte[] properties = new Bytes().bytes(1, 1, 3).text("My name").toBytes();
        try (var raw = five("formats")) {
            raw.subscribe(1, TOPICS[0], 0);
            raw.send(
                    0x30,
                    new Bytes()
                            .text(TOPICS[0])
                            .variable(properties.length)
                            .raw(properties)
                            .toBytes());
            RawPublish publish = RawPublish.next(raw);
            assertThat(publish.properties().values(1)).containsExactly("1");
            assertThat(publish.properties().values(3)).containsExactly("My name");
            assertThat(publish.text()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void what_was_not_acknowledged_and_what_came_meanwhile_comes_when_the_client_is_back(int level) { // MQT-82, MQT-84
        String id = "away" + level;
        int[] kept = level == 5 ? new int[] {0x11, 0, 1, 0x86, 0x9f} : new int[0];
        try (var raw = client(level, id, false, false, kept)) {
            byte[] filter = new Bytes().text("TopicA/#").bytes(2).toBytes();
            raw.send(
                    0x82,
                    new Bytes()
                            .bytes(0, 1)
                            .bytes(level == 5 ? new int[] {0} : new int[0])
                            .raw(filter)
                            .toBytes());
            assertThat(raw.read().firstByte()).isEqualTo(0x90);
            try (var publisher = five("publisher")) {
                publish(publisher, 0x32, "TopicA/B", "1");
                publish(publisher, 0x34, "TopicA/C", "2");
            }
            assertThat(List.of(raw.read().firstByte(), raw.read().firstByte())).containsExactlyInAnyOrder(0x32, 0x34);
            raw.send(0xe0);
            assertThat(raw.isClosed()).isTrue();
        }
        try (var publisher = five("publisher")) {
            publish(publisher, 0x32, "TopicA/B", "3");
        }
        try (var raw = client(level, id, false, true, kept)) {
            assertThat(List.of(
                            raw.read().firstByte(),
                            raw.read().firstByte(),
                            raw.read().firstByte()))
                    .containsExactlyInAnyOrder(0x3a, 0x3c, 0x32);
        }
        try (var raw = client(level, id, true, false)) {
            assertThat(raw.isSilentFor(QUIET)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 5})
    void a_will_comes_after_its_delay_or_the_end_of_the_session_whichever_is_first(int expiry) { // MQT-51
        int due = Math.min(expiry, 3);
        try (var watcher = five("watcher")) {
            watcher.subscribe(1, TOPICS[0], 0);
            long begun;
            try (var raw = new RawMqtt(suite)) {
                raw.send(
                        0x10,
                        new Bytes()
                                .text("MQTT")
                                .bytes(5, 0x06, 0, 0, 5, 0x11, 0, 0, 0, expiry)
                                .text("willing")
                                .bytes(5, 0x18, 0, 0, 0, 3)
                                .text(TOPICS[0])
                                .text("will")
                                .toBytes());
                assertThat(raw.read().at(1)).isZero();
                begun = System.nanoTime();
            }
            assertThat(RawPublish.next(watcher).text()).isEqualTo("will");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(due * 1_000L - 200), Duration.ofMillis(due * 1_000L + 2_000));
        }
    }
}
