package io.socle.realtime.e2e.history;

import io.socle.realtime.contracts.message.Position;

/** Positions of a channel, both included, for which something else came in the place of messages. */
record Told(String channel, Position from, Position to) {
    boolean has(String inChannel, Position position) {
        return inChannel.equals(channel)
                && position.epoch() == from.epoch()
                && position.offset() >= from.offset()
                && position.offset() <= to.offset();
    }
}
