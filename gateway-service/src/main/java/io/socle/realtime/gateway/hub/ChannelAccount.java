package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.spi.Link;

/**
 * What the link has been told of a channel's positions: each one as a message, as skipped or as lost, in order and once
 * (clause WS-22).
 */
final class ChannelAccount {
    private final String subscription;
    private final ChannelName channel;
    private final Ranges lost = new Ranges();
    private long epoch;
    private long written;

    ChannelAccount(String subscription, ChannelName channel) {
        this.subscription = subscription;
        this.channel = channel;
    }

    void begin(long ofEpoch) {
        epoch = ofEpoch;
    }

    /** Begins anew after an offset: whatever is told next is beyond it. */
    void startAt(long offset) {
        written = offset;
        lost.clear();
    }

    long epoch() {
        return epoch;
    }

    /** Offset of the last place that the link was told of. */
    long written() {
        return written;
    }

    Position at(long offset) {
        return new Position(epoch, offset);
    }

    /** Was owed and will not be sent: told when its place is reached. */
    void lost(long from, long to) {
        lost.add(from, to);
    }

    void wrote(long offset) {
        written = Math.max(written, offset);
    }

    /** Tells of every place up to this one that was not written and will not be. */
    void accountFor(long through, Link link) {
        for (Ranges.Range range = lost.takeUpTo(through); range != null; range = lost.takeUpTo(through)) {
            skip(range.from() - 1, link);
            link.push(new ServerFrame.Lost(subscription, channel, at(range.from()), at(range.to())));
            wrote(range.to());
        }
        skip(through, link);
    }

    private void skip(long to, Link link) {
        if (to > written) {
            link.push(new ServerFrame.Skipped(subscription, channel, at(written + 1), at(to)));
            written = to;
        }
    }
}
