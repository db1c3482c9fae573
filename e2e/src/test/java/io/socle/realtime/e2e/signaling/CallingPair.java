package io.socle.realtime.e2e.signaling;

import static io.socle.realtime.e2e.signaling.RoomClient.candidate;
import static io.socle.realtime.e2e.signaling.RoomClient.sdp;

import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.PeerInfo;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.e2e.suite.Suite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Two peers of a room, at two gateways where there are two, that agree on a connection. Safe for use by several threads. */
final class CallingPair implements AutoCloseable {
    private static final int CANDIDATES = 5;
    private static final AtomicInteger FRAGMENTS = new AtomicInteger(0x1000);

    private final ChannelName room;
    private final ReturningPeer first;
    private final ReturningPeer second;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Map<Signal, Integer> heardByFirst = new HashMap<>();
    private final Map<Signal, Integer> heardBySecond = new HashMap<>();
    private final String fragment = Integer.toHexString(FRAGMENTS.incrementAndGet());
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
        return !heardByFirst.isEmpty() || !heardBySecond.isEmpty();
    }

    /** Each has heard everything at least once, and has nothing left to say. */
    synchronized boolean isSettled() {
        return heardByFirst.keySet().containsAll(saidBySecond())
                && heardBySecond.keySet().containsAll(saidByFirst())
                && first.isIdle()
                && second.isIdle();
    }

    private List<Signal> saidByFirst() {
        return said(new Signal.Answer(0, sdp(fragment + "1")), fragment + "1");
    }

    private List<Signal> saidBySecond() {
        return said(new Signal.Offer(0, sdp(fragment + "2")), fragment + "2");
    }

    private static List<Signal> said(Signal description, String fragment) {
        List<Signal> said = new ArrayList<>();
        said.add(description);
        for (int i = 0; i < CANDIDATES; i++) {
            said.add(candidate(fragment, i));
        }
        return said;
    }

    /** How much the two were told, but for that they are back. */
    synchronized long told() {
        return told;
    }

    /** How often the two came back. */
    int returns() {
        return first.returns() + second.returns();
    }

    /** The longest time in nanoseconds that one of the two needed to come back. */
    long longestAway() {
        return Math.max(first.longestAway(), second.longestAway());
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
                count(signal, heardByFirst, second);
                if (signal instanceof Signal.Offer(long negotiation, var text)) {
                    first.say(from, new Signal.Answer(negotiation, sdp(fragment + "1")));
                    saidByFirst().stream().skip(1).forEach(candidate -> first.say(from, candidate));
                }
            }
            default -> comingOrGoing(first, push);
        }
    }

    private synchronized void secondHears(RoomPush push) {
        told++;
        switch (push) {
            case RoomPush.Joined joined -> joined.peers().forEach(this::offer);
            case RoomPush.Said said -> count(said.signal(), heardBySecond, first);
            default -> comingOrGoing(second, push);
        }
    }

    private void offer(PeerInfo to) {
        saidBySecond().forEach(signal -> second.say(to.peer(), signal));
    }

    /** What is heard was said by the other, and no more often than that. */
    private void count(Signal signal, Map<Signal, Integer> heard, ReturningPeer by) {
        Signal plain = ReturningPeer.plain(signal);
        int times = heard.merge(plain, 1, Integer::sum);
        if (times > by.sent(plain)) {
            problem("heard " + times + " times, said " + by.sent(plain) + " times: " + signal);
        }
    }

    /** A join whose answer was lost is a peer that nobody comes back to: it leaves, at once or when its grace is over. */
    private void comingOrGoing(ReturningPeer who, RoomPush push) {
        switch (push) {
            case RoomPush.PeerJoined joined when who == first -> {}
            case RoomPush.PeerLeft left when !first.is(left.peer()) && !second.is(left.peer()) -> {}
            default -> problem("unexpected " + push);
        }
    }
}
