package io.socle.realtime.e2e.signaling;

import static io.socle.realtime.e2e.signaling.RoomClient.candidate;
import static io.socle.realtime.e2e.signaling.RoomClient.sdp;

import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two peers of a room that negotiate by raw frames, and behave as is documented: one signal at a time, and again what could not be
 * taken for now.
 */
final class CallingPair implements AutoCloseable {
    private static final int CANDIDATES = 5;
    private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private final ChannelName room;
    private final Side first;
    private final Side second;
    private final AtomicLong told = new AtomicLong();
    private final List<String> problems = new ArrayList<>();

    CallingPair(Suite suite, String token, String room) {
        this.room = new ChannelName(room);
        this.first = new Side(suite, token);
        this.second = new Side(suite, token);
    }

    void begin() {
        first.ask(new RoomFrame.Join(2, room, null, null));
    }

    synchronized boolean hasBegun() {
        return first.heard + second.heard > 0;
    }

    synchronized boolean isSettled() {
        // What was not answered was said again, and may come twice.
        return first.heard >= 1 + CANDIDATES
                && second.heard >= 1 + CANDIDATES
                && first.queue.isEmpty()
                && second.queue.isEmpty();
    }

    /** How much the two were told, heartbeats left out. */
    long told() {
        return told.get();
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        first.client.close();
        second.client.close();
    }

    /** One of the two. */
    private final class Side {
        final WsClient client;
        final List<RoomFrame> queue = new ArrayList<>();
        long peer;
        int heard;

        Side(Suite suite, String token) {
            client = WsClient.connect(suite, token, this::hear);
        }

        void ask(RoomFrame frame) {
            synchronized (CallingPair.this) {
                queue.add(frame);
                if (queue.size() == 1) {
                    client.send(new ClientFrame.InRoom(frame));
                }
            }
        }

        private void say(Signal signal) {
            ask(new RoomFrame.Say(client.nextId(), room, peer, signal));
        }

        private void hear(ServerFrame frame) {
            synchronized (CallingPair.this) {
                switch (frame) {
                    case ServerFrame.InRoom(RoomPush push) -> hear(push);
                    case ServerFrame.ProblemFrame problem -> refused(problem);
                    default -> {}
                }
            }
        }

        private void refused(ServerFrame.ProblemFrame problem) {
            if (problem.problem().retryable()) {
                RoomFrame again = queue.getFirst();
                LATER.execute(() -> client.send(new ClientFrame.InRoom(again)));
            } else {
                problems.add(queue.getFirst() + ": " + problem);
                answered();
            }
        }

        private void answered() {
            queue.removeFirst();
            if (!queue.isEmpty()) {
                client.send(new ClientFrame.InRoom(queue.getFirst()));
            }
        }

        private void hear(RoomPush push) {
            told.incrementAndGet();
            switch (push) {
                case RoomPush.Joined joined -> {
                    answered();
                    joined(joined);
                }
                case RoomPush.Signaled signaled -> answered();
                case RoomPush.PeerJoined joined -> peer = joined.peer().peer();
                case RoomPush.Said said -> said(said.signal());
                default -> problems.add("unexpected " + push);
            }
        }

        private void joined(RoomPush.Joined joined) {
            if (this == first) {
                second.ask(new RoomFrame.Join(2, room, null, null));
            } else {
                peer = joined.peers().getFirst().peer();
                say(new Signal.Offer(0, sdp("second")));
                candidates("second");
            }
        }

        private void said(Signal signal) {
            heard++;
            if (signal instanceof Signal.Offer(long negotiation, var text)) {
                say(new Signal.Answer(negotiation, sdp("first")));
                candidates("first");
            }
        }

        private void candidates(String fragment) {
            for (int i = 0; i < CANDIDATES; i++) {
                say(candidate(fragment, i));
            }
        }
    }
}
