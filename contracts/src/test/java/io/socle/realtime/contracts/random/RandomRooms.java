package io.socle.realtime.contracts.random;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.IceServers;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.RoomTerms;
import io.socle.realtime.contracts.signaling.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random values of everything about rooms. */
public final class RandomRooms {
    private final RandomValues values;

    public RandomRooms(RandomValues values) {
        this.values = values;
    }

    public @Nullable Metadata metadata() {
        return values.maybe(() -> new Metadata("{\"a\":" + values.json(2) + "}"));
    }

    /** A signal; by a peer an offer and a rollback have no number. */
    public Signal signal(boolean told) {
        long number = told ? 1 + values.upTo(99) : 0;
        return switch (values.upTo(5)) {
            case 0 -> new Signal.Offer(number, sdp());
            case 1 -> new Signal.Answer(1 + values.upTo(99), sdp());
            case 2 -> new Signal.Rollback(number);
            case 3 -> new Signal.Candidate(candidate());
            case 4 -> new Signal.EndOfCandidates(values.maybe(() -> "k2Fp"));
            default -> new Signal.Restart();
        };
    }

    private String sdp() {
        return "v=0\r\no=- %d 2 IN IP4 127.0.0.1\r\ns=é\"\\\r\nt=0 0\r\n%s"
                .formatted(values.upTo(99), values.of("", "m=audio 9 RTP/AVP 0\r\na=ice-ufrag:x\r\n"));
    }

    private IceCandidate candidate() {
        return new IceCandidate(
                values.of(
                        "candidate:1 1 udp 2122260223 192.0.2.1 61665 typ host generation 0",
                        "candidate:2 1 TCP 1 2001:db8::1 9 typ relay raddr :: rport 0"),
                values.maybe(() -> "0"),
                values.maybe(() -> values.upTo(9)),
                values.maybe(() -> "k2Fp"));
    }

    public PeerInfo peer() {
        return new PeerInfo(values.id(), values.text(20), values.chance(), metadata());
    }

    public IceServers iceServers() {
        return new IceServers(
                some(() -> new IceServers.Server(
                        List.of("turn:t.example.org", "turns:t.example.org"),
                        values.maybe(() -> new IceServers.Credential(values.text(20), values.text(20))))),
                values.maybe(this::millisecond));
    }

    private Instant millisecond() {
        return Instant.ofEpochMilli(values.time().toEpochMilli());
    }

    public RoomTerms terms() {
        return new RoomTerms(values.upTo(64), values.upTo(64), values.chance());
    }

    public <T> List<T> some(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = values.upTo(3); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    public RoomAction action() {
        String connection = values.text(20);
        return switch (values.upTo(8)) {
            case 0 ->
                new RoomAction.Join(
                        connection,
                        values.text(20),
                        values.text(20),
                        values.chance(),
                        metadata(),
                        values.maybe(() -> new RoomAction.Resume(values.id(), values.id())));
            case 1 -> new RoomAction.Say(connection, values.id(), signal(values.chance()));
            case 2 -> new RoomAction.Update(connection, metadata());
            case 3 -> new RoomAction.Leave(connection);
            case 4 -> new RoomAction.Lost(connection);
            case 5 -> new RoomAction.Servers(connection);
            case 6 -> new RoomAction.Ring(connection, some(() -> values.text(20)), values.upTo(99_999), metadata());
            case 7 ->
                new RoomAction.Respond(connection, values.text(20), values.id(), values.of(CallResponse.values()));
            default -> new RoomAction.Cancel(connection, values.id());
        };
    }

    public RoomEvent event() {
        return switch (values.upTo(5)) {
            case 0 -> new RoomEvent.Said(values.id(), signal(true));
            case 1 -> new RoomEvent.Joined(peer());
            case 2 -> new RoomEvent.Updated(values.id(), metadata());
            case 3 -> new RoomEvent.Left(values.id(), values.of(RoomEvent.Reason.values()));
            case 4 -> new RoomEvent.Ended(new Problem(values.of(FailureCode.values()), values.text(20)));
            default -> new RoomEvent.Call(values.id(), values.text(20), values.of(CallState.values()));
        };
    }

    public Delivery.ToPeer toPeer() {
        return new Delivery.ToPeer(values.text(20), values.channel(), values.id(), values.id(), event());
    }

    public Reply reply() {
        return switch (values.upTo(3)) {
            case 0 ->
                new Reply.RoomJoined(
                        values.id(), values.id(), values.chance(), some(this::peer), iceServers(), terms());
            case 1 ->
                new Reply.Signaled(values.maybe(values::id), values.maybe(() -> values.of(Signal.Ignored.values())));
            case 2 -> new Reply.Servers(iceServers());
            default -> new Reply.Ringing(values.id(), millisecond());
        };
    }
}
