package io.socle.realtime.e2e.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Suite;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two gateways with bridges to one Mosquitto; it, and the gateway that has the bridges, are killed with -9. */
class BridgeIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final int MANY = 10_000;

    private static final Mosquitto MOSQUITTO = new Mosquitto("bridge");
    private static Suite suite;
    private static String token;

    @BeforeAll
    static void start() {
        MOSQUITTO.start();
        suite = Suite.start("bridge", configuration(), "--gateways", "2");
        token = suite.tokens().everything("alice");
        for (String bridge : List.of("factory", "mirror", "echoing", "sealed")) {
            Awaitility.await("bridge " + bridge)
                    .atMost(LIMIT)
                    .until(() -> suite.log().contains("bridge " + bridge + ": connected to "));
        }
    }

    private static Map<String, String> configuration() {
        String port = Integer.toString(MOSQUITTO.port());
        Map<String, String> keys = new HashMap<>(Map.of(
                "realtime.nodes.lease", "4S",
                "realtime.gateway.lease", "6S",
                "realtime.bridges.factory.in.filters", "site/+/#",
                "realtime.bridges.factory.in.strip", "site/",
                "realtime.bridges.factory.in.prefix", "factory/",
                "realtime.bridges.factory.out.filters", "orders/#",
                "realtime.bridges.factory.out.strip", "orders/",
                "realtime.bridges.factory.out.prefix", "cloud/"));
        keys.putAll(Map.of(
                "realtime.bridges.mirror.in.filters", "state/#",
                "realtime.bridges.mirror.in.retain", "always",
                "realtime.bridges.mirror.out.filters", "wish/#",
                "realtime.bridges.echoing.in.filters", "both/#",
                "realtime.bridges.echoing.out.filters", "both/#"));
        for (String bridge : List.of("factory", "mirror", "echoing")) {
            keys.put("realtime.bridges." + bridge + ".host", "127.0.0.1");
            keys.put("realtime.bridges." + bridge + ".port", port);
            keys.put("realtime.bridges." + bridge + ".reconnect", "1S");
        }
        keys.putAll(Map.of(
                "realtime.bridges.unwelcome.host", "127.0.0.1",
                "realtime.bridges.unwelcome.port", Integer.toString(MOSQUITTO.closedPort()),
                "realtime.bridges.unwelcome.username", "bridge",
                "realtime.bridges.unwelcome.password", "not-the-password",
                "realtime.bridges.unwelcome.in.filters", "secret/#",
                "realtime.bridges.nowhere.host", "127.0.0.1",
                "realtime.bridges.nowhere.port", "1",
                "realtime.bridges.nowhere.in.filters", "nothing/#"));
        keys.putAll(Map.of(
                "realtime.bridges.sealed.host", "localhost",
                "realtime.bridges.sealed.port", Integer.toString(MOSQUITTO.tlsPort()),
                "realtime.bridges.sealed.tls", "sealed",
                "realtime.bridges.sealed.in.filters", "sealed/#",
                "quarkus.tls.sealed.trust-store.pem.certs",
                        MOSQUITTO.certificate().toString(),
                "realtime.bridges.doubting.host", "localhost",
                "realtime.bridges.doubting.port", Integer.toString(MOSQUITTO.tlsPort()),
                "realtime.bridges.doubting.tls", "doubting",
                "realtime.bridges.doubting.in.filters", "sealed/#",
                // A bucket that trusts what the JDK trusts, which this certificate is not.
                "quarkus.tls.doubting.protocols", "TLSv1.3"));
        return keys;
    }

    @AfterAll
    static void stop() {
        suite.close();
        MOSQUITTO.close();
    }

    private static String fresh() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static Peer remote() throws Exception {
        return new Peer(MOSQUITTO.uri(), null);
    }

    private static Peer local(int gateway) throws Exception {
        return new Peer("tcp://127.0.0.1:" + suite.mqttPort(gateway), token);
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(n -> "n" + n).toList();
    }

    /** What a channel's history has, as its whole text. */
    private static String history(String channel) {
        return new HttpApi(suite, token)
                .get("/v1/channels/" + channel + "/messages?limit=100")
                .body();
    }

    @Test
    void what_is_published_at_the_other_broker_comes_in_under_its_prefix_and_with_the_bridges_mark()
            throws Exception { // MQT-120, MQT-122
        String id = fresh();
        try (Peer channel = local(0).subscribe("factory/" + id + "/temperature");
                Peer device = remote()) {
            for (String text : numbered(50)) {
                device.publish("site/" + id + "/temperature", text);
            }
            channel.await("factory/" + id + "/temperature", "n49");
            assertThat(channel.texts("factory/" + id + "/temperature")).isEqualTo(numbered(50));
            assertThat(history("factory/" + id + "/temperature"))
                    .contains("\"viabridge\":\"factory\"")
                    .contains("bridge:factory");
        }
    }

    @Test
    void what_is_published_on_a_channel_goes_out_with_another_beginning() throws Exception { // MQT-121, MQT-122
        String id = fresh();
        try (Peer device = remote().subscribe("cloud/" + id);
                Peer publisher = local(1)) {
            for (String text : numbered(50)) {
                publisher.publish("orders/" + id, text);
            }
            device.await("cloud/" + id, "n49");
            assertThat(device.texts("cloud/" + id)).isEqualTo(numbered(50));
        }
    }

    @Test
    void over_tls_a_bridge_believes_whom_it_is_told_to_believe_and_nobody_else() throws Exception { // MQT-132
        String topic = "sealed/" + fresh();
        try (Peer device = remote();
                Peer channel = local(0).subscribe(topic)) {
            device.publish(topic, "secret");
            channel.await(topic, "secret");
            assertThat(channel.texts(topic)).containsExactly("secret");
        }
        Awaitility.await("the doubt")
                .atMost(LIMIT)
                .until(() -> suite.log().contains("bridge doubting: not connected to localhost:"));
        assertThat(suite.log()).doesNotContain("bridge doubting: connected");
    }

    @Test
    void nothing_loops_where_both_directions_select_the_same_names() throws Exception { // MQT-123
        String topic = "both/" + fresh();
        try (Peer there = remote().subscribe(topic);
                Peer here = local(0).subscribe(topic)) {
            for (int n = 0; n < 20; n++) {
                here.publish(topic, "here" + n);
                there.publish(topic, "there" + n);
                there.publish(topic, "alike");
                here.publish(topic, "alike");
            }
            here.await(topic, "there19");
            there.await(topic, "here19");
            Awaitility.await("all of both sides")
                    .atMost(LIMIT)
                    .until(() ->
                            here.texts(topic).size() >= 80 && there.texts(topic).size() >= 80);
            Awaitility.await("no more")
                    .during(QUIET)
                    .atMost(LIMIT)
                    .until(() ->
                            here.texts(topic).size() == 80 && there.texts(topic).size() == 80);
            for (Peer peer : List.of(here, there)) {
                assertThat(peer.texts(topic)).filteredOn("alike"::equals).hasSize(40);
                assertThat(peer.first(topic)).hasSize(41);
            }
        }
    }

    @Test
    void what_is_private_does_not_go_out() throws Exception { // MQT-126
        String id = fresh();
        try (Peer device = remote().subscribe("cloud/" + id)) {
            var http = new HttpApi(suite, token);
            assertThat(http.post(
                                    "/v1/channels/orders/" + id + "/messages",
                                    "text/plain",
                                    "secret",
                                    "rt-receivers",
                                    "bridge:factory")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(http.post("/v1/channels/orders/" + id + "/messages", "text/plain", "open")
                            .statusCode())
                    .isEqualTo(200);
            device.await("cloud/" + id, "open");
            assertThat(device.texts("cloud/" + id)).containsExactly("open");
        }
    }

    @Test
    void retained_messages_are_retained_on_both_sides() throws Exception { // MQT-125
        String id = fresh();
        try (Peer device = remote();
                Peer publisher = local(0)) {
            device.publish("state/" + id, "on", true);
            publisher.publish("wish/" + id, "off", true);
            Awaitility.await("a retained message").atMost(LIMIT).untilAsserted(() -> {
                try (Peer late = local(1).subscribe("state/" + id)) {
                    late.await("state/" + id, "on");
                    assertThat(late.received().getFirst().retained()).isTrue();
                }
            });
            try (Peer watch = remote().subscribe("wish/" + id)) {
                watch.await("wish/" + id, "off");
            }
            try (Peer late = remote().subscribe("wish/" + id)) {
                late.await("wish/" + id, "off");
                assertThat(late.received().getFirst().retained()).isTrue();
            }
        }
    }

    @Test
    void a_broker_that_refuses_or_is_not_there_is_told_once_and_harms_nothing() { // MQT-130
        assertThat(suite.log())
                .contains("bridge unwelcome: not connected to 127.0.0.1:" + MOSQUITTO.closedPort())
                .contains("NOT_AUTHORIZED")
                .contains("bridge nowhere: not connected to 127.0.0.1:1,")
                .doesNotContain("not-the-password");
        assertThat(suite.log().lines().filter(line -> line.contains("bridge nowhere: not connected")))
                .hasSizeLessThan(4);
    }

    /** What the management ports of both gateways say. */
    private static String management(String path) throws Exception {
        StringBuilder all = new StringBuilder();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int port : List.of(suite.managementPort(), suite.managementPort() + 10)) {
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build();
                all.append(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
            }
        }
        return all.toString();
    }

    @Test
    void health_and_metrics_tell_the_state_of_each_bridge() throws Exception { // MQT-124, MQT-130
        Awaitility.await("one gateway with the bridge")
                .atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(management("/q/metrics").lines())
                        .filteredOn(line -> line.startsWith("realtime_bridge_up{bridge=\"factory\"} 1.0"))
                        .hasSize(1));
        Awaitility.await("a whole report")
                .atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(management("/q/health/ready"))
                        .contains("another gateway has it")
                        .containsPattern("\"factory\": *\"connected\"")
                        .containsPattern("\"unwelcome\": *\"not connected to the other broker\"")
                        .doesNotContain("DOWN"));
    }

    @Test
    void nothing_is_lost_and_order_stays_while_the_other_broker_is_killed() throws Exception { // MQT-127, MQT-128
        String id = fresh();
        try (Peer device = remote().subscribe("cloud/" + id);
                Peer publisher = local(0);
                Peer sensor = remote();
                Peer channel = local(1).subscribe("factory/" + id)) {
            for (int n = 0; n < 300; n++) {
                if (n == 100) {
                    MOSQUITTO.kill();
                }
                if (n == 200) {
                    MOSQUITTO.start();
                }
                publisher.publish("orders/" + id, "n" + n);
                if (n < 100 || n >= 200) {
                    sensor.publish("site/" + id, "n" + n);
                }
            }
            device.await("cloud/" + id, "n299");
            channel.await("factory/" + id, "n299");
            List<String> sensed = new ArrayList<>(numbered(300));
            sensed.subList(100, 200).clear();
            report("broker killed", device.texts("cloud/" + id), channel.texts("factory/" + id));
            assertThat(device.first("cloud/" + id)).isEqualTo(numbered(300));
            assertThat(channel.first("factory/" + id)).isEqualTo(sensed);
        }
    }

    private static void report(String what, List<String> out, List<String> in) {
        System.out.printf(
                "%s: %d of %d out and %d of %d in were repeats%n",
                what,
                out.size() - out.stream().distinct().count(),
                out.size(),
                in.size() - in.stream().distinct().count(),
                in.size());
    }

    /** The number of the gateway that took a bridge last. */
    private static int holder(String bridge) {
        List<String> lines = suite.log()
                .lines()
                .filter(line -> line.contains("bridge " + bridge + ": this gateway has it now"))
                .toList();
        return lines.getLast().contains("gateway-1") ? 1 : 0;
    }

    private static long taken(String bridge) {
        return suite.log()
                .lines()
                .filter(line -> line.contains("bridge " + bridge + ": this gateway has it now"))
                .count();
    }

    @Test
    void the_other_gateway_takes_over_when_the_one_with_the_bridge_is_killed() throws Exception { // MQT-124
        String id = fresh();
        int holder = holder("factory");
        long taken = taken("factory");
        try (Peer device = remote().subscribe("cloud/" + id);
                Peer publisher = local(1 - holder);
                Peer sensor = remote();
                Peer channel = local(1 - holder).subscribe("factory/" + id)) {
            long killed = 0;
            var taking = new CompletableFuture<Long>();
            for (int n = 0; n < 300; n++) {
                if (n == 100) {
                    suite.kill("gateway-" + holder);
                    killed = System.nanoTime();
                    Thread.ofVirtual().start(() -> {
                        Awaitility.await("another holder").atMost(LIMIT).until(() -> taken("factory") > taken);
                        taking.complete(System.nanoTime());
                    });
                }
                publisher.publish("orders/" + id, "n" + n);
                sensor.publish("site/" + id, "n" + n);
            }
            device.await("cloud/" + id, "n299");
            channel.await("factory/" + id, "n299");
            System.out.printf(
                    "gateway killed: taken after %.1f s%n",
                    (taking.get(LIMIT.toSeconds(), TimeUnit.SECONDS) - killed) / 1e9);
            report("gateway killed", device.texts("cloud/" + id), channel.texts("factory/" + id));
            assertThat(device.first("cloud/" + id)).isEqualTo(numbered(300));
            assertThat(channel.first("factory/" + id)).isEqualTo(numbered(300));
        }
        suite.awaitReady(LIMIT);
    }

    @Test
    void ten_thousand_at_once_pass_in_both_directions_in_order() throws Exception { // MQT-129
        String id = fresh();
        List<Long> before = pids();
        try (Peer device = remote().subscribe("cloud/" + id);
                Peer publisher = local(0);
                Peer sensor = remote();
                Peer channel = local(1).subscribe("factory/" + id)) {
            sensor.flood("site/" + id, numbered(MANY));
            publisher.flood("orders/" + id, numbered(MANY));
            channel.await("factory/" + id, "n" + (MANY - 1));
            device.await("cloud/" + id, "n" + (MANY - 1));
            assertThat(channel.first("factory/" + id)).isEqualTo(numbered(MANY));
            assertThat(device.first("cloud/" + id)).isEqualTo(numbered(MANY));
            report("ten thousand", device.texts("cloud/" + id), channel.texts("factory/" + id));
        }
        assertThat(pids()).isEqualTo(before);
    }

    private static List<Long> pids() {
        return List.of(
                suite.pid("gateway-0").orElseThrow(), suite.pid("gateway-1").orElseThrow());
    }
}
