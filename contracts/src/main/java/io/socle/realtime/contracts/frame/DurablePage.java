package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.frame.ServerFrame.HistoryItem;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.List;

/**
 * What a durable subscription answers to one who pulls (clause DUR-11).
 *
 * @param cursor the place up to which everything is acknowledged
 * @param existed whether the subscription was there before
 * @param items what comes after the cursor, oldest first
 * @param redelivered how many messages at the beginning are known to have been sent before
 * @param next the place that acknowledges all of it
 */
public record DurablePage(
        ChannelName channel, String cursor, boolean existed, List<HistoryItem> items, int redelivered, String next) {
    public DurablePage {
        items = List.copyOf(items);
    }
}
