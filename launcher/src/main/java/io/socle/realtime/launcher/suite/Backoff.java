package io.socle.realtime.launcher.suite;

import java.time.Duration;

/**
 * How long to wait before a process that died is started again.
 *
 * @param delay of the next restart
 */
record Backoff(Duration delay) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration HEALTHY = Duration.ofSeconds(60);

    static Backoff fresh() {
        return new Backoff(FIRST);
    }

    /** The wait after a life in which the process was ready for this long: a healthy life forgets earlier deaths. */
    Backoff afterLife(Duration ready) {
        return ready.compareTo(HEALTHY) >= 0 ? fresh() : this;
    }

    Backoff doubled() {
        Duration twice = delay.multipliedBy(2);
        return new Backoff(twice.compareTo(LONGEST) > 0 ? LONGEST : twice);
    }
}
