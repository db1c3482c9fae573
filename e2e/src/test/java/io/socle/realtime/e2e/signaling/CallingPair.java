package io.socle.realtime.e2e.signaling;

import static io.socle.realtime.e2e.signaling.RoomClient.candidate;
import static io.socle.realtime.e2e.signaling.RoomClient.sdp;

import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.e2e.suite.Suite;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two peers of a room, at two gateways where there are two, that agree on a connection. Safe for use by several threads. */
final class CallingPair implements AutoCloseable {
    private static final int CANDIDATES = 5;

    private final ChannelName room;
    private final ReturningPeer first;
    private final ReturningPeer second;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private int heardByFirst;
    private int heardBySecond;
    private long told;

    /** @param gateways where to connect; each peer prefers another one, and goes round when it loses its own */
    CallingPair(List<Suite> gateways, String token, String room, int number) {
        this.room = new ChannelName(room);
        this.first = new ReturningPeer(this.room, gateways, number, token, this::firstHears, this::problem);
        this.second = new ReturningPeer(this.room, gateways, number + 1, token, this::secondHears, this::problem);
    }

    void begin() {
        first.join();
    }

    synchronized boolean hasBegun() {
        return heardByFirst + heardBySecond > 0;
    }

    synchronized boolean isSettled() {
        // What was not answered was said again, and may come twice.
        return heardByFirst > CANDIDATES && heardBySecond > CANDIDATES && first.isIdle() && second.isIdle();
    }

    /** How much the two were told, but for that they are back. */
    synchronized long told() {
        return told;
    }

    /** How often the two came back. */
    int returns() {
        return first.returns() + second.returns();
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void problem(String text) {
        problems.add(room + ": " + text);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }

    private synchronized void firstHears(RoomPush push) {
        told++;
        switch (push) {
            case RoomPush.Joined joined -> second.join();
            case RoomPush.Said(var where, long sequence, long from, Signal signal) -> {
                heardByFirst++;
                if (signal instanceof Signal.Offer(long negotiation, var text)) {
                    first.say(from, new Signal.Answer(negotiation, sdp("first")));
                    candidates(first, from, "first");
                }
            }
            default -> comingOrGoing(first, push);
        }
    }

    private synchronized void secondHears(RoomPush push) {
        told++;
        switch (push) {
            case RoomPush.Joined joined -> joined.peers().forEach(peer -> offer(peer.peer()));
            case RoomPush.Said said -> heardBySecond++;
            default -> comingOrGoing(second, push);
        }
    }

    private void offer(long peer) {
        second.say(peer, new Signal.Offer(0, sdp("second")));
        candidates(second, peer, "second");
    }

    private static void candidates(ReturningPeer from, long to, String fragment) {
        for (int i = 0; i < CANDIDATES; i++) {
            from.say(to, candidate(fragment, i));
        }
    }

    /** A join whose answer was lost is a peer that nobody comes back to, and leaves when its grace is over. */
    private void comingOrGoing(ReturningPeer who, RoomPush push) {
        switch (push) {
            case RoomPush.PeerJoined joined when who == first -> {}
            case RoomPush.PeerLeft(var where, long sequence, long peer, var reason)
            when reason == RoomEvent.Reason.LOST && !first.is(peer) && !second.is(peer) -> {}
            default -> problem("unexpected " + push);
        }
    }
}
