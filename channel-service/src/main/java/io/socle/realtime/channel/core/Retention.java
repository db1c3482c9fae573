package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Policies.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * Which history a policy keeps. Trims exactly by count; by bytes and age it drops whole segments of about a sixteenth,
 * so that a publication costs one deletion and no reading.
 */
final class Retention {
    /** Into how many segments a full history is cut by each of its three bounds. */
    static final int SEGMENTS = 16;

    private Retention() {}

    /** The state with one more publication of so many bytes, before any trimming. */
    static ChannelState appended(ChannelState channel, long bytes, long time, Policy policy) {
        long offset = channel.head() + 1;
        List<Segment> segments = new ArrayList<>(channel.segments());
        if (segments.isEmpty() || isFull(segments.getLast(), offset, time, policy)) {
            segments.add(new Segment(offset, bytes, time));
        } else {
            segments.add(segments.removeLast().with(bytes, time));
        }
        return channel.withHistory(offset, channel.first(), time, segments);
    }

    /** Time cuts at fixed places, so that a quiet channel's segment does not stay young for ever. */
    private static boolean isFull(Segment last, long offset, long time, Policy policy) {
        long span = Math.max(1, policy.historyAge().toMillis() / SEGMENTS);
        return offset - last.first() >= Math.max(1, policy.historyMessages() / SEGMENTS)
                || last.bytes() >= Math.max(1, policy.historyBytes() / SEGMENTS)
                || time / span != last.lastTime() / span;
    }

    /** The state with what the policy no longer keeps taken off its accounting. */
    static ChannelState trimmed(ChannelState channel, long now, Policy policy) {
        long first = Math.max(channel.first(), channel.head() - policy.historyMessages() + 1);
        List<Segment> segments = cut(channel, first);
        long bytes = segments.stream().mapToLong(Segment::bytes).sum();
        int dropped = 0;
        while (dropped < segments.size()
                && (bytes > policy.historyBytes() || isTooOld(segments.get(dropped), now, policy))) {
            bytes -= segments.get(dropped).bytes();
            dropped++;
            first = dropped < segments.size() ? segments.get(dropped).first() : channel.head() + 1;
        }
        if (first == channel.first()) {
            return channel;
        }
        return channel.withHistory(
                channel.head(), first, channel.lastTime(), segments.subList(dropped, segments.size()));
    }

    /** The state when the message at a kept offset no longer counts. */
    static ChannelState freed(ChannelState channel, long offset, long bytes) {
        List<Segment> segments = new ArrayList<>(channel.segments());
        for (int i = 0; i < segments.size(); i++) {
            long end = i + 1 < segments.size() ? segments.get(i + 1).first() - 1 : channel.head();
            if (segments.get(i).first() <= offset && offset <= end) {
                segments.set(i, segments.get(i).without(bytes, end));
            }
        }
        return channel.withHistory(channel.head(), channel.first(), channel.lastTime(), segments);
    }

    private static boolean isTooOld(Segment segment, long now, Policy policy) {
        return now - segment.lastTime() > policy.historyAge().toMillis();
    }

    private static List<Segment> cut(ChannelState channel, long first) {
        List<Segment> all = channel.segments();
        if (first == channel.first()) {
            return all;
        }
        List<Segment> kept = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            long end = i + 1 < all.size() ? all.get(i + 1).first() - 1 : channel.head();
            if (end >= first) {
                kept.add(all.get(i).cut(first, end));
            }
        }
        return kept;
    }

    /** When the oldest segment will be too old, in milliseconds of the Unix epoch. */
    static long dueTime(ChannelState channel, Policy policy) {
        long last = channel.segments().getFirst().lastTime();
        long age = policy.historyAge().toMillis();
        return age > Long.MAX_VALUE - last - 1 ? Long.MAX_VALUE : last + age + 1;
    }
}
