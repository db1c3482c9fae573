package io.socle.realtime.contracts.failure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one table of everything that can go wrong: {@code docs/protocol/failures.md} is generated from it, and each
 * transport maps it to its own words by these columns. A code is never renamed or reused.
 */
public enum FailureCode {
    MALFORMED_FRAME(
            Family.PROBLEM,
            400,
            1003,
            0x81,
            false,
            "The frame or body is not one well-formed JSON object, or a part of it has the wrong JSON type."),
    DUPLICATE_KEY(
            Family.PROBLEM,
            400,
            1003,
            0x81,
            false,
            "An object of the envelope has the same key twice; data is not looked into."),
    TOO_DEEP(Family.PROBLEM, 400, 1003, 0x81, false, "The JSON is nested deeper than the protocol allows (256)."),
    UNKNOWN_TYPE(Family.PROBLEM, 400, 1003, 0x82, false, "The frame's type is none that a client may send."),
    UNKNOWN_FIELD(Family.PROBLEM, 400, 1003, 0x82, false, "The frame has a field that its type does not define."),
    MISSING_FIELD(Family.PROBLEM, 400, 1003, 0x82, false, "A field that the frame's type requires is absent."),
    INVALID_VALUE(
            Family.PROBLEM,
            400,
            1003,
            0x83,
            false,
            "A value is outside of what the protocol allows; the detail names the field and the rule."),
    INVALID_DATA(
            Family.PROBLEM,
            400,
            1003,
            0x99,
            false,
            "The data is not what its content type says, such as application/json that is not JSON."),
    INVALID_CHANNEL(
            Family.PROBLEM,
            400,
            1003,
            0x90,
            false,
            "The channel name breaks a naming rule: empty, too long, a control character, a wildcard in a publish."),
    RESERVED_CHANNEL(Family.PROBLEM, 403, 1008, 0x90, false, "The channel name begins with $, which is the system's."),
    INVALID_FILTER(
            Family.PROBLEM,
            400,
            1003,
            0x8F,
            false,
            "The channel filter breaks a naming rule or has a wildcard that does not fill its segment."),
    INVALID_CURSOR(Family.PROBLEM, 400, 1003, 0x83, false, "The position or cursor cannot be read."),
    CONNECT_FIRST(Family.PROBLEM, 401, 1008, 0x82, false, "A frame came before connect; the frame was ignored."),
    ALREADY_CONNECTED(Family.PROBLEM, 409, 1008, 0x82, false, "A second connect on one connection; the first stands."),
    FORBIDDEN(
            Family.PROBLEM,
            403,
            1008,
            0x87,
            false,
            "The token's capabilities do not cover the operation on that channel or filter."),
    PAYLOAD_TOO_LARGE(
            Family.PROBLEM, 413, 1009, 0x95, false, "The data of a message is larger than the deployment's limit."),
    BATCH_TOO_LARGE(
            Family.PROBLEM, 413, 1009, 0x97, false, "The batch has more messages than the limit; none was published."),
    SUBSCRIPTION_EXISTS(
            Family.PROBLEM,
            409,
            1008,
            0x83,
            false,
            "The connection has a subscription of that name; it goes on unchanged."),
    SUBSCRIPTION_UNKNOWN(Family.PROBLEM, 404, 1008, 0x11, false, "The connection has no subscription of that name."),
    TOO_MANY_SUBSCRIPTIONS(
            Family.PROBLEM, 403, 1008, 0x97, false, "The connection has as many subscriptions as the limit allows."),
    TOO_MANY_IN_FLIGHT(
            Family.PROBLEM,
            429,
            1008,
            0x93,
            true,
            "The connection has as many undecided commands as the limit allows; wait for replies."),
    TOO_MANY_MEMBERS(
            Family.PROBLEM, 429, 1008, 0x97, true, "The channel has as many members as it may have; try later."),
    TOO_MANY_ENTRIES(
            Family.PROBLEM, 429, 1008, 0x97, false, "The connection has entered as often as one may; leave first."),
    EPHEMERAL_CHANNEL(
            Family.PROBLEM,
            409,
            1008,
            0x83,
            false,
            "The channel's namespace is ephemeral: it has no history, no retained message, no numbering and no durable subscription."),
    STALE_MESSAGE_ID(
            Family.PROBLEM,
            409,
            1008,
            0x83,
            false,
            "The message id is a UUIDv7 older than the deduplication window: whether it is a repeat cannot be told."),
    SEQUENCE_GAP(
            Family.PROBLEM,
            409,
            1008,
            0x83,
            false,
            "The producer's sequence skips a number; publish the missing one first."),
    SEQUENCE_FORGOTTEN(
            Family.PROBLEM,
            409,
            1008,
            0x83,
            false,
            "The sequence was published before, too long ago for its position to be remembered; do not retry."),
    PRODUCER_FENCED(
            Family.PROBLEM,
            409,
            1008,
            0x83,
            false,
            "A later epoch of this producer has published on the channel; this epoch must stop."),
    TOO_MANY_PRODUCERS(
            Family.PROBLEM,
            429,
            1008,
            0x97,
            true,
            "The channel remembers as many producers as the limit allows; publish by message id instead."),
    UNKNOWN_POSITION(
            Family.PROBLEM,
            410,
            1008,
            0x83,
            false,
            "The position is of another epoch or beyond the channel's head: it never existed here. Subscribe anew."),
    CHANNEL_DELETED(
            Family.PROBLEM,
            410,
            1008,
            0x98,
            false,
            "The channel was deleted: its messages, positions and durable subscriptions are gone. Subscribe anew without a position if it is still wanted."),
    TAKEN_OVER(
            Family.PROBLEM,
            409,
            1008,
            0x8E,
            false,
            "A later attachment has taken the durable subscription, or the session of the MQTT client, over; this one is over."),
    DURABLE_UNKNOWN(
            Family.PROBLEM,
            404,
            1008,
            0x11,
            false,
            "The subject has no durable subscription of that name on the channel: never begun, deleted, or expired."),
    TOO_MANY_DURABLES(
            Family.PROBLEM,
            429,
            1008,
            0x97,
            true,
            "The channel has as many durable subscriptions as the limit allows."),
    TOO_MANY_SESSIONS(
            Family.PROBLEM,
            429,
            1008,
            0x97,
            true,
            "A partition of the log has as many sessions of MQTT clients as the limit allows."),
    SESSION_FULL(
            Family.PROBLEM,
            429,
            1008,
            0x97,
            true,
            "The session of the MQTT client remembers as much as the limit allows."),
    NOT_IN_ROOM(Family.PROBLEM, 409, 1008, 0x83, false, "The connection is no peer of that room; join it first."),
    ALREADY_IN_ROOM(
            Family.PROBLEM,
            409,
            1008,
            0x83,
            false,
            "The connection is a peer of that room, or about to be; it goes on."),
    ROOM_FULL(Family.PROBLEM, 429, 1008, 0x97, true, "The room has as many peers as the limit allows."),
    TOO_MANY_ROOMS(
            Family.PROBLEM,
            429,
            1008,
            0x97,
            true,
            "The connection is in as many rooms as the limit allows, or a partition of the log has as many rooms."),
    PEER_UNKNOWN(
            Family.PROBLEM,
            404,
            1008,
            0x83,
            false,
            "The room has no peer of that id: it left, or what it came back with is not its secret. Join anew."),
    UNEXPECTED_SIGNAL(
            Family.PROBLEM,
            409,
            1008,
            0x83,
            false,
            "The signal does not fit the state of the negotiation, such as an answer that nobody waits for. It was not handed on."),
    CALL_UNKNOWN(
            Family.PROBLEM,
            404,
            1008,
            0x83,
            false,
            "The room has no such call for this subject: it never was, or is over."),
    CALL_ANSWERED(
            Family.PROBLEM, 409, 1008, 0x83, false, "The subject has answered the call before, perhaps elsewhere."),
    TOO_MANY_CALLS(Family.PROBLEM, 429, 1008, 0x97, true, "The room calls as many subjects as the limit allows."),
    UNSUPPORTED_MEDIA_TYPE(
            Family.PROBLEM, 415, 1003, 0x99, false, "The request's Content-Type is none that this path accepts."),
    NOT_FOUND(Family.PROBLEM, 404, 1008, 0x83, false, "There is nothing at this path."),
    METHOD_NOT_ALLOWED(Family.PROBLEM, 405, 1008, 0x83, false, "The path does not answer this HTTP method."),
    TIMEOUT(
            Family.PROBLEM,
            504,
            1013,
            0x80,
            true,
            "No decision within the time limit: the outcome is unknown. Retry with the same id."),
    UNAVAILABLE(
            Family.PROBLEM,
            503,
            1013,
            0x88,
            true,
            "The log or the owner cannot be reached now. Nothing was accepted. Retry."),
    OVERLOADED(
            Family.PROBLEM,
            429,
            1013,
            0x97,
            true,
            "More is in flight than the gateway accepts, or the wait would be too long. Nothing was accepted. Retry later."),
    RATE_LIMITED(
            Family.PROBLEM,
            429,
            1013,
            0x96,
            true,
            "The channel is published to faster than its namespace allows, or a peer says more than the limit allows. Nothing was accepted. Retry later."),
    INTERNAL_ERROR(
            Family.PROBLEM, 500, 1011, 0x80, true, "A defect of the suite; the command was set aside for inspection."),
    UNAUTHORIZED(
            Family.DISCONNECT,
            401,
            4401,
            0x87,
            false,
            "No token, or one that is malformed, not yet valid, expired or not signed by a trusted key."),
    TOKEN_EXPIRED(
            Family.DISCONNECT,
            401,
            4401,
            0x87,
            true,
            "The token expired and was not refreshed. Come back with a new one."),
    ORIGIN_REFUSED(Family.DISCONNECT, 403, 4403, 0x87, false, "The page's origin is not among the allowed ones."),
    CONNECT_TIMEOUT(Family.DISCONNECT, 408, 4408, 0x80, true, "No connect frame within the time limit."),
    HEARTBEAT_TIMEOUT(
            Family.DISCONNECT, 408, 4409, 0x8D, true, "Nothing was received for longer than the heartbeat allows."),
    SLOW_CONSUMER(
            Family.DISCONNECT,
            429,
            4429,
            0x97,
            true,
            "The client did not read control frames within the time limit although asked to."),
    SHUTTING_DOWN(
            Family.DISCONNECT,
            503,
            1001,
            0x8B,
            true,
            "The gateway node is going away; come back after the advised delay, to any node."),
    NODE_FENCED(
            Family.DISCONNECT,
            503,
            4503,
            0x8B,
            true,
            "The gateway node lost its place in the cluster; come back after the advised delay."),
    PROTOCOL_ERROR(
            Family.DISCONNECT,
            400,
            1002,
            0x82,
            false,
            "A violation of RFC 6455: reserved bit or opcode, bad fragmentation, bad control frame, bad close code."),
    UNSUPPORTED_DATA(Family.DISCONNECT, 400, 1003, 0x82, false, "A binary WebSocket message on a text subprotocol."),
    INVALID_UTF8(Family.DISCONNECT, 400, 1007, 0x81, false, "A text message or close reason that is not UTF-8."),
    MESSAGE_TOO_LARGE(
            Family.DISCONNECT,
            413,
            1009,
            0x95,
            false,
            "A WebSocket message larger than the limit; it was not buffered.");

    /** Whether a failure answers one command or ends the connection. */
    public enum Family {
        PROBLEM,
        DISCONNECT
    }

    private static final Map<String, FailureCode> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(FailureCode::code, Function.identity()));

    private final String code;
    private final Family family;
    private final int httpStatus;
    private final int webSocketCloseCode;
    private final int mqttReasonCode;
    private final boolean retryable;
    private final String meaning;

    FailureCode(
            Family family,
            int httpStatus,
            int webSocketCloseCode,
            int mqttReasonCode,
            boolean retryable,
            String meaning) {
        this.code = name().toLowerCase(Locale.ROOT);
        this.family = family;
        this.httpStatus = httpStatus;
        this.webSocketCloseCode = webSocketCloseCode;
        this.mqttReasonCode = mqttReasonCode;
        this.retryable = retryable;
        this.meaning = meaning;
    }

    /** The code as the protocols write it: the name in lower case. */
    public String code() {
        return code;
    }

    public Family family() {
        return family;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** RFC 6455 section 7.4 close code, used when this failure ends a WebSocket connection. */
    public int webSocketCloseCode() {
        return webSocketCloseCode;
    }

    /** MQTT 5 section 2.4 reason code. */
    public int mqttReasonCode() {
        return mqttReasonCode;
    }

    /** Whether the same command, or a new connection, can succeed later without a change. */
    public boolean retryable() {
        return retryable;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }

    public static Optional<FailureCode> of(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
