package io.socle.realtime.signaling.app;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.launcher.broker.TemporaryBroker;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real Kafka broker inside the test's process, with the suite's topics. */
public final class RealBroker implements QuarkusTestResourceLifecycleManager {
    private @Nullable TemporaryBroker broker;

    @Override
    public Map<String, String> start() {
        var started = TemporaryBroker.start(new TopicPlan.Counts(2, 4));
        broker = started;
        return started.configuration();
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
