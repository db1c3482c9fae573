package io.socle.realtime.contracts.signaling;

import org.jspecify.annotations.Nullable;

/**
 * A way by which a peer may be reached, as a browser's RTCIceCandidate has it.
 *
 * @param candidate the candidate attribute of RFC 8839 section 5.1, without {@code a=}
 * @param sdpMid the media section that it belongs to; null where it is named by its number, or there is only one
 * @param sdpMLineIndex the number of that media section
 * @param usernameFragment of the description that it belongs to; null where the client does not say
 */
public record IceCandidate(
        String candidate,
        @Nullable String sdpMid,
        @Nullable Integer sdpMLineIndex,
        @Nullable String usernameFragment) {
    /** Addresses are nobody's business but the peers' (clause SIG-42). */
    @Override
    public String toString() {
        return "IceCandidate[of " + candidate.length() + " characters]";
    }
}
