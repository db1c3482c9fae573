package io.socle.realtime.shell.app;

import io.quarkus.runtime.StartupEvent;
import io.socle.realtime.contracts.config.EnvironmentKeys;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Refuses to start with an environment variable of the suite that no key has. */
@ApplicationScoped
public class EnvironmentCheck {
    void check(@Observes @Priority(1) StartupEvent event) {
        List<String> unknown = EnvironmentKeys.unknown(System.getenv().keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("unknown configuration in the environment: " + String.join(", ", unknown));
        }
    }
}
