package io.socle.realtime.signaling.core;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured of rooms.
 *
 * @param peers most peers of a room
 * @param fullMesh up to how many peers each is advised to connect to each
 * @param rooms most rooms of a partition
 * @param grace how long a peer whose connection is lost may come back
 * @param stripsPrivate whether candidates with addresses of private ranges are kept from other peers
 * @param bound namespaces whose rooms have the channel of the same name as their log of record
 * @param ice the servers that peers are told
 */
public record Bounds(
        int peers, int fullMesh, int rooms, Duration grace, boolean stripsPrivate, Set<String> bound, Ice ice) {
    public Bounds {
        bound = Set.copyOf(bound);
    }

    /**
     * The servers that peers are told.
     *
     * @param stun addresses that need no credential
     * @param turn addresses that need one
     * @param signer makes their passwords; null where there are none
     * @param timeToLive of a credential
     */
    public record Ice(
            List<String> stun, List<String> turn, @Nullable Signer signer, Duration timeToLive) {
        public static final Ice NONE = new Ice(List.of(), List.of(), null, Duration.ofMinutes(5));

        public Ice {
            stun = List.copyOf(stun);
            turn = List.copyOf(turn);
        }
    }
}
