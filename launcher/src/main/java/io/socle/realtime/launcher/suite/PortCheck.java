package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;

/** Finds ports that are taken before anything is started, so that a half-started suite never is. */
public final class PortCheck {
    private PortCheck() {}

    /** Throws Refusal that names each taken port and the service that wants it. */
    public static void refuseTaken(List<Port> ports) {
        String taken = ports.stream()
                .filter(port -> !isFree(port))
                .map(port -> port.number() + " (wanted by " + port.service() + ")")
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new Refusal(
                    "Already in use: port " + taken + "; stop what uses it or choose other ports with --port-offset.");
        }
    }

    private static boolean isFree(Port port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(port.host()), port.number()));
            return true;
        } catch (IOException e) {
            // Why it cannot be bound does not matter: the service could not either.
            return false;
        }
    }
}
