package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the fuzz runs of the gateway's own tests found and kept, against the real one. */
@ExtendWith(SharedSuite.class)
class CorpusIT {
    private static final Path CORPUS = Commands.ROOT.resolve("gateway-service/src/test/resources/mqtt-corpus");

    private final Suite suite;
    private final String token;

    CorpusIT(Suite suite) {
        this.suite = suite;
        this.token = suite.tokens().everything("alice");
    }

    @Test
    void nobody_else_is_harmed_by_what_a_client_sends() throws IOException { // MQT-60
        String topic = "mqtt/" + UUID.randomUUID();
        int before = suite.log().length();
        var bystander = Clients5.connected(suite, token);
        try (Received received = Clients5.received(bystander);
                Stream<Path> files = Files.list(CORPUS)) {
            Clients5.subscribe(bystander, topic, MqttQos.EXACTLY_ONCE);
            List<Path> conversations = files.sorted().toList();
            assertThat(conversations).isNotEmpty();
            for (Path file : conversations) {
                List<byte[]> packets = packets(file);
                converse(new RawMqtt(suite), packets);
                converse(RawMqtt.connected(suite, token), packets.subList(1, packets.size()));
                Clients5.publish(bystander, topic, MqttQos.EXACTLY_ONCE, file.toString());
                assertThat(received.text()).isEqualTo(file.toString());
            }
        }
        bystander.disconnect();
        assertThat(suite.log().substring(before)).doesNotContain("ERROR", "Exception");
    }

    private static List<byte[]> packets(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(HexFormat.of()::parseHex)
                .toList();
    }

    /** Sends it at once and leaves, whatever is answered. */
    private static void converse(RawMqtt client, List<byte[]> packets) {
        try (client) {
            for (byte[] packet : packets) {
                if (!client.tryWrite(packet)) {
                    return;
                }
            }
        }
    }
}
