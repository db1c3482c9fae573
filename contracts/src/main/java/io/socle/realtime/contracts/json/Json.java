package io.socle.realtime.contracts.json;

import java.util.List;
import java.util.Map;

/** A JSON value of an envelope. Only envelopes become such trees: data stays the bytes that it came as. */
public sealed interface Json {
    record Text(String value) implements Json {}

    /** A number that is an integer literal within the range of long. */
    record Whole(long value) implements Json {}

    /** Any other number; no field of the protocol takes one, so its value is not kept. */
    record OtherNumber() implements Json {}

    record Flag(boolean value) implements Json {}

    record Null() implements Json {}

    record Items(List<Json> values) implements Json {}

    record Fields(Map<String, Json> values) implements Json {}

    /** The bytes of a message's data as they stood in the frame. */
    record Raw(byte[] bytes) implements Json {}
}
