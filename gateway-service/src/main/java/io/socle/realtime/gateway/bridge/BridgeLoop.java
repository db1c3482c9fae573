package io.socle.realtime.gateway.bridge;

import java.time.Duration;
import java.util.concurrent.Executor;

/** The one event loop that everything of a bridge happens on. */
interface BridgeLoop {
    Executor executor();

    /** Does something later, on the loop. */
    void later(Duration delay, Runnable task);

    /** Does something on the loop, with calls of the MQTT library bound to it. */
    void run(Runnable task);

    /** Milliseconds of a clock that does not go back. */
    long now();
}
