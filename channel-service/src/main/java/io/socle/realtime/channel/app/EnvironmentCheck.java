package io.socle.realtime.channel.app;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.socle.realtime.contracts.config.EnvironmentKeys;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/** Refuses to start with an environment variable of the suite that no key has. */
@ApplicationScoped
public class EnvironmentCheck {
    void check(@Observes @Priority(1) StartupEvent event) {
        Set<String> keys = ConfigMappings.getProperties(ConfigClass.configClass(ChannelConfig.class))
                .keySet();
        List<String> unknown = EnvironmentKeys.unknown(System.getenv().keySet(), keys);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("unknown configuration in the environment: " + String.join(", ", unknown));
        }
    }
}
