package io.socle.realtime.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Peers in real browsers: data, media, glare, ICE restarts, a real TURN server, and processes that are killed meanwhile. */
class RoomsInBrowserIT {
    private static final Duration RESTART = Duration.ofMinutes(2);
    private static final int GATEWAY_STEP = 10;
    private static final int GLARES = 10;

    /** How many candidates of relays a connection with these servers finds. */
    private static final String RELAYS = """
            async (iceServers) => {
              const connection = new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" });
              let found = 0;
              const gathered = new Promise((resolve) => {
                connection.onicecandidate = ({ candidate }) => candidate?.candidate ? found++ : resolve();
              });
              connection.createDataChannel("any");
              await connection.setLocalDescription();
              await gathered;
              connection.close();
              return found;
            }""";

    private static Coturn coturn;
    private static Suite suite;
    private static Chromium chromium;

    private final String room = "bound/" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        coturn = new Coturn();
        suite = Suite.start(
                "rooms",
                Map.of(
                        "realtime.signaling.turn.urls",
                        coturn.url(),
                        "realtime.signaling.turn.secret",
                        coturn.secret(),
                        "realtime.signaling.bound",
                        "bound",
                        // Longer than a loaded machine takes to start a gateway again.
                        "realtime.signaling.grace",
                        "1M",
                        "realtime.http.allowed-origins",
                        "/http://127.0.0.1:[0-9]+/"),
                "--gateways",
                "2");
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        suite.close();
        coturn.close();
    }

    private static String gateway(int number) {
        return "ws://127.0.0.1:" + (suite.gatewayPort() + GATEWAY_STEP * number) + "/ws";
    }

    private RoomPage open(String subject, String... gateways) {
        String token = suite.tokens()
                .sign(Tokens.claims(subject)
                        .signal("bound/#")
                        .publish("bound/#")
                        .subscribe("bound/#"));
        return RoomPage.open(chromium, suite, token, List.of(gateways));
    }

    private RoomPage alice() {
        return open("alice", gateway(0), gateway(1));
    }

    private RoomPage bob() {
        return open("bob", gateway(1), gateway(0));
    }

    private void meet(RoomPage first, RoomPage second, String options) {
        first.enter(room, options);
        second.enter(room, options);
        first.awaitOpen();
        second.awaitOpen();
    }

    private static void say(RoomPage from, RoomPage to, String text) {
        from.evaluate("() => peer().channel.send('" + text + "')");
        to.await("() => state.heard.includes('" + text + "')");
    }

    @Test
    void two_pages_have_data_and_media_and_glare_always_comes_to_an_end() { // SIG-20, SIG-22, SIG-26
        try (RoomPage alice = alice();
                RoomPage bob = bob()) {
            meet(alice, bob, "{ media: true }");
            say(alice, bob, "hello");
            say(bob, alice, "hello yourself");
            alice.await("async () => (await stat('inbound-rtp', 'packetsReceived')).filter((n) => n > 0).length === 2");
            bob.await("async () => (await stat('inbound-rtp', 'framesDecoded')).some((n) => n > 0)");
            for (int i = 0; i < GLARES; i++) {
                alice.evaluate("() => void peer().negotiate()");
                bob.evaluate("() => void peer().negotiate()");
            }
            alice.evaluate("() => peer().restartIce()");
            bob.evaluate("() => peer().restartIce()");
            for (RoomPage page : List.of(alice, bob)) {
                page.await("() => peer().connection.signalingState === 'stable'"
                        + " && ['connected', 'completed'].includes(peer().connection.iceConnectionState)");
            }
            say(alice, bob, "after the glare");
            say(bob, alice, "still there");
        }
    }

    @Test
    void an_ice_restart_changes_the_way_and_keeps_the_channel() { // SIG-24, SIG-26
        try (RoomPage alice = alice();
                RoomPage bob = bob()) {
            meet(alice, bob, "{}");
            String fragment = "() => /a=ice-ufrag:(.*)/.exec(peer().connection.currentLocalDescription.sdp)[1]";
            Object before = bob.evaluate(fragment);
            alice.evaluate("() => peer().restartIce()");
            bob.await("() => " + fragment.substring(6) + " !== '" + before + "'");
            say(alice, bob, "by another way");
            assertThat(alice.evaluate("() => state.states.includes('closed')")).isEqualTo(false);
        }
    }

    @Test
    void what_is_established_goes_on_while_the_owner_of_rooms_is_killed_and_what_is_begun_completes() { // SIG-14
        long owner = suite.pid("signaling").orElseThrow();
        try (RoomPage alice = alice();
                RoomPage bob = bob();
                RoomPage carol = open("carol", gateway(0));
                RoomPage dave = open("dave", gateway(1))) {
            meet(alice, bob, "{}");
            bob.evaluate(
                    "() => { let n = 0; window.ticking = setInterval(() => peer().channel.send(`tick ${++n}`), 20); }");
            carol.enter(room + "/b", "{}");
            dave.page().evaluate("name => void enter(name, {})", room + "/b");
            dave.await("() => room()?.state === 'joined'");
            suite.kill(owner);
            carol.awaitOpen();
            dave.awaitOpen();
            say(carol, dave, "met");
            bob.evaluate("() => clearInterval(ticking)");
            say(bob, alice, "end");
            assertThat(
                            alice.evaluate(
                                    "() => state.heard.filter((text) => text.startsWith('tick')).every((text, i) => text === `tick ${i + 1}`)"))
                    .isEqualTo(true);
            for (RoomPage page : List.of(alice, bob)) {
                assertThat(page.evaluate("() => state.lefts")).isEqualTo(List.of());
                assertThat(page.evaluate("() => state.states.at(-1)")).isEqualTo("connected");
            }
        }
        suite.awaitReady(RESTART);
    }

    @Test
    void a_peer_whose_gateway_is_killed_goes_on_by_another_and_the_call_never_stops() { // SIG-10, SIG-11, SIG-13
        try (RoomPage alice = alice();
                RoomPage bob = bob()) {
            meet(alice, bob, "{}");
            suite.kill("gateway-0");
            say(bob, alice, "nobody needs a gateway for this");
            alice.await("() => state.rooms.includes('away') && room().state === 'joined'");
            alice.evaluate("() => peer().restartIce()");
            alice.await("() => peer().connection.signalingState === 'have-local-offer'"
                    + " || peer().connection.signalingState === 'stable'");
            say(alice, bob, "back by the other gateway");
            for (RoomPage page : List.of(alice, bob)) {
                page.await("() => peer().connection.signalingState === 'stable'");
                assertThat(page.evaluate("() => state.lefts")).isEqualTo(List.of());
            }
        }
        suite.awaitReady(RESTART);
    }

    @Test
    void what_is_established_goes_on_while_the_broker_is_killed_and_peers_negotiate_again_when_it_is_back() { // SIG-14
        try (RoomPage alice = alice();
                RoomPage bob = bob()) {
            meet(alice, bob, "{}");
            suite.kill("kafka");
            say(alice, bob, "nobody needs a log for this");
            String fragment = "/a=ice-ufrag:(.*)/.exec(peer().connection.currentLocalDescription.sdp)[1]";
            Object before = bob.evaluate("() => " + fragment);
            alice.evaluate("() => peer().restartIce()");
            suite.awaitReady(RESTART);
            bob.await("() => " + fragment + " !== '" + before + "'");
            say(alice, bob, "negotiated again");
            for (RoomPage page : List.of(alice, bob)) {
                assertThat(page.evaluate("() => state.lefts")).isEqualTo(List.of());
            }
        }
    }

    @Test
    void by_a_relay_alone_with_a_fresh_credential_and_not_with_another() { // SIG-30, SIG-31, SIG-33
        try (RoomPage alice = alice();
                RoomPage bob = bob()) {
            meet(alice, bob, "{ rtc: { iceTransportPolicy: 'relay' } }");
            say(alice, bob, "by the relay");
            say(bob, alice, "back by the relay");
            assertThat((List<?>) alice.evaluate("() => stat('local-candidate', 'candidateType')"))
                    .isNotEmpty()
                    .allMatch("relay"::equals);
            Map<?, ?> server =
                    (Map<?, ?>) ((List<?>) alice.evaluate("() => room().configuration.iceServers")).getFirst();
            String username = String.valueOf(server.get("username"));
            assertThat(username).matches("[0-9]+:alice@" + room);
            long expires = Long.parseLong(username.substring(0, username.indexOf(':')));
            assertThat(expires - Instant.now().getEpochSecond()).isBetween(1L, 300L);
            String password = String.valueOf(server.get("credential"));
            assertThat(relays(alice, username, password)).isPositive();
            assertThat(relays(alice, username, password.substring(1) + "A")).isZero();
            assertThat(relays(alice, username + "x", password)).isZero();
            String past = (Instant.now().getEpochSecond() - 1) + ":alice@" + room;
            assertThat(relays(alice, past, hmac(past))).isZero();
            String future = (Instant.now().getEpochSecond() + 60) + ":alice@" + room;
            assertThat(relays(alice, future, hmac(future))).isPositive();
        }
        assertThat(suite.log()).doesNotContain(coturn.secret());
    }

    private static int relays(RoomPage page, String username, String password) {
        var servers = List.of(Map.of("urls", coturn.url(), "username", username, "credential", password));
        return (int) page.page().evaluate(RELAYS, servers);
    }

    private static String hmac(String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(coturn.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void data_comes_once_whichever_way_it_comes_and_the_log_has_everything() { // SIG-60, SIG-61
        try (RoomPage alice = alice();
                RoomPage bob = bob()) {
            meet(alice, bob, "{}");
            publish(alice, 0, 20);
            // Peers cannot meet any more: the channel alone goes on.
            bob.evaluate("() => peer().connection.close()");
            publish(alice, 20, 40);
            bob.await("() => state.messages.length >= 40");
            List<Integer> all = IntStream.range(0, 40).boxed().toList();
            assertThat(bob.evaluate("() => state.messages.map(({ data }) => data)"))
                    .isEqualTo(all);
            assertThat(bob.evaluate("() => state.messages.some(({ via }) => via === 'peer')"))
                    .isEqualTo(true);
            String history = new HttpApi(suite, suite.tokens().everything("reader"))
                    .get(HttpApi.messages(room) + "?limit=100")
                    .body();
            all.forEach(n -> assertThat(history).contains("\"data\":" + n + ","));
        }
    }

    private static void publish(RoomPage page, int from, int to) {
        page.page()
                .evaluate(
                        "async ([from, to]) => { for (let n = from; n < to; n++) await room().publish(n); }",
                        List.of(from, to));
    }
}
