package io.socle.realtime.contracts.message;

/** Limits that are part of the protocol: the same on every node, not configurable. */
public final class Limits {
    /** Longest channel name or filter, in UTF-8 bytes. */
    public static final int CHANNEL_NAME_BYTES = 1024;
    /** Most segments of a channel name or filter. */
    public static final int CHANNEL_NAME_SEGMENTS = 64;
    /** Longest message id, producer id, correlation id or subscription name, in characters. */
    public static final int IDENTIFIER_CHARACTERS = 128;
    /** Longest content type, source or message type, in characters. */
    public static final int ATTRIBUTE_CHARACTERS = 512;
    /** Most headers of one message. */
    public static final int HEADERS = 64;
    /** All header names and values of one message together, in UTF-8 bytes. */
    public static final int HEADER_BYTES = 8 * 1024;
    /** Most receivers that a private message may name. */
    public static final int PRIVATE_RECEIVERS = 64;
    /** Deepest nesting of JSON in a frame or in data. */
    public static final int JSON_DEPTH = 256;
    /** Largest data of one message, in bytes; a deployment may set less, never more. */
    public static final int DATA_BYTES = 1024 * 1024;
    /** Most data bytes in one page of history, so that one reply never fills a link. */
    public static final int PAGE_BYTES = 256 * 1024;
    /** Most items in one page of history. */
    public static final int PAGE_ITEMS = 512;

    private Limits() {}
}
