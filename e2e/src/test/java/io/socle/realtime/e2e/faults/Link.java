package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;

/** A connection with its subscriptions; what comes goes to an inlet. */
interface Link extends AutoCloseable {
    /** Opens a link over one protocol; blocks until it is open, throws RuntimeException where that fails. */
    @FunctionalInterface
    interface Opener {
        Link open(Suite suite, String token, List<Checkpoint> checkpoints, Inlet inlet);
    }

    /** Whether the other side has ended it. */
    boolean isOver();

    /** How long nothing came, not even a sign of life. */
    Duration silence();

    @Override
    void close();
}
