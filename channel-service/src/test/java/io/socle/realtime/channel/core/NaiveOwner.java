package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules written down as plainly as possible: a list of everything ever published, and each answer computed anew
 * from it. It does not know what was trimmed; the test says.
 */
final class NaiveOwner {
    final List<Publication> published = new ArrayList<>();
    final Map<String, Long> epochs = new HashMap<>();
    final Map<Integer, Long> incarnations = new TreeMap<>();
    final Map<Integer, Set<String>> interests = new TreeMap<>();
    private final List<Numbered> numbered = new ArrayList<>();
    /** Log positions of messages that were deleted, and of all that were on a channel that was. */
    private final Set<Long> deleted = new HashSet<>();

    private final Set<Long> gone = new HashSet<>();
    private final Policies.Deduplication window;
    long now;

    /** One appended message. */
    record Publication(RealtimeMessage message, long offset, long time, long logPosition) {
        String channel() {
            return message.channel().value();
        }

        boolean isKept() {
            return message.privacy().store() && message.offline().mode() != OfflinePolicy.Mode.DROP;
        }
    }

    private record Numbered(String channel, ProducerSequence number, long offset) {}

    NaiveOwner(Policies.Deduplication window) {
        this.window = window;
    }

    List<Publication> of(String channel) {
        return published.stream()
                .filter(each -> each.channel().equals(channel) && !isGone(each))
                .toList();
    }

    boolean isGone(Publication each) {
        return gone.contains(each.logPosition());
    }

    /** Answers "done" or a failure code. */
    String delete(Command.Delete command) {
        String channel = command.channel().value();
        Position position = command.position();
        if (position == null) {
            of(channel).forEach(each -> gone.add(each.logPosition()));
            numbered.removeIf(each -> each.channel().equals(channel));
            epochs.remove(channel);
            return "done";
        }
        List<Publication> all = of(channel);
        boolean present = Long.valueOf(position.epoch()).equals(epochs.get(channel))
                && position.offset() >= 1
                && position.offset() <= all.size();
        if (present) {
            deleted.add(all.get((int) position.offset() - 1).logPosition());
        }
        return present ? "done" : "UNKNOWN_POSITION";
    }

    boolean isFenced(Origin origin) {
        return origin.incarnation() < incarnations.getOrDefault(origin.slot(), Long.MIN_VALUE);
    }

    void meet(int slot, long incarnation) {
        if (incarnation > incarnations.getOrDefault(slot, Long.MIN_VALUE)) {
            incarnations.put(slot, incarnation);
            interests.remove(slot);
        }
    }

    void subscribe(int slot, String filter) {
        interests.computeIfAbsent(slot, key -> new TreeSet<>()).add(filter);
    }

    void unsubscribe(int slot, String filter) {
        interests.getOrDefault(slot, new TreeSet<>()).remove(filter);
    }

    List<Integer> interested(ChannelName channel) {
        return interests.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(filter -> new ChannelFilter(filter).matches(channel)))
                .map(Map.Entry::getKey)
                .toList();
    }

    long create(String channel, long clusterBits, long logPosition) {
        return epochs.computeIfAbsent(channel, name -> clusterBits | logPosition);
    }

    /** What becomes of a publication, in short: the offset, "12 repeat", or a failure code. */
    String publish(Command.Publish publish, long logPosition, long clusterBits) {
        ProducerSequence number = publish.producer();
        String verdict =
                number == null ? null : judge(publish.message().channel().value(), number);
        if (verdict != null) {
            return verdict;
        }
        Publication first = remembered(publish.message());
        if (first == null && number == null && isStale(publish.message().id())) {
            return "STALE_MESSAGE_ID";
        }
        long offset = first == null ? append(publish.message(), logPosition, clusterBits) : first.offset();
        if (number != null) {
            numbered.add(new Numbered(publish.message().channel().value(), number, offset));
        }
        return offset + (first == null ? "" : " repeat");
    }

    private long append(RealtimeMessage message, long logPosition, long clusterBits) {
        String channel = message.channel().value();
        long epoch = create(channel, clusterBits, logPosition);
        long offset = of(channel).size() + 1L;
        RealtimeMessage placed = message.toBuilder()
                .position(new Position(epoch, offset))
                .timestamp(message.timestamp() == null ? Instant.ofEpochMilli(now) : message.timestamp())
                .build();
        published.add(new Publication(placed, offset, now, logPosition));
        return offset;
    }

    private @Nullable Publication remembered(RealtimeMessage message) {
        long from = Math.max(0, published.size() - window.publications());
        for (int i = published.size() - 1; i >= from; i--) {
            Publication each = published.get(i);
            boolean same = each.message().id().equals(message.id())
                    && each.message().channel().equals(message.channel());
            if (same && !isGone(each) && now - each.time() <= window.age().toMillis()) {
                return each;
            }
        }
        return null;
    }

    private boolean isStale(String id) {
        return id.startsWith("0")
                && id.length() == 36
                && now - Long.parseLong(id.substring(0, 13).replace("-", ""), 16)
                        > window.age().toMillis();
    }

    private @Nullable String judge(String channel, ProducerSequence number) {
        List<Numbered> own = numbered.stream()
                .filter(each -> each.channel().equals(channel)
                        && each.number().producer().equals(number.producer()))
                .toList();
        long epoch = own.stream().mapToLong(each -> each.number().epoch()).max().orElse(number.epoch());
        if (number.epoch() < epoch) {
            return "PRODUCER_FENCED";
        }
        List<Numbered> life = own.stream()
                .filter(each -> each.number().epoch() == number.epoch())
                .toList();
        if (number.sequence() > life.size() + 1L) {
            return "SEQUENCE_GAP";
        }
        if (number.sequence() == life.size() + 1L) {
            return null;
        }
        return life.size() - number.sequence() < 32
                ? life.get((int) number.sequence() - 1).offset() + " repeat"
                : "SEQUENCE_FORGOTTEN";
    }

    /** Whether a reader is owed a publication now, if history still reaches back to it. */
    boolean isOwed(Publication each) {
        return each.isKept() && !isExpired(each) && !isCollapsed(each) && !deleted.contains(each.logPosition());
    }

    private boolean isExpired(Publication each) {
        Instant expiry = each.message().expiry();
        Duration timeToLive = each.message().offline().timeToLive();
        return (expiry != null && expiry.toEpochMilli() <= now)
                || (timeToLive != null && each.time() + timeToLive.toMillis() <= now);
    }

    private boolean isCollapsed(Publication each) {
        OfflinePolicy offline = each.message().offline();
        return offline.mode() == OfflinePolicy.Mode.LATEST
                && of(each.channel()).stream()
                        .anyMatch(later -> later.offset() > each.offset()
                                && later.message().offline().mode() == OfflinePolicy.Mode.LATEST
                                && String.valueOf(offline.collapseKey())
                                        .equals(later.message().offline().collapseKey()));
    }

    /** The retained message, were it not expired: the last that said so and had data. */
    @Nullable
    Publication retained(String channel) {
        Publication last = null;
        for (Publication each : of(channel)) {
            if (each.message().retain() && each.message().privacy().store()) {
                last = each.message().data().isEmpty() ? null : each;
            }
        }
        return last == null || isExpired(last) || deleted.contains(last.logPosition()) ? null : last;
    }
}
