package io.socle.realtime.e2e.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import org.jspecify.annotations.Nullable;

/** A peer of one room that speaks raw frames. */
final class RoomClient implements AutoCloseable {
    final WsClient client;
    final ChannelName room;
    private final Suite suite;
    private final String token;

    private RoomClient(Suite suite, String token, String room) {
        this.suite = suite;
        this.token = token;
        this.client = WsClient.connect(suite, token);
        this.room = new ChannelName(room);
    }

    /** Connects, and does not join yet. */
    static RoomClient connect(Suite suite, String token, String room) {
        return new RoomClient(suite, token, room);
    }

    /** Another connection of the same subject. */
    RoomClient again() {
        return new RoomClient(suite, token, room.value());
    }

    /** The link breaks. */
    void breakOff() {
        client.close();
    }

    void send(RoomFrame frame) {
        client.send(new ClientFrame.InRoom(frame));
    }

    /** The next frame about rooms, which must be of the type; messages of channels come in between as they like. */
    <T extends RoomPush> T next(Class<T> type) {
        ServerFrame frame = client.next();
        while (frame instanceof ServerFrame.Message || frame instanceof ServerFrame.CaughtUp) {
            frame = client.next();
        }
        assertThat(frame).isInstanceOf(ServerFrame.InRoom.class);
        RoomPush push = ((ServerFrame.InRoom) frame).push();
        assertThat(push).isInstanceOf(type);
        return type.cast(push);
    }

    String problem() {
        ServerFrame frame = client.next();
        while (frame instanceof ServerFrame.Message || frame instanceof ServerFrame.CaughtUp) {
            frame = client.next();
        }
        assertThat(frame).isInstanceOf(ServerFrame.ProblemFrame.class);
        return ((ServerFrame.ProblemFrame) frame).problem().code().code();
    }

    RoomPush.Joined join() {
        return join(null);
    }

    RoomPush.Joined join(RoomFrame.@Nullable Resume resume) {
        send(new RoomFrame.Join(client.nextId(), room, null, resume));
        return next(RoomPush.Joined.class);
    }

    RoomPush.Joined resume(RoomPush.Joined before, long after) {
        return join(new RoomFrame.Resume(before.peer(), before.secret(), after));
    }

    void say(long to, Signal signal) {
        send(new RoomFrame.Say(client.nextId(), room, to, signal));
    }

    RoomPush.Signaled said(long to, Signal signal) {
        say(to, signal);
        return next(RoomPush.Signaled.class);
    }

    static Signal.Offer offer(String fragment) {
        return new Signal.Offer(0, sdp(fragment));
    }

    static String sdp(String fragment) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
                + "a=ice-ufrag:" + fragment + "\r\n";
    }

    static Signal.Candidate candidate(String fragment, int number) {
        return new Signal.Candidate(new IceCandidate(
                "candidate:" + number + " 1 udp 1 203.0.113.77 " + (1000 + number) + " typ host", "0", 0, fragment));
    }

    @Override
    public void close() {
        client.close();
    }
}
