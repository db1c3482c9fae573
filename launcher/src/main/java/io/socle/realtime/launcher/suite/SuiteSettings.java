package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Which suite to run.
 *
 * @param root the project's folder, which has the built services
 * @param data its data folder
 * @param offset added to every port, 0 to 50000
 * @param host address of the gateway; everything else stays on loopback
 * @param open whether clients without a token may do everything; only on loopback
 * @param instances how many of each service at the start
 */
public record SuiteSettings(Path root, Path data, int offset, String host, boolean open, InstanceCounts instances) {
    public static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_OFFSET = 50_000;

    public SuiteSettings {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw Refusal.usage("--port-offset must be from 0 to " + MAX_OFFSET + ".");
        }
        if (open && !isLoopback(host)) {
            throw new Refusal("--open lets anybody do everything, so it is refused on " + host
                    + ", which is not a loopback address.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new Refusal("The host " + host + " is unknown.");
        }
    }

    public String bootstrapServers() {
        return LOOPBACK + ":" + Part.KAFKA.port(offset);
    }

    /** Where clients reach a gateway, the first being 0. */
    public String gatewayUrl(int instance) {
        return "http://" + gatewayHost() + ":" + Part.GATEWAY.port(offset, instance);
    }

    /** Where MQTT clients reach a gateway. */
    public String mqttUrl(int instance) {
        return "mqtt://" + gatewayHost() + ":" + Part.mqttPort(offset, instance);
    }

    /** Where MQTT clients in browsers reach a gateway. */
    public String mqttWebSocketUrl(int instance) {
        return "ws://" + gatewayHost() + ":" + Part.mqttWebSocketPort(offset, instance) + "/mqtt";
    }

    private String gatewayHost() {
        // A browser or curl cannot call the address that means "all".
        String reachable = host.equals("0.0.0.0") ? LOOPBACK : host;
        return reachable.contains(":") ? "[" + reachable + "]" : reachable;
    }
}
