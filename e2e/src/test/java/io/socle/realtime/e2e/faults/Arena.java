package io.socle.realtime.e2e.faults;

import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a fault can get at.
 *
 * @param suite itself, not through the proxy
 * @param processes of the suite
 * @param way of all clients to the gateways
 * @param random of the run's seed
 */
record Arena(Suite suite, SuiteProcesses processes, Way way, Random random) {
    /** The proxies before the gateways. */
    Doors doors() {
        if (way instanceof Doors doors) {
            return doors;
        }
        throw new IllegalStateException("the clients of this run come by " + way);
    }

    /** One of several instances of a service, by the run's seed. */
    String anyOf(String service) {
        var instances = processes.instances(service);
        return instances.get(random.nextInt(instances.size()));
    }

    /** Lets a state last; nothing ends it early. */
    static void last(Duration time) throws InterruptedException {
        boolean _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** As above, for a time of the run's seed between the two. */
    void lastBetween(Duration least, Duration most) throws InterruptedException {
        last(Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1)));
    }
}
