package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.mqtt.flow.Subscriptions;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketWriter;
import io.socle.realtime.gateway.transport.mqtt.packet.Properties;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's subscriptions to the node's statistics (clauses MQT-113 to MQT-115): served here, without the log, at QoS 0.
 * Confined to its event loop.
 */
final class SystemTopics {
    /** Most filters of one connection. */
    static final int MOST = 20;

    private static final String TREE = "$SYS";
    private static final byte[] NOTHING = new byte[0];

    private final Client client;
    private final Source source;
    private final Map<String, Subscriptions.Entry> subscriptions = new LinkedHashMap<>();
    private final Map<String, String> told = new HashMap<>();
    private @Nullable ScheduledFuture<?> timer;

    /** Where the values are from, and how far apart they are told. */
    record Source(Statistics statistics, Duration interval) {}

    SystemTopics(Client client, Source source) {
        this.client = client;
        this.source = source;
    }

    static boolean isSystem(String filter) {
        return filter.equals(TREE) || filter.startsWith(TREE + '/');
    }

    /** No wildcard covers names that begin with a dollar sign: the capability has to say so. */
    static boolean mayRead(Principal who, ChannelFilter filter) {
        return who.isAnonymous()
                ? !who.capabilities().denies(filter)
                : who.capabilities().maySubscribe(filter);
    }

    /** Subscribes, and sends the present values as retained ones where they are wanted (MQTT 5 section 3.3.1.3). */
    void subscribe(Subscriptions.Entry entry, IntConsumer answer) {
        boolean isNew = !subscriptions.containsKey(entry.filter().value());
        if (!mayRead(client.principal(), entry.filter())) {
            answer.accept(ReasonCode.NOT_AUTHORIZED);
            return;
        }
        if (isNew && subscriptions.size() >= MOST) {
            answer.accept(ReasonCode.QUOTA_EXCEEDED);
            return;
        }
        subscriptions.put(entry.filter().value(), entry);
        answer.accept(0);
        int handling = entry.options().retainHandling();
        // One packet may ask for them many times over, so who does not read misses them here as well.
        if ((handling == 0 || (handling == 1 && isNew)) && client.channel().isWritable()) {
            source.statistics().values().forEach((topic, value) -> {
                if (entry.filter().matches(new ChannelName(topic))) {
                    write(topic, value, true, entry);
                }
            });
        }
        if (timer == null) {
            told.putAll(source.statistics().values());
            schedule();
        }
    }

    boolean unsubscribe(String filter) {
        boolean known = subscriptions.remove(filter) != null;
        if (subscriptions.isEmpty()) {
            close();
        }
        return known;
    }

    int size() {
        return subscriptions.size();
    }

    private void schedule() {
        timer = client.channel().later(source.interval().toNanos(), this::tell);
    }

    /** Tells what has changed. A client that does not read misses it: the next value replaces it anyway. */
    private void tell() {
        if (client.channel().isWritable()) {
            source.statistics().values().forEach((topic, value) -> {
                if (!value.equals(told.put(topic, value))) {
                    tell(topic, value);
                }
            });
            client.channel().flush();
        }
        schedule();
    }

    private void tell(String topic, String value) {
        ChannelName name = new ChannelName(topic);
        for (Subscriptions.Entry entry : subscriptions.values()) {
            if (entry.filter().matches(name)) {
                write(topic, value, entry.options().retainAsPublished(), entry);
            }
        }
    }

    private void write(String topic, String value, boolean retain, Subscriptions.Entry entry) {
        byte[] payload = value.getBytes(StandardCharsets.UTF_8);
        Properties own = client.isFive() && entry.identifier() > 0
                ? Properties.builder().subscription(entry.identifier()).build()
                : Properties.NONE;
        ChannelName name = new ChannelName(topic);
        byte[] head = client.publish(new PacketWriter.Head(0, retain, false, 0), name, own, NOTHING, payload.length);
        if (client.takes((long) head.length + payload.length)) {
            client.accepted(name);
            client.channel().write(head, payload);
        }
    }

    void close() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        told.clear();
    }
}
