package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.gateway.transport.mqtt.packet.PacketException;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import java.util.HashMap;
import java.util.Map;

/** The aliases that a client has set for topics (MQTT 5 section 3.3.2.3.4); they end with the network connection. */
public final class TopicAliases {
    private final int maximum;
    private final Map<Integer, String> topics = new HashMap<>();

    /**
     * Makes it.
     *
     * @param maximum highest alias, as CONNACK says; 0 for none
     */
    public TopicAliases(int maximum) {
        this.maximum = maximum;
    }

    /**
     * The topic of a PUBLISH; throws PacketException where the alias is beyond the maximum or was never set.
     *
     * @param topic empty where only the alias is given
     * @param alias 0 where none is given
     */
    public String resolve(String topic, int alias) {
        if (alias == 0) {
            return topic;
        }
        if (alias > maximum) {
            throw new PacketException(ReasonCode.TOPIC_ALIAS_INVALID, "a topic alias beyond the maximum");
        }
        if (!topic.isEmpty()) {
            topics.put(alias, topic);
            return topic;
        }
        String known = topics.get(alias);
        if (known == null) {
            throw new PacketException(ReasonCode.PROTOCOL_ERROR, "a topic alias that was not set");
        }
        return known;
    }
}
