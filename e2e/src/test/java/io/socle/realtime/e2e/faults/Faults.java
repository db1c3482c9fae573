package io.socle.realtime.e2e.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All faults by their labels. */
final class Faults {
    static final String GATEWAY = "gateway";
    static final String CHANNEL = "channel";
    private static final String PRESENCE = "presence";
    private static final String BROKER = "kafka";

    /** Longer than an owner may be silent before it loses its partitions, and than its transactions live (10 s both). */
    static final Duration BEYOND_THE_SESSION = Duration.ofSeconds(12);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration BROKER_FREEZE = Duration.ofSeconds(8);

    private static final List<Fault> ALL = all();

    private Faults() {}

    private static List<Fault> all() {
        var faults = new ArrayList<Fault>();
        faults.add(new NoFault());
        faults.add(new Kill("kill-gateway", List.of(GATEWAY)));
        faults.add(new Kill("kill-channel", List.of(CHANNEL)));
        faults.add(new Kill("kill-presence", List.of(PRESENCE)));
        faults.add(new Kill("kill-broker", List.of(BROKER)));
        faults.add(new Kill("kill-all", List.of(GATEWAY, CHANNEL, PRESENCE, BROKER)));
        faults.add(new Freeze("freeze-gateway", GATEWAY, LONG));
        faults.add(new Freeze("freeze-channel", CHANNEL, LONG));
        faults.add(new Freeze("freeze-channel-12s", CHANNEL, BEYOND_THE_SESSION));
        faults.add(new Freeze("freeze-broker", BROKER, BROKER_FREEZE));
        faults.addAll(List.of(LinkFault.values()));
        faults.add(new KillOne("kill-one-gateway", GATEWAY, Limits.OTHERS_LIVE));
        faults.add(new KillOne("kill-one-owner", CHANNEL, Limits.OTHERS_LIVE));
        faults.add(new KillOne("kill-one-presence", PRESENCE, Limits.OTHERS_LIVE));
        faults.add(new FreezeOne("freeze-one-gateway", GATEWAY, LONG, Limits.NONE));
        faults.add(new FreezeOne("freeze-one-owner", CHANNEL, LONG, Limits.OTHER_OWNERS_LIVE));
        faults.add(new RebalanceStorm());
        faults.add(new Restart("rolling-restart", List.of(PRESENCE, CHANNEL, "signaling", GATEWAY), Limits.NONE));
        faults.add(new Restart("restart-owners", List.of(CHANNEL), Limits.NONE));
        faults.add(new ScaleOutAndIn());
        for (String service : List.of(GATEWAY, CHANNEL, PRESENCE)) {
            faults.add(new WrongClock("clock-ahead-" + service, service, "+1h"));
            faults.add(new WrongClock("clock-behind-" + service, service, "-10m"));
        }
        faults.add(new TornTail());
        faults.add(new DiskFull());
        return List.copyOf(faults);
    }

    /** Every fault that can strike a suite whose data is on the machine's own disk. */
    static List<String> labels() {
        return ALL.stream()
                .filter(fault -> fault.stage() != Stage.SMALL_DISK)
                .map(Fault::label)
                .toList();
    }

    static Fault byLabel(String label) {
        return ALL.stream()
                .filter(fault -> fault.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault " + label + "; there are "
                        + ALL.stream().map(Fault::label).toList()));
    }

    /** Nothing goes wrong: what the load alone does. */
    private record NoFault() implements Fault {
        @Override
        public String label() {
            return "none";
        }

        @Override
        public void strike(Arena arena) throws InterruptedException {
            arena.lastBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
        }
    }
}
