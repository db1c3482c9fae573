package io.socle.realtime.e2e.signaling;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.RoomFrame;
import io.socle.realtime.contracts.frame.RoomPush;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A peer that speaks raw frames and does what signaling.md asks of a client: one signal at a time, again what could not be taken
 * for now or was not answered, and back to its membership, at the next gateway, when its link ends. Safe for use by several threads.
 */
final class ReturningPeer implements AutoCloseable {
    private static final int LONGEST_WAIT_MS = 500;
    /** Not the common pool: that has one thread on two cores, and whatever blocks in it would hold up all who come back. */
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    /** Connecting waits for the other side. */
    private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final ChannelName room;
    private final List<Suite> gateways;
    private final String token;
    private final Consumer<RoomPush> listener;
    private final Consumer<String> problems;
    private final ArrayDeque<RoomFrame> queue = new ArrayDeque<>();
    private final Map<Signal, Integer> sent = new HashMap<>();
    private int gateway;
    private @Nullable WsClient link;
    private RoomPush.@Nullable Joined membership;
    private long last;
    private long ids = 1;
    private int returns;
    private long lostAt;
    private long longestAway;
    private boolean greeted;
    private boolean isBack;
    private boolean closed;

    /** @param listener gets all that it is told, but for answers to its signals and that it is back */
    ReturningPeer(
            ChannelName room,
            List<Suite> gateways,
            int gateway,
            String token,
            Consumer<RoomPush> listener,
            Consumer<String> problems) {
        this.room = room;
        this.gateways = gateways;
        this.gateway = gateway;
        this.token = token;
        this.listener = listener;
        this.problems = problems;
        connect();
    }

    synchronized void join() {
        ask(new RoomFrame.Join(++ids, room, null, null));
    }

    synchronized void say(long to, Signal signal) {
        ask(new RoomFrame.Say(++ids, room, to, signal));
    }

    private void ask(RoomFrame frame) {
        queue.add(frame);
        if (queue.size() == 1) {
            sendFirst();
        }
    }

    synchronized boolean isIdle() {
        return queue.isEmpty() && isBack;
    }

    synchronized boolean is(long peer) {
        return membership != null && membership.peer() == peer;
    }

    /** How often it said this, to whomever and in whichever negotiation. */
    synchronized int sent(Signal signal) {
        return sent.entrySet().stream()
                .filter(one -> plain(one.getKey()).equals(signal))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Without the number of its negotiation. */
    static Signal plain(Signal signal) {
        return switch (signal) {
            case Signal.Offer(long negotiation, String sdp) -> new Signal.Offer(0, sdp);
            case Signal.Answer(long negotiation, String sdp) -> new Signal.Answer(0, sdp);
            default -> signal;
        };
    }

    synchronized int returns() {
        return returns;
    }

    /** In nanoseconds, from the end of a link to the word that it is back. */
    synchronized long longestAway() {
        return longestAway;
    }

    /** Without the lock while it waits for the gateway: its link's threads are the client's that all peers share. */
    private void connect() {
        int attempt = begin();
        if (attempt < 0) {
            return;
        }
        try {
            linked(
                    attempt,
                    WsClient.connect(gateways.get(attempt % gateways.size()), token, frame -> hear(attempt, frame)));
        } catch (CompletionException e) {
            later(this::connect);
        }
    }

    /** Returns the number of the attempt; negative where there is to be none. */
    private synchronized int begin() {
        isBack = false;
        greeted = false;
        return closed ? -1 : ++gateway;
    }

    private synchronized void linked(int attempt, WsClient made) {
        if (closed) {
            made.close();
            return;
        }
        link = made;
        if (greeted) {
            connected();
        }
        made.onClosed(() -> lost(attempt));
    }

    /** May be before the link is known. */
    private synchronized void greeted() {
        greeted = true;
        if (link != null) {
            connected();
        }
    }

    private synchronized void lost(int attempt) {
        if (attempt == gateway && !closed) {
            link = null;
            lostAt = System.nanoTime();
            later(this::connect);
        }
    }

    private static void later(Runnable action) {
        int wait = ThreadLocalRandom.current().nextInt(100, LONGEST_WAIT_MS);
        TIMER.schedule(() -> THREADS.execute(action), wait, TimeUnit.MILLISECONDS);
    }

    private void hear(int attempt, ServerFrame frame) {
        synchronized (this) {
            if (attempt != gateway || closed) {
                return;
            }
        }
        switch (frame) {
            case ServerFrame.Connected connected -> greeted();
            case ServerFrame.InRoom(RoomPush push) -> hear(push);
            case ServerFrame.ProblemFrame problem -> refused(attempt, problem);
            default -> {}
        }
    }

    private synchronized void connected() {
        if (membership == null) {
            isBack = true;
            sendFirst();
        } else {
            comeBack();
        }
    }

    private synchronized void comeBack() {
        isBack = false;
        var before = Objects.requireNonNull(membership);
        send(new RoomFrame.Join(1, room, null, new RoomFrame.Resume(before.peer(), before.secret(), last)));
    }

    private synchronized void sendFirst() {
        RoomFrame first = queue.peek();
        if (first != null && isBack) {
            send(first);
        }
    }

    private void send(RoomFrame frame) {
        if (frame instanceof RoomFrame.Say say) {
            sent.merge(say.signal(), 1, Integer::sum);
        }
        if (link != null) {
            link.send(new ClientFrame.InRoom(frame));
        }
    }

    private synchronized void refused(int attempt, ServerFrame.ProblemFrame refusal) {
        Problem problem = refusal.problem();
        if (problem.retryable()) {
            later(() -> again(attempt));
        } else if (problem.code() == FailureCode.PEER_UNKNOWN && isFirst(refusal.id())) {
            // It was for one that left.
            answered(refusal.id());
        } else if (isBack || problem.code() != FailureCode.NOT_IN_ROOM) {
            problems.accept(queue.peek() + ", " + (isBack ? "" : "coming back") + ": " + refusal);
        }
    }

    private boolean isFirst(@Nullable Long id) {
        RoomFrame first = queue.peek();
        return first != null && id != null && id.equals(first.commandId());
    }

    private synchronized void again(int attempt) {
        if (attempt != gateway) {
            return;
        }
        if (isBack) {
            sendFirst();
        } else {
            connected();
        }
    }

    /** Tells the listener without the lock, for that may have its own. */
    private void hear(RoomPush push) {
        if (isNews(push)) {
            listener.accept(push);
        }
    }

    private synchronized boolean isNews(RoomPush push) {
        return switch (push) {
            case RoomPush.Joined joined -> isFirst(joined);
            case RoomPush.Signaled(long id, var negotiation, var ignored) -> {
                answered(id);
                yield false;
            }
            case RoomPush.Left(var where, var problem) -> {
                leftFor(problem.retryable(), push);
                yield false;
            }
            case RoomPush.Said said -> isNext(said.sequence(), push);
            case RoomPush.PeerJoined joined -> isNext(joined.sequence(), push);
            case RoomPush.PeerUpdated updated -> isNext(updated.sequence(), push);
            case RoomPush.PeerLeft left -> isNext(left.sequence(), push);
            case RoomPush.Call call -> isNext(call.sequence(), push);
            default -> true;
        };
    }

    private boolean isFirst(RoomPush.Joined joined) {
        if (joined.missed()) {
            problems.accept("missed something: " + joined);
        }
        RoomPush.Joined before = membership;
        if (before == null) {
            membership = joined;
            last = joined.sequence();
            answered(joined.id());
            return true;
        }
        if (before.peer() != joined.peer()) {
            problems.accept("came back as another: " + joined);
        }
        returns++;
        longestAway = Math.max(longestAway, System.nanoTime() - lostAt);
        isBack = true;
        sendFirst();
        return false;
    }

    /** The gateway lost what it was to tell: the place is kept (SIG-15). */
    private void leftFor(boolean isRetryable, RoomPush push) {
        if (isRetryable) {
            lostAt = System.nanoTime();
            comeBack();
        } else {
            problems.accept("left: " + push);
        }
    }

    private boolean isNext(long sequence, RoomPush push) {
        if (sequence <= last) {
            problems.accept("told after " + last + ": " + push);
        }
        last = sequence;
        return true;
    }

    /** What was said again may be answered twice. */
    private void answered(@Nullable Long id) {
        if (isFirst(id)) {
            queue.remove();
            sendFirst();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (link != null) {
            link.close();
        }
    }
}
