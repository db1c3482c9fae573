package io.socle.realtime.launcher.suite;

import java.util.Locale;

/** The processes of the suite, with the default ports of each. */
public enum Part {
    KAFKA(9092, 9093, ""),
    CHANNEL(8081, 9081, "channel-service"),
    PRESENCE(8082, 9082, "presence-service"),
    SIGNALING(8083, 9083, "signaling-service"),
    GATEWAY(8080, 9080, "gateway-service");

    private final int port;
    private final int managementPort;
    private final String module;

    Part(int port, int managementPort, String module) {
        this.port = port;
        this.managementPort = managementPort;
        this.module = module;
    }

    /** The name in the log and in {@code status}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int port(int offset) {
        return port + offset;
    }

    /** Health and metrics of a service; of Kafka, the controller. */
    public int managementPort(int offset) {
        return managementPort + offset;
    }

    /** The folder of the module that builds it; empty for Kafka. */
    public String module() {
        return module;
    }
}
