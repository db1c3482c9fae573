package io.socle.realtime.gateway.pressure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** One owner and the gateways that load it, in steps of a millisecond. */
final class SimulatedPartition {
    static final long STEP = 1_000_000L;
    static final long LIMIT = 2_000_000_000L;
    /** To the log, and from the owner back. */
    private static final int HOP_STEPS = 2;

    private static final int WATERMARK_STEPS = 1_000;

    final List<Gateway> gateways = new ArrayList<>();
    private final Random random;
    private final Deque<Command> queue = new ArrayDeque<>();
    private final Deque<Command> replies = new ArrayDeque<>();
    private double capacity;
    private double credit;
    private long step;
    private long positions;
    private long decided = -1;

    private record Command(Gateway from, long request, long sentStep, long position, long arrivesStep) {}

    /** One gateway with its publishers, who do not wait for answers. */
    final class Gateway {
        final PartitionLoad load = new PartitionLoad(LIMIT, 0);
        double perSecond;
        private double due;
        private long requests;
        long offered;
        long accepted;
        long decided;
        long longestWait;

        private void publish() {
            due += perSecond / 1_000 * 2 * random.nextDouble();
            for (; due >= 1; due--) {
                offered++;
                if (load.admits(now())) {
                    accepted++;
                    load.sent(++requests, now());
                    long position = positions++;
                    load.logged(requests, position);
                    queue.add(new Command(this, requests, step, position, step + HOP_STEPS));
                }
            }
        }

        private void reply(Command command) {
            load.decided(command.request(), command.position(), now());
            decided++;
            longestWait = Math.max(longestWait, (step - command.sentStep()) * STEP);
        }

        double refusedShare() {
            return offered == 0 ? 0 : 1 - (double) accepted / offered;
        }

        void forget() {
            offered = 0;
            accepted = 0;
            decided = 0;
            longestWait = 0;
        }
    }

    SimulatedPartition(long seed, double capacity, double... demands) {
        this.random = new Random(seed);
        this.capacity = capacity;
        for (double demand : demands) {
            Gateway gateway = new Gateway();
            gateway.perSecond = demand;
            gateways.add(gateway);
        }
    }

    long now() {
        return step * STEP;
    }

    /** Commands per second from now on; 0 is an owner that is away. */
    void capacity(double perSecond) {
        capacity = perSecond;
    }

    Gateway first() {
        return gateways.getFirst();
    }

    void run(double seconds) {
        for (long end = step + Math.round(seconds * 1_000); step < end; step++) {
            gateways.forEach(Gateway::publish);
            decide();
            while (!replies.isEmpty() && replies.getFirst().arrivesStep() <= step) {
                Command reply = replies.removeFirst();
                reply.from().reply(reply);
            }
            if (step % WATERMARK_STEPS == 0 && capacity > 0 && decided >= 0) {
                gateways.forEach(gateway -> gateway.load.progressed(decided, now()));
            }
        }
    }

    private void decide() {
        credit = Math.min(credit, 1) + capacity / 1_000;
        while (credit >= 1 && !queue.isEmpty() && queue.getFirst().arrivesStep() <= step) {
            credit--;
            Command command = queue.removeFirst();
            decided = command.position();
            replies.add(new Command(
                    command.from(), command.request(), command.sentStep(), command.position(), step + HOP_STEPS));
        }
    }

    void forget() {
        gateways.forEach(Gateway::forget);
    }
}
