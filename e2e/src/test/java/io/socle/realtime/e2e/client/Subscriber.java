package io.socle.realtime.e2e.client;

import io.socle.realtime.contracts.frame.ServerFrame;
import java.time.Duration;

/** One subscription over some transport, as a test sees it: the pushes in their order, as frames of the server. */
public interface Subscriber extends AutoCloseable {
    /** How long a push may take that is certain to come. */
    Duration LIMIT = Duration.ofSeconds(30);

    /** The next push but heartbeats; fails the test where none comes within the limit. */
    ServerFrame next(Duration limit);

    default ServerFrame next() {
        return next(LIMIT);
    }

    /** The next push, which must be of the type. */
    default <T extends ServerFrame> T next(Class<T> type) {
        ServerFrame frame = next();
        if (!type.isInstance(frame)) {
            throw new AssertionError("expected " + type.getSimpleName() + " but got " + frame);
        }
        return type.cast(frame);
    }

    /** The place after the last push that was taken, to resume from over any transport. */
    String cursor();

    /** Stops reading from the network until {@link #resume}. */
    void pause();

    void resume();

    @Override
    void close();
}
