package io.socle.realtime.e2e.faults;

import java.time.Duration;

/** Somebody changes the suite while it is in use, by the command line. */
enum Change implements Fault {
    /** Every process of a service is replaced by a new one, one after the other. */
    ROLLING_RESTART("rolling-restart") {
        @Override
        public void strike(Arena arena) {
            arena.suite().change("restart", "presence", "channel", "signaling", "gateway");
        }
    },
    /** One more gateway and one more owner, and back. */
    SCALE("scale-out-in") {
        @Override
        public void strike(Arena arena) throws InterruptedException {
            int gateways = arena.processes().instances("gateway").size();
            int channels = arena.processes().instances("channel").size();
            arena.suite().change("scale", "gateway=" + (gateways + 1), "channel=" + (channels + 1));
            arena.lastBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
            arena.suite().change("scale", "gateway=" + gateways, "channel=" + channels);
        }
    };

    private final String label;

    Change(String label) {
        this.label = label;
    }

    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public String label() {
        return label;
    }
}
