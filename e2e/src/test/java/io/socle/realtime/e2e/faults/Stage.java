package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.Map;

/** The suites that faults strike. */
enum Stage {
    ONE_OF_EACH("faults"),
    /** Three gateways, and two of each owner of state. */
    CLUSTER("cluster-faults", "--gateways", "3", "--channels", "2", "--presences", "2"),
    /** One of each, on a disk of its own. */
    SMALL_DISK(SmallDisk.NAME + "/suite");

    /** A client that hears nothing for two of these looks for another link (WS-6). */
    static final Duration HEARTBEAT = Duration.ofSeconds(4);

    /** Short, so that a run sees messages come again that were not acknowledged. */
    private static final Duration ACK_TIME = Duration.ofSeconds(5);

    static final Map<String, String> CONFIGURATION = Map.of(
            "realtime.timing.heartbeat", HEARTBEAT.toSeconds() + "S",
            "realtime.timing.ack", ACK_TIME.toSeconds() + "S");

    private final String name;
    private final String[] flags;

    Stage(String name, String... flags) {
        this.name = name;
        this.flags = flags;
    }

    Suite start() {
        return Suite.start(name, CONFIGURATION, flags);
    }
}
