package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.history.Event;
import io.socle.realtime.e2e.history.History;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For how long messages of a channel waited and none was acknowledged, since faults strike. That nobody published is no
 * pause, nor is the first message's wait for a service that has just begun. A message waits from its first attempt on.
 */
final class ChannelPauses {
    private final Map<String, Map<String, Long>> waiting = new HashMap<>();
    private final Map<String, Long> acknowledged = new HashMap<>();
    private boolean struck;
    private long longest;

    private ChannelPauses() {}

    static Duration longest(List<History.Entry> entries) {
        var pauses = new ChannelPauses();
        entries.forEach(pauses::add);
        return Duration.ofNanos(pauses.longest);
    }

    private void add(History.Entry entry) {
        switch (entry.event()) {
            case Event.Struck now -> struck = true;
            case Event.Send send -> of(send.channel()).putIfAbsent(send.id(), entry.nanos());
            case Event.Ack ack -> acknowledged(ack, entry.nanos());
            default -> {}
        }
    }

    private void acknowledged(Event.Ack ack, long now) {
        // The oldest comes first.
        Map<String, Long> ofChannel = of(ack.channel());
        long since = ofChannel.values().stream().findFirst().orElse(now);
        long pause = now - Math.max(since, acknowledged.getOrDefault(ack.channel(), since));
        if (struck) {
            longest = Math.max(longest, pause);
        }
        ofChannel.remove(ack.id());
        acknowledged.put(ack.channel(), now);
    }

    private Map<String, Long> of(String channel) {
        return waiting.computeIfAbsent(channel, name -> new LinkedHashMap<>());
    }
}
