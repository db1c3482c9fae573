package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.random.RandomRooms;
import io.socle.realtime.contracts.random.RandomValues;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.util.List;

/** Random frames about rooms. */
final class RandomRoomFrames {
    private final RandomValues values;
    private final RandomRooms rooms;

    RandomRoomFrames(RandomValues values) {
        this.values = values;
        this.rooms = new RandomRooms(values);
    }

    RoomFrame client() {
        return switch (values.upTo(7)) {
            case 0 ->
                new RoomFrame.Join(
                        values.id(),
                        values.channel(),
                        rooms.metadata(),
                        values.maybe(() -> new RoomFrame.Resume(values.id(), values.text(20), values.id())));
            case 1 -> new RoomFrame.Say(values.maybe(values::id), values.channel(), values.id(), rooms.signal(false));
            case 2 -> new RoomFrame.Update(values.id(), values.channel(), rooms.metadata());
            case 3 -> new RoomFrame.Leave(values.id(), values.channel());
            case 4 -> new RoomFrame.Ice(values.id(), values.channel());
            case 5 ->
                new RoomFrame.Ring(
                        values.id(),
                        values.channel(),
                        List.of("bob", "é"),
                        SignalingLimits.RING_LEAST_MS + values.upTo(99_999),
                        rooms.metadata());
            case 6 ->
                new RoomFrame.Respond(values.id(), values.channel(), values.id(), values.of(CallResponse.values()));
            default -> new RoomFrame.Cancel(values.id(), values.channel(), values.id());
        };
    }

    RoomPush server() {
        return switch (values.upTo(10)) {
            case 0 ->
                new RoomPush.Joined(
                        values.id(),
                        values.channel(),
                        values.id(),
                        values.text(20),
                        values.id(),
                        values.chance(),
                        rooms.some(rooms::peer),
                        rooms.iceServers(),
                        rooms.terms(),
                        values.upTo(999));
            case 1 ->
                new RoomPush.Signaled(
                        values.id(),
                        values.maybe(() -> 1L + values.upTo(99)),
                        values.maybe(() -> values.of(Signal.Ignored.values())));
            case 2 -> new RoomPush.Ice(values.id(), values.channel(), rooms.iceServers());
            case 3 -> new RoomPush.Ringing(values.id(), values.channel(), values.id(), values.time());
            case 4 -> new RoomPush.Done(values.id());
            case 5 -> new RoomPush.Said(values.channel(), values.id(), values.id(), rooms.signal(true));
            case 6 -> new RoomPush.PeerJoined(values.channel(), values.id(), rooms.peer());
            case 7 -> new RoomPush.PeerUpdated(values.channel(), values.id(), values.id(), rooms.metadata());
            case 8 ->
                new RoomPush.PeerLeft(values.channel(), values.id(), values.id(), values.of(RoomEvent.Reason.values()));
            case 9 ->
                new RoomPush.Left(values.channel(), new Problem(values.of(FailureCode.values()), values.text(20)));
            default ->
                new RoomPush.Call(
                        values.channel(), values.id(), values.id(), values.text(20), values.of(CallState.values()));
        };
    }
}
