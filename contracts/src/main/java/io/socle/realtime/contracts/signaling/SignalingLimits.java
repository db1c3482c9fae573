package io.socle.realtime.contracts.signaling;

/** Limits of signaling that are part of the protocol: the same on every node, not configurable (clause SIG-40). */
public final class SignalingLimits {
    /** Longest description of a session, in characters. */
    public static final int SDP_CHARACTERS = 64 * 1024;
    /** Longest line of a description, in characters. */
    public static final int SDP_LINE_CHARACTERS = 8 * 1024;
    /** Most media sections of a description. */
    public static final int SDP_MEDIA = 64;
    /** Longest candidate, in characters. */
    public static final int CANDIDATE_CHARACTERS = 1024;
    /** Longest username fragment; RFC 8839 section 5.4 allows no more. */
    public static final int FRAGMENT_CHARACTERS = 256;
    /** Longest metadata of a peer or a call, in bytes of JSON. */
    public static final int METADATA_BYTES = 4 * 1024;
    /** Most subjects that one call rings. */
    public static final int CALLEES = 16;
    /** How long a call may ring, in milliseconds: the least and the most. */
    public static final int RING_LEAST_MS = 1_000;

    public static final int RING_MOST_MS = 120_000;
    /** How long a call rings where the caller does not say. */
    public static final int RING_DEFAULT_MS = 30_000;
    /** Most subjects of one room that are rung and have not answered, or have accepted. */
    public static final int RUNG_PER_ROOM = 64;
    /** Most signals to one peer that are kept for its coming back. */
    public static final int KEPT_SIGNALS = 256;
    /** Most characters of the signals to one peer that are kept for its coming back. */
    public static final int KEPT_CHARACTERS = 256 * 1024;

    private SignalingLimits() {}
}
