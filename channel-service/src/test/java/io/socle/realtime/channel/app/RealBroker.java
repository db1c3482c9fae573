package io.socle.realtime.channel.app;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.launcher.broker.TemporaryBroker;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real Kafka broker inside the test's process, with the suite's topics. */
public final class RealBroker implements QuarkusTestResourceLifecycleManager {
    static final int PARTITIONS = 2;
    static final int SLOTS = 4;

    private @Nullable TemporaryBroker broker;

    @Override
    public Map<String, String> start() {
        var started = TemporaryBroker.start(new TopicPlan.Counts(PARTITIONS, SLOTS));
        broker = started;
        Map<String, String> configuration = new HashMap<>(started.configuration());
        configuration.put("realtime.namespaces.short.history.messages", "3");
        return configuration;
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
