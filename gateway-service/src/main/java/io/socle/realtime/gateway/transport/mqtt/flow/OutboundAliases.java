package io.socle.realtime.gateway.transport.mqtt.flow;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The aliases that stand for topics on the way to the client (MQTT 5 section 3.3.2.3.4); they end with the network connection.
 * The first half of them go to the topics that come first, the others to topics that come a second time: topics that come
 * once, were they many, would use all up. None is taken away again, so that a packet without a topic never depends on how a replacement went. Not for use by several
 * threads.
 */
public final class OutboundAliases {
    /** Most aliases that are set, whatever the client allows. */
    public static final int MOST = 64;

    /** Most topics that are remembered because they came once. */
    private static final int REMEMBERED = 256;

    private final int maximum;
    private final Map<String, Integer> aliases = new HashMap<>();
    private final Set<String> once = new LinkedHashSet<>();

    /**
     * How the next PUBLISH names its topic.
     *
     * @param alias 0 for none
     * @param isSet whether the client knows it, so that the topic can be left out
     */
    public record Naming(int alias, boolean isSet) {
        static final Naming PLAIN = new Naming(0, false);
    }

    /**
     * Makes it.
     *
     * @param clientMaximum topic alias maximum of CONNECT; 0 for none
     */
    public OutboundAliases(long clientMaximum) {
        this.maximum = (int) Math.min(clientMaximum, MOST);
    }

    /** Changes nothing: a packet may turn out to be too large. */
    public Naming naming(String topic) {
        Integer known = aliases.get(topic);
        if (known != null) {
            return new Naming(known, true);
        }
        return getsOne(topic) ? new Naming(aliases.size() + 1, false) : Naming.PLAIN;
    }

    private boolean getsOne(String topic) {
        return aliases.size() < maximum && (aliases.size() < (maximum + 1) / 2 || once.contains(topic));
    }

    /** A packet that named its topic so was written. */
    public void written(String topic) {
        if (aliases.size() >= maximum || aliases.containsKey(topic)) {
            return;
        }
        if (getsOne(topic)) {
            aliases.put(topic, aliases.size() + 1);
            once.remove(topic);
        } else {
            once.add(topic);
            if (once.size() > REMEMBERED) {
                once.remove(once.iterator().next());
            }
        }
    }
}
