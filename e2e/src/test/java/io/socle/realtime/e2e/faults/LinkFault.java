package io.socle.realtime.e2e.faults;

import java.time.Duration;

/** What can be wrong with the links between clients and gateway. */
enum LinkFault implements Fault {
    /** All links of a moment pass nothing any more, and no side is told; new ones are good. */
    HALF_OPEN("half-open-links") {
        @Override
        public void strike(Arena arena) throws InterruptedException {
            arena.doors().proxies().forEach(FaultProxy::forgetLinks);
            arena.lastBetween(Duration.ofSeconds(2), Duration.ofSeconds(12));
        }
    },
    /** All links end with a reset, in the middle of whatever they carry. */
    RESET("reset-links") {
        @Override
        public void strike(Arena arena) throws InterruptedException {
            arena.doors().proxies().forEach(FaultProxy::resetLinks);
            arena.lastBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
        }
    },
    /** Each piece of data is held for a while. */
    SLOW("slow-links") {
        @Override
        public void strike(Arena arena) throws InterruptedException {
            var delay = Duration.ofMillis(arena.random().nextInt(100, 500));
            arena.doors().proxies().forEach(door -> door.slow(delay));
            arena.lastBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
            arena.doors().proxies().forEach(FaultProxy::heal);
        }
    },
    /** Publishes reach the log and their acknowledgements get lost with the link: retries must find them. */
    SWALLOWED_ACKS("swallowed-acks") {
        @Override
        public void strike(Arena arena) throws InterruptedException {
            swallow(arena);
            arena.doors().proxies().forEach(FaultProxy::resetLinks);
            arena.doors().proxies().forEach(FaultProxy::heal);
        }
    },
    /** As above, and the gateway is killed with the links. */
    SWALLOWED_ACKS_AND_KILL("swallowed-acks-kill") {
        @Override
        public void strike(Arena arena) throws InterruptedException {
            swallow(arena);
            long killed = arena.processes().pid("gateway");
            arena.processes().kill("gateway");
            arena.doors().proxies().forEach(FaultProxy::resetLinks);
            arena.doors().proxies().forEach(FaultProxy::heal);
            arena.processes().awaitReady("gateway", killed);
        }
    };

    private final String label;

    LinkFault(String label) {
        this.label = label;
    }

    private static void swallow(Arena arena) throws InterruptedException {
        arena.doors().proxies().forEach(FaultProxy::swallowAnswers);
        arena.lastBetween(Duration.ofMillis(200), Duration.ofSeconds(2));
    }

    @Override
    public void heal(Arena arena) {
        arena.doors().proxies().forEach(FaultProxy::heal);
    }

    @Override
    public String label() {
        return label;
    }
}
