package io.socle.realtime.e2e.faults;

import java.time.Duration;

/** One more gateway and one more owner, and back. */
final class ScaleOutAndIn implements Fault {
    @Override
    public String label() {
        return "scale-out-in";
    }

    @Override
    public Stage stage() {
        return Stage.CLUSTER;
    }

    @Override
    public void strike(Arena arena) throws InterruptedException {
        int gateways = arena.processes().instances(Faults.GATEWAY).size();
        int channels = arena.processes().instances(Faults.CHANNEL).size();
        arena.suite().change("scale", "gateway=" + (gateways + 1), "channel=" + (channels + 1));
        var status = arena.suite().status();
        if (status.exitCode() != 0) {
            throw new AssertionError("not all are ready right after scale: " + status);
        }
        arena.lastBetween(Duration.ofSeconds(3), Duration.ofSeconds(8));
        arena.suite().change("scale", "gateway=" + gateways, "channel=" + channels);
    }
}
