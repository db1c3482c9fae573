package io.socle.realtime.contracts.json;

/** Says where in an envelope a message's data stands, so that the reader keeps its bytes instead of looking inside. */
public enum Shape {
    PLAIN,
    MESSAGE,
    HISTORY_ITEM,
    PEER,
    FRAME,
    BATCH;

    /** The shape of the value, or of the elements of the array, at a key of an object of this shape. */
    public Shape at(String key) {
        return switch (this) {
            case FRAME ->
                key.equals("items")
                        ? HISTORY_ITEM
                        : key.equals("message") ? MESSAGE : key.equals("peers") ? PEER : PLAIN;
            case HISTORY_ITEM -> key.equals("message") ? MESSAGE : PLAIN;
            case BATCH -> key.equals("messages") ? MESSAGE : PLAIN;
            case MESSAGE, PEER, PLAIN -> PLAIN;
        };
    }

    boolean isData(String key) {
        return switch (this) {
            case MESSAGE -> key.equals("data");
            case FRAME, PEER -> key.equals("metadata");
            default -> false;
        };
    }
}
