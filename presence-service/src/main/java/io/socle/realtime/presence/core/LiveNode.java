package io.socle.realtime.presence.core;

/**
 * A gateway node that holds a slot.
 *
 * @param slot its partition of the deliveries topic
 * @param incarnation offset of its claim
 * @param node its own name
 * @param renewed when it last spoke, in observed milliseconds (see {@link NodeDirectory})
 */
public record LiveNode(int slot, long incarnation, String node, long renewed) {
    LiveNode renewedAt(long observed) {
        return new LiveNode(slot, incarnation, node, observed);
    }
}
