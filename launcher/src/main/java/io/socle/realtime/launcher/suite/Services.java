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

/** What to start for a suite: the broker, and the four services as the artifacts that run in production. */
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

    private final SuiteSettings settings;
    private final DataFolder data;
    private final String java;
    private final ClassArchive archive;

    public Services(SuiteSettings settings, DataFolder data) {
        this(settings, data, ClassArchive.USE);
    }

    Services(SuiteSettings settings, DataFolder data, ClassArchive archive) {
        this.archive = archive;
        this.settings = settings;
        this.data = data;
        this.java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    public ServiceSpec broker(String classPath) {
        int offset = settings.offset();
        var command = new ArrayList<>(List.of(java, "-Xms64m", "-Xmx256m", "-XX:MaxMetaspaceSize=160m"));
        command.addAll(COMMON);
        command.addAll(archive.flags(target("launcher"), target("launcher").resolve("launcher.jar")));
        command.addAll(List.of("-cp", classPath, "io.socle.realtime.launcher.Main", "broker"));
        command.addAll(List.of("--directory", data.kafka().toString()));
        command.addAll(List.of("--port", Integer.toString(Part.KAFKA.port(offset))));
        command.addAll(List.of("--controller-port", Integer.toString(Part.KAFKA.managementPort(offset))));
        return new ServiceSpec(
                Part.KAFKA.label(),
                command,
                Map.of("MALLOC_ARENA_MAX", "2"),
                ports(Part.KAFKA, SuiteSettings.LOOPBACK),
                new ServiceSpec.Readiness.Line(BROKER_READY));
    }

    /** The four services; throws Refusal where one is not built. */
    public List<ServiceSpec> services(String clusterId) {
        return List.of(
                service(Part.CHANNEL, List.of("-Xmx192m"), channel(clusterId)),
                service(Part.PRESENCE, SMALL, common(Part.PRESENCE, SuiteSettings.LOOPBACK, clusterId)),
                service(Part.SIGNALING, SMALL, common(Part.SIGNALING, SuiteSettings.LOOPBACK, clusterId)),
                service(Part.GATEWAY, List.of("-Xmx192m"), gateway(clusterId)));
    }

    /** All ports of the suite, to be checked before anything starts. */
    public List<Port> allPorts() {
        var all = new ArrayList<Port>();
        for (Part part : Part.values()) {
            all.addAll(ports(part, host(part)));
        }
        return all;
    }

    private String host(Part part) {
        return part == Part.GATEWAY ? settings.host() : SuiteSettings.LOOPBACK;
    }

    private List<Port> ports(Part part, String host) {
        return List.of(
                new Port(part.label(), host, part.port(settings.offset())),
                new Port(part.label(), SuiteSettings.LOOPBACK, part.managementPort(settings.offset())));
    }

    private ServiceSpec service(Part part, List<String> size, Map<String, String> environment) {
        var command = new ArrayList<>(List.of(java, "-Xms32m", "-XX:MaxMetaspaceSize=160m"));
        command.addAll(size);
        command.addAll(COMMON);
        command.addAll(archive.flags(target(part.module()), runner(part)));
        command.addAll(List.of("-jar", runner(part).toString()));
        return new ServiceSpec(
                part.label(),
                command,
                environment,
                ports(part, host(part)),
                new ServiceSpec.Readiness.Health(health(part)));
    }

    private URI health(Part part) {
        return URI.create(
                "http://" + SuiteSettings.LOOPBACK + ":" + part.managementPort(settings.offset()) + "/q/health/ready");
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

    private Map<String, String> common(Part part, String host, String clusterId) {
        var environment = new TreeMap<String, String>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", settings.bootstrapServers());
        environment.put("QUARKUS_PROFILE", "prod");
        environment.put("QUARKUS_HTTP_HOST", host);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(part.port(settings.offset())));
        environment.put("QUARKUS_MANAGEMENT_HOST", SuiteSettings.LOOPBACK);
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(part.managementPort(settings.offset())));
        environment.put("REALTIME_CLUSTER_ID", clusterId);
        // The supervisor asks often until it hears yes; each no would be a line of the log.
        environment.put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "WARN");
        // Each further malloc arena costs memory that a handful of threads never need.
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    private Map<String, String> channel(String clusterId) {
        var environment = common(Part.CHANNEL, SuiteSettings.LOOPBACK, clusterId);
        environment.put("REALTIME_STATE_DIR", data.channelState().toString());
        environment.put("REALTIME_INSTANCE_ID", "channel-0");
        return environment;
    }

    private Map<String, String> gateway(String clusterId) {
        var environment = common(Part.GATEWAY, settings.host(), clusterId);
        environment.put("REALTIME_GATEWAY_SLOT", "0");
        environment.put("REALTIME_OPEN", Boolean.toString(settings.open()));
        environment.put(
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "file:" + data.keys().resolve("public.pem"));
        environment.put("MP_JWT_VERIFY_PUBLICKEY_ALGORITHM", "ES256");
        environment.put("MP_JWT_VERIFY_ISSUER", DevelopmentTokens.ISSUER);
        return environment;
    }
}
