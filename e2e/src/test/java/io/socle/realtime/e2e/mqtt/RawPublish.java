package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.mqtt.RawMqtt.Received;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A PUBLISH of the server, version 5.
 *
 * @param packetId 0 where there is none
 */
record RawPublish(
        String topic, int qos, boolean duplicate, boolean retain, int packetId, RawProperties properties, String text) {
    static RawPublish of(Received packet) {
        assertThat(packet.type()).as("the type of a PUBLISH").isEqualTo(3);
        int topicLength = packet.at(0) << 8 | packet.at(1);
        int at = 2 + topicLength;
        int qos = packet.firstByte() >> 1 & 3;
        int packetId = qos == 0 ? 0 : packet.at(at) << 8 | packet.at(at + 1);
        var properties = RawProperties.read(packet.body(), qos == 0 ? at : at + 2);
        return new RawPublish(
                new String(packet.body(), 2, topicLength, StandardCharsets.UTF_8),
                qos,
                (packet.firstByte() & 8) != 0,
                (packet.firstByte() & 1) != 0,
                packetId,
                properties,
                new String(
                        Arrays.copyOfRange(packet.body(), properties.end(), packet.body().length),
                        StandardCharsets.UTF_8));
    }

    static RawPublish next(RawMqtt raw) {
        return of(raw.read());
    }

    /** User properties but for those of the trace, which is the server's own. */
    List<String> user() {
        return properties.values(RawProperties.USER_PROPERTY).stream()
                .filter(pair -> !pair.startsWith("trace"))
                .toList();
    }
}
