package io.socle.realtime.launcher.suite;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small real process in place of a service or the broker: has a health port, and writes down when it was ended. */
public final class StandIn {
    private StandIn() {}

    /** Arguments: name, health port (0: print "up" instead), file to write its end to, exit code at once or -1. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String name = arguments[0];
        System.out.println(name + " begins");
        int exitCode = Integer.parseInt(arguments[3]);
        if (exitCode >= 0) {
            System.exit(exitCode);
        }
        Path ends = Path.of(arguments[2]);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> append(ends, name)));
        int port = Integer.parseInt(arguments[1]);
        if (port == 0) {
            System.out.println("up");
        } else {
            serveHealth(port);
        }
        Thread.currentThread().join();
    }

    private static void serveHealth(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static void append(Path file, String name) {
        try {
            Files.writeString(
                    file, name + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.out.println("cannot write " + file + ": " + e);
        }
    }

    static ServiceSpec broker(Path ends) {
        return new ServiceSpec(
                new Instance(Part.KAFKA, 0),
                "kafka",
                command("kafka", 0, ends, -1),
                Map.of(),
                List.of(),
                new ServiceSpec.Readiness.Line("up"));
    }

    /** A single gateway. */
    static ServiceSpec gateway(int port, Path ends, int exitCode) {
        return service(new Instance(Part.GATEWAY, 0), "gateway", port, ends, exitCode);
    }

    static ServiceSpec service(Instance instance, String name, int port, Path ends, int exitCode) {
        return new ServiceSpec(
                instance,
                name,
                command(name, port, ends, exitCode),
                Map.of("STAND_IN", "yes"),
                List.of(new Port(name, "127.0.0.1", port)),
                new ServiceSpec.Readiness.Health(URI.create("http://127.0.0.1:" + port + "/q/health/ready")));
    }

    private static List<String> command(String name, int port, Path ends, int exitCode) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx32m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), StandIn.class.getName()));
        command.addAll(List.of(name, Integer.toString(port), ends.toString(), Integer.toString(exitCode)));
        return command;
    }

    /** A plan of a stand-in broker and one stand-in service; the clean-up is the real {@code down}. */
    static Supervisor.Plan plan(Path data, int port) {
        return plan(data, port, _ -> List.of(gateway(port, data.resolve("ends"), -1)));
    }

    /** A plan of a stand-in broker and these services; gateways are called by the port and their number. */
    static Supervisor.Plan plan(Path data, int port, Supervisor.ServicePlan services) {
        var cleanUp = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.socle.realtime.launcher.Main",
                "down",
                "--data",
                data.toString());
        return new Supervisor.Plan(
                new DataFolder(data),
                data,
                number -> "http://127.0.0.1:" + (port + number),
                broker(data.resolve("ends")),
                services,
                InstanceCounts.SINGLE,
                cleanUp,
                Duration.ofSeconds(15));
    }

    /** A supervisor as a process of its own, so that it can be killed. */
    public static final class Supervised {
        private Supervised() {}

        /** Arguments: data folder, port. */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            var data = Path.of(arguments[0]);
            new DataFolder(data).prepare(0);
            var log = new MergedLog(System.out, false, new DataFolder(data).log());
            try (var _ = new DataFolder(data).lock()) {
                var supervisor = new Supervisor(plan(data, Integer.parseInt(arguments[1])), log);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor)));
                supervisor.start();
                supervisor.awaitStopped();
            }
        }

        private static void stop(Supervisor supervisor) {
            try {
                supervisor.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
