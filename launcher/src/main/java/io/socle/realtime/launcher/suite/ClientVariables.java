package io.socle.realtime.launcher.suite;

import java.util.List;
import java.util.Map;

/** Variables that are meant for the command line: a service would refuse them as unknown keys. */
final class ClientVariables {
    private static final List<String> NAMES =
            List.of("REALTIME_TOKEN", "REALTIME_URL", "REALTIME_DATA", "REALTIME_PORT_OFFSET", "REALTIME_JVM_DIR");

    private ClientVariables() {}

    static void removeFrom(Map<String, String> environment) {
        NAMES.forEach(environment::remove);
    }
}
