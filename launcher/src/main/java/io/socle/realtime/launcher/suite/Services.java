package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import io.socle.realtime.launcher.token.DevelopmentTokens;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What to start for a suite: the broker, and the services as the artifacts that run in production. */
public final class Services {
    /** The broker process prints this when it serves clients and all topics exist. */
    public static final String BROKER_READY = "kafka is ready";

    private static final List<String> COMMON = List.of(
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** For a service off the hot path the second compiler costs more CPU and memory at the start than it gives. */
    private static final List<String> SMALL = List.of("-Xmx96m", "-XX:TieredStopAtLevel=1");

    private static final String STANDBYS = "REALTIME_STREAMS_STANDBYS";

    /** The namespace of the demo page in which nothing is kept: who is typing. */
    private static final String TYPING = "REALTIME_NAMESPACES_TYPING_EPHEMERAL";

    /** What conformance suites take for granted besides in open mode: filters that are refused, and a keep alive of the server. */
    private static final Map<String, String> OPEN =
            Map.of("REALTIME_OPEN_DENIED", "nosubscribe,test/nosubscribe", "REALTIME_MQTT_KEEP_ALIVE", "60S");

    private final SuiteSettings settings;
    private final DataFolder data;
    private final String java;
    private final AotCache cache;

    public Services(SuiteSettings settings, DataFolder data) {
        this(settings, data, AotCache.USE);
    }

    Services(SuiteSettings settings, DataFolder data, AotCache cache) {
        this.cache = cache;
        this.settings = settings;
        this.data = data;
        this.java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public ServiceSpec broker(String classPath) {
        int offset = settings.offset();
        var kafka = new Instance(Part.KAFKA, 0);
        var command = new ArrayList<>(List.of(java, "-Xms64m", "-Xmx256m", "-XX:MaxMetaspaceSize=160m"));
        command.addAll(COMMON);
        command.addAll(cache.flags(target("launcher"), target("launcher").resolve("launcher.jar")));
        command.addAll(List.of("-cp", classPath, "io.socle.realtime.launcher.Main", "broker"));
        command.addAll(List.of("--directory", data.kafka().toString()));
        command.addAll(List.of("--port", Integer.toString(Part.KAFKA.port(offset))));
        command.addAll(List.of("--controller-port", Integer.toString(Part.KAFKA.managementPort(offset, 0))));
        return new ServiceSpec(
                kafka,
                Part.KAFKA.label(),
                command,
                Map.of("MALLOC_ARENA_MAX", "2"),
                ports(kafka, Part.KAFKA.label()),
                new ServiceSpec.Readiness.Line(BROKER_READY));
    }

    /** The services, so many of each; throws Refusal where one is not built. */
    public List<ServiceSpec> services(String clusterId, InstanceCounts counts) {
        return counts.instances().stream()
                .map(instance -> service(instance, counts, clusterId))
                .toList();
    }

    /** All ports that the suite has at its start, to be checked before anything starts. */
    public List<Port> allPorts() {
        var counts = settings.instances();
        return Stream.concat(Stream.of(new Instance(Part.KAFKA, 0)), counts.instances().stream())
                .flatMap(instance -> ports(instance, counts.name(instance)).stream())
                .toList();
    }

    private String host(Part part) {
        return part == Part.GATEWAY ? settings.host() : SuiteSettings.LOOPBACK;
    }

    private List<Port> ports(Instance instance, String name) {
        String host = host(instance.part());
        var ports = new ArrayList<>(List.of(
                new Port(name, host, port(instance)),
                new Port(name, SuiteSettings.LOOPBACK, managementPort(instance))));
        if (instance.part() == Part.GATEWAY) {
            ports.add(new Port(name, host, Part.mqttPort(settings.offset(), instance.number())));
            ports.add(new Port(name, host, Part.mqttWebSocketPort(settings.offset(), instance.number())));
        }
        return ports;
    }

    private int port(Instance instance) {
        return instance.part().port(settings.offset(), instance.number());
    }

    private int managementPort(Instance instance) {
        return instance.part().managementPort(settings.offset(), instance.number());
    }

    private ServiceSpec service(Instance instance, InstanceCounts counts, String clusterId) {
        Part part = instance.part();
        var command = new ArrayList<>(List.of(java, "-Xms32m", "-XX:MaxMetaspaceSize=160m"));
        command.addAll(size(part));
        command.addAll(COMMON);
        command.addAll(cache.flags(target(part.module()), runner(part)));
        command.addAll(List.of("-jar", runner(part).toString()));
        return new ServiceSpec(
                instance,
                counts.name(instance),
                command,
                environment(instance, counts, clusterId),
                ports(instance, counts.name(instance)),
                new ServiceSpec.Readiness.Health(health(instance)));
    }

    private static List<String> size(Part part) {
        return part == Part.CHANNEL || part == Part.GATEWAY ? List.of("-Xmx192m") : SMALL;
    }

    private URI health(Instance instance) {
        return URI.create("http://" + SuiteSettings.LOOPBACK + ":" + managementPort(instance) + "/q/health/ready");
    }

    private Path target(String module) {
        return settings.root().resolve(module).resolve("target");
    }

    private Path runner(Part part) {
        Path jar = target(part.module()).resolve("quarkus-app").resolve("quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new Refusal(part.module() + " is not built: " + jar + " is missing.");
        }
        return jar;
    }

    private Map<String, String> environment(Instance instance, InstanceCounts counts, String clusterId) {
        var environment = common(instance, clusterId);
        if (instance.part() == Part.GATEWAY) {
            environment.putAll(gateway(instance));
        } else {
            environment.putAll(owner(instance, counts.of(instance.part())));
        }
        return environment;
    }

    private Map<String, String> common(Instance instance, String clusterId) {
        var environment = new TreeMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", settings.bootstrapServers());
        environment.put("QUARKUS_PROFILE", "prod");
        environment.put("QUARKUS_HTTP_HOST", host(instance.part()));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port(instance)));
        environment.put("QUARKUS_MANAGEMENT_HOST", SuiteSettings.LOOPBACK);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort(instance)));
        environment.put("REALTIME_CLUSTER_ID", clusterId);
        // The supervisor asks often until it hears yes; each no would be a line of the log.
        environment.put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "WARN");
        // Each further malloc arena costs memory that a handful of threads never need.
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    private Map<String, String> owner(Instance instance, int instances) {
        var environment = new TreeMap<String, String>();
        environment.put(
                "REALTIME_STATE_DIR",
                data.state(instance.part(), instance.number()).toString());
        environment.put("REALTIME_INSTANCE_ID", instance.id());
        // A person who has set it knows better.
        if (instances > 1 && !System.getenv().containsKey(STANDBYS)) {
            environment.put(STANDBYS, "1");
        }
        return environment;
    }

    private Map<String, String> gateway(Instance instance) {
        var environment = new TreeMap<String, String>();
        environment.put("REALTIME_GATEWAY_SLOT", Integer.toString(instance.number()));
        environment.put("REALTIME_OPEN", Boolean.toString(settings.open()));
        environment.put(TYPING, System.getenv().getOrDefault(TYPING, "true"));
        if (settings.open()) {
            OPEN.forEach((key, value) -> environment.put(key, System.getenv().getOrDefault(key, value)));
        }
        environment.put("REALTIME_MQTT_PORT", Integer.toString(Part.mqttPort(settings.offset(), instance.number())));
        environment.put(
                "REALTIME_MQTT_WEBSOCKET_PORT",
                Integer.toString(Part.mqttWebSocketPort(settings.offset(), instance.number())));
        environment.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "file:" + data.keys().resolve("public.pem"));
        environment.put("MP_JWT_VERIFY_PUBLICKEY_ALGORITHM", "ES256");
        environment.put("MP_JWT_VERIFY_ISSUER", DevelopmentTokens.ISSUER);
        return environment;
    }
}
