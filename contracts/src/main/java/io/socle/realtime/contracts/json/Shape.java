package io.socle.realtime.contracts.json;

/** Says where in an envelope a message's data stands, so that the reader keeps its bytes instead of looking inside. */
public enum Shape {
    PLAIN,
    MESSAGE,
    HISTORY_ITEM,
    PEER,
    FRAME,
    CLIENT_FRAME,
    MEMBER,
    BATCH;

    /** The shape of the value, or of the elements of the array, at a key of an object of this shape. */
    public Shape at(String key) {
        return switch (this) {
            case FRAME ->
                switch (key) {
                    case "items" -> HISTORY_ITEM;
                    case "message" -> MESSAGE;
                    case "members" -> MEMBER;
                    case "peers" -> PEER;
                    default -> PLAIN;
                };
            case CLIENT_FRAME -> key.equals("message") ? MESSAGE : PLAIN;
            case HISTORY_ITEM -> key.equals("message") ? MESSAGE : PLAIN;
            case BATCH -> key.equals("messages") ? MESSAGE : PLAIN;
            case MESSAGE, MEMBER, PEER, PLAIN -> PLAIN;
        };
    }

    boolean isData(String key) {
        return switch (this) {
            case MESSAGE -> key.equals("data");
            case FRAME, PEER -> key.equals("metadata");
            // Also the member's state is its own, and what it says comes out as it went in.
            case CLIENT_FRAME -> key.equals("state") || key.equals("metadata");
            case MEMBER -> key.equals("state");
            default -> false;
        };
    }
}
