package io.socle.realtime.contracts.signaling;

import org.jspecify.annotations.Nullable;

/**
 * One peer of a room as another one is told of it.
 *
 * @param peer its id, unique in the room for ever
 * @param subject who it is
 * @param polite whether the one who is told is the polite one of the two (clause SIG-20)
 * @param metadata what it says of itself
 */
public record PeerInfo(
        long peer, String subject, boolean polite, @Nullable Metadata metadata) {}
