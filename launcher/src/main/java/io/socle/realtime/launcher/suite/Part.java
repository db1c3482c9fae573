package io.socle.realtime.launcher.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The parts of the suite, with the default ports of each. */
public enum Part {
    KAFKA(9092, 9093, 0, ""),
    CHANNEL(8081, 9081, 0, "channel-service"),
    PRESENCE(8082, 9082, Part.BESIDE_KAFKA, "presence-service"),
    SIGNALING(8083, 9083, Part.BESIDE_KAFKA, "signaling-service"),
    GATEWAY(8080, 9080, 0, "gateway-service");

    /** Instances of a part listen so far apart, so that ten of each part fit between two suites that are 100 apart. */
    private static final int STEP = 10;

    /** A step above 9082 and 9083 are the ports of Kafka, so the further instances there listen a little higher. */
    private static final int BESIDE_KAFKA = 4;

    private static final int MQTT = 1883;

    private final int port;
    private final int managementPort;
    private final int shift;
    private final String module;

    Part(int port, int managementPort, int shift, String module) {
        this.port = port;
        this.managementPort = managementPort;
        this.shift = shift;
        this.module = module;
    }

    /** The parts that may have several instances: all but Kafka. */
    public static List<Part> services() {
        return Arrays.stream(values()).filter(part -> part != KAFKA).toList();
    }

    /** The part with this label. */
    public static Optional<Part> of(String label) {
        return Arrays.stream(values())
                .filter(part -> part.label().equals(label))
                .findFirst();
    }

    /** The name in the log and in {@code status}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The main port of the first instance. */
    public int port(int offset) {
        return port(offset, 0);
    }

    /** The main port of an instance, the first being 0. */
    public int port(int offset, int instance) {
        return port + offset + STEP * instance;
    }

    /** Health and metrics of an instance of a service; of Kafka, the controller. */
    public int managementPort(int offset, int instance) {
        return managementPort + offset + STEP * instance + (instance == 0 ? 0 : shift);
    }

    /** Where a gateway listens for MQTT over TCP. */
    public static int mqttPort(int offset, int instance) {
        return MQTT + offset + STEP * instance;
    }

    /** Where a gateway listens for MQTT over WebSocket. */
    public static int mqttWebSocketPort(int offset, int instance) {
        return mqttPort(offset, instance) + 1;
    }

    /** The folder of the module that builds it; empty for Kafka. */
    public String module() {
        return module;
    }
}
