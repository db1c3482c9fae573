package io.socle.realtime.e2e.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.socle.realtime.";
    private static final String[] PURE = {
        "java.lang..",
        "java.util",
        "java.util.function..",
        "java.util.stream..",
        "java.time..",
        "java.nio",
        "java.nio.charset..",
        "java.math..",
        "org.jspecify..",
        ROOT + "contracts.message..",
        ROOT + "contracts.command..",
        ROOT + "contracts.delivery..",
        ROOT + "contracts.failure..",
        ROOT + "contracts.frame..",
        ROOT + "contracts.json..",
        ROOT + "contracts.signaling.."
    };
    private static final Set<String> SAYS_NOTHING =
            Set.of("util", "utils", "common", "helper", "helpers", "misc", "manager", "impl");

    private static JavaClasses all;

    @BeforeAll
    static void read() {
        List<Path> folders = Project.MODULES.stream().map(Project::classes).toList();
        all = new ClassFileImporter().importPaths(folders);
        assertThat(all.size()).as("classes found").isGreaterThan(300);
    }

    @Test
    void cores_and_the_session_depend_on_values_only() {
        for (String pure :
                List.of("channel.core", "presence.core", "signaling.core", "gateway.session", "gateway.pressure")) {
            classes()
                    .that()
                    .resideInAPackage(ROOT + pure + "..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(with(PURE, ROOT + pure + ".."))
                    .check(all);
        }
    }

    @Test
    void cores_and_the_session_read_no_clock_randomness_thread_or_environment() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "*.core..", ROOT + "gateway.session..", ROOT + "gateway.pressure..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.random.RandomGenerator.class)
                .check(all);
    }

    @Test
    void kafka_is_known_to_log_and_stream_only() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "gateway.log..",
                        ROOT + "*.stream..",
                        ROOT + "shell.owner..",
                        ROOT + "contracts.cloudevents..",
                        ROOT + "launcher..",
                        ROOT + "bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(all);
    }

    @Test
    void a_protocols_library_stays_in_its_transport() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "gateway.transport.websocket..", ROOT + "bench..", ROOT + "launcher..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.quarkus.websockets..")
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "gateway.transport.websocket..",
                        ROOT + "gateway.transport.mqtt",
                        ROOT + "gateway.bridge",
                        ROOT + "bench..",
                        ROOT + "launcher..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(all);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "gateway.transport.mqtt..", ROOT + "gateway.bridge", ROOT + "bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.mqtt..", "io.netty.handler.codec.mqtt..")
                .check(all);
    }

    @Test
    void a_bridge_is_a_client_of_the_gateway_as_a_transport_is() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "gateway.bridge")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.smallrye.reactive.messaging..")
                .check(all);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "gateway.bridge")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "gateway.hub..",
                        ROOT + "gateway.log..",
                        ROOT + "gateway.auth..",
                        ROOT + "gateway.connection..",
                        ROOT + "gateway.transport.mqtt..",
                        ROOT + "gateway.app..")
                .check(all);
    }

    @Test
    void transports_never_see_one_another_nor_what_is_behind_the_spi() {
        slices().matching(ROOT + "gateway.transport.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                ROOT + "gateway.transport.spi.."))
                .check(all);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "gateway.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "gateway.hub..",
                        ROOT + "gateway.log..",
                        ROOT + "gateway.auth..",
                        ROOT + "gateway.connection..",
                        ROOT + "gateway.app..")
                .check(all);
    }

    @Test
    void services_never_import_one_another() {
        List<String> services = List.of("gateway", "channel", "presence", "signaling");
        for (String service : services) {
            String[] others = services.stream()
                    .filter(other -> !other.equals(service))
                    .map(other -> ROOT + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + service + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(all);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "shell..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + service + "..")
                    .check(all);
        }
    }

    @Test
    void there_are_no_package_cycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(all);
    }

    @Test
    void package_names_say_something_and_each_package_says_its_purpose() {
        for (Path source : Project.sources()) {
            Path folder = source.resolveSibling("").normalize();
            assertThat(SAYS_NOTHING).doesNotContain(String.valueOf(folder.getFileName()));
            String purpose = Project.read(Project.packageInfo(folder));
            assertThat(purpose).as(folder.toString()).contains("@NullMarked").startsWith("/**");
        }
    }

    @Test
    void no_source_is_longer_than_400_lines() {
        for (Path source : Project.sources()) {
            assertThat(Project.read(source).lines().count())
                    .as(source.toString())
                    .isLessThanOrEqualTo(400);
        }
    }

    @Test
    void services_print_and_sleep_nowhere() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "gateway..",
                        ROOT + "channel..",
                        ROOT + "presence..",
                        ROOT + "signaling..",
                        ROOT + "shell..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(all);
    }

    private static String[] with(String[] some, String one) {
        String[] all = java.util.Arrays.copyOf(some, some.length + 1);
        all[some.length] = one;
        return all;
    }
}
