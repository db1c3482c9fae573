package io.socle.realtime.launcher.suite;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * One process to run.
 *
 * @param instance which one of the suite
 * @param name in the log and in {@code status}; changes with the number of instances
 * @param command program and arguments
 * @param environment added to the supervisor's own
 * @param ports that it listens on, the main one first
 * @param readiness how it tells that it is ready
 */
public record ServiceSpec(
        Instance instance,
        String name,
        List<String> command,
        Map<String, String> environment,
        List<Port> ports,
        Readiness readiness) {
    public ServiceSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        ports = List.copyOf(ports);
    }

    /** How a process tells that it is ready. */
    public sealed interface Readiness {
        /** It answers 200 at this address. */
        record Health(URI url) implements Readiness {}

        /** It prints a line that begins so. */
        record Line(String start) implements Readiness {}
    }
}
