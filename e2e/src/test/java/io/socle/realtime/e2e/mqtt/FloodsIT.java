package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.mqtt.RawMqtt.Bytes;
import io.socle.realtime.e2e.mqtt.RawMqtt.Received;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that ask for more than they take: what they can make the server keep has bounds, and it serves others all the while. */
@ExtendWith(SharedSuite.class)
class FloodsIT {
    private static final int FILTERS = 20_000;
    private static final int MOST_WAITING = 10_000;
    private static final int DO_NOT_SEND_RETAINED = 0x20;
    private static final int UNRELEASED = 5_000;

    private final Suite suite;
    private final String token;

    FloodsIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    private void assertServesOthers() {
        try (var other = RawMqtt.connected(suite, token)) {
            other.ping();
        }
    }

    private static byte[] manyTimes(String filter, int options) {
        Bytes body = new Bytes().bytes(0, 1, 0);
        for (int n = 0; n < FILTERS; n++) {
            body.text(filter).bytes(options);
        }
        return body.toBytes();
    }

    @Test
    void of_a_packet_with_more_filters_than_may_wait_the_rest_is_refused() { // MQT-30
        try (var raw = RawMqtt.connected(suite, token)) {
            raw.send(0x82, manyTimes("floods/a", DO_NOT_SEND_RETAINED));
            byte[] subAck = raw.read().body();
            Map<Integer, Integer> codes = new HashMap<>();
            for (int n = 3; n < subAck.length; n++) {
                codes.merge(subAck[n] & 0xff, 1, Integer::sum);
            }
            assertThat(codes).containsEntry(0, MOST_WAITING).containsEntry(0x97, FILTERS - MOST_WAITING);
            raw.subscribe(2, "floods/b", 0);
            raw.ping();
        }
        assertServesOthers();
    }

    @Test
    void statistics_that_one_packet_asks_for_many_times_do_not_pile_up() { // MQT-113
        String operator = suite.tokens().sign(Tokens.claims("operator").subscribe("$SYS/#"));
        try (var raw = RawMqtt.connected(suite, operator)) {
            raw.send(0x82, manyTimes("$SYS/#", 0));
            int publishes = 0;
            Received next = raw.read();
            for (; next.type() == 3; next = raw.read()) {
                publishes++;
            }
            assertThat(next.firstByte()).isEqualTo(0x90);
            assertThat(publishes).isBetween(10, FILTERS);
            raw.ping();
        }
        assertServesOthers();
    }

    @Test
    void a_client_that_does_not_count_its_publishes_of_qos_1_waits_for_decisions() { // MQT-15
        int publishes = 2_000;
        String topic = "floods/" + System.nanoTime();
        try (var raw = RawMqtt.connected(suite, token)) {
            Bytes all = new Bytes();
            for (int id = 1; id <= publishes; id++) {
                byte[] body = new Bytes().text(topic).bytes(id >> 8, id, 0, 'x').toBytes();
                all.bytes(0x32).variable(body.length).raw(body);
            }
            raw.write(all.toBytes());
            for (int id = 1; id <= publishes; id++) {
                assertThat(raw.read().body()).containsExactly(id >> 8, id);
            }
            raw.ping();
        }
    }

    @Test
    void a_client_of_3_1_1_may_leave_thousands_of_publishes_without_pubrel_and_release_them_later() { // MQT-13, MQT-15
        String topic = "floods/" + System.nanoTime();
        try (var raw = new RawMqtt(suite);
                var reader = RawMqtt.connected(suite, token)) {
            reader.subscribe(1, topic, 0);
            raw.send(0x10, RawMqtt.connect(4, "flood-" + System.nanoTime(), token, 60));
            assertThat(raw.read().at(1)).isZero();
            Bytes all = new Bytes();
            for (int id = 1; id <= UNRELEASED; id++) {
                byte[] body = new Bytes().text(topic).bytes(id >> 8, id, 'x').toBytes();
                all.bytes(0x34).variable(body.length).raw(body);
            }
            raw.write(all.toBytes());
            for (int id = 1; id <= UNRELEASED; id++) {
                assertThat(raw.read().firstByte()).isEqualTo(0x50);
            }
            for (int id = 1; id <= UNRELEASED; id++) {
                raw.acknowledge(0x62, id);
                assertThat(raw.read().firstByte()).isEqualTo(0x70);
            }
            for (int n = 0; n < UNRELEASED; n++) {
                assertThat(RawPublish.next(reader).text()).isEqualTo("x");
            }
        }
    }

    @Test
    void pongs_that_nobody_reads_do_not_pile_up() throws IOException { // FLO-1
        int pings = 400_000;
        byte[] ping = new byte[6 + 125];
        ping[0] = (byte) 0x89;
        ping[1] = (byte) (0x80 | 125);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), suite.mqttWebSocketPort())) {
            socket.setSoTimeout(20_000);
            var in = new DataInputStream(socket.getInputStream());
            var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            shakeHands(in, out);
            for (int n = 0; n < pings; n++) {
                out.write(ping);
            }
            out.flush();
            assertServesOthers();
            assertThat(pongs(socket, in)).isBetween(1L, pings - 1L);
        }
    }

    private static void shakeHands(DataInputStream in, OutputStream out) throws IOException {
        out.write(("GET /mqtt HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Protocol: mqtt\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101");
    }

    /** How many there are until none comes any more. */
    private static long pongs(Socket socket, DataInputStream in) throws IOException {
        socket.setSoTimeout(2_000);
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (SocketTimeoutException e) {
            // That was the last one.
        }
        return bytes / (2 + 125);
    }
}
