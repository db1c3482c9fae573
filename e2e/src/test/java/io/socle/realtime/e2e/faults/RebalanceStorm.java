package io.socle.realtime.e2e.faults;

import java.time.Duration;
import java.util.Map;

/** One more owner joins, and leaves again after 3 s, whatever the others were just handing over to it. */
final class RebalanceStorm implements Fault {
    private static final Duration EACH = Duration.ofSeconds(3);

    @Override
    public String label() {
        return "rebalance-storm";
    }

    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public void strike(Arena arena) throws InterruptedException {
        try (var owner = ExtraProcess.start(arena, Faults.CHANNEL, Map.of())) {
            owner.awaitJoined();
            Arena.last(EACH);
        }
        Arena.last(EACH);
    }
}
