package io.socle.realtime.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstancesTest {
    @TempDir
    Path folder;

    @Test
    void ten_of_each_share_no_port_and_leave_room_for_a_suite_that_is_100_apart() {
        var ten = InstanceCounts.SINGLE.with(List.of("gateway=10", "channel=10", "presence=10", "signaling=10"));
        var ports = services(ten).allPorts().stream().map(Port::number).toList();
        assertThat(ports).hasSize(102).doesNotHaveDuplicates();
        assertThat(ports)
                .allMatch(port ->
                        (port >= 8080 && port < 8180) || (port >= 9080 && port < 9180) || (port >= 1883 && port < 1983))
                .contains(1883, 1884, 1973, 8080, 8090, 8170, 9080, 9090, 9170, 9092, 9093);
    }

    @Test
    void a_count_that_is_none_or_beyond_the_limits_is_refused_in_one_sentence() {
        refused("gateway=0", "gateway can have 1 to 10 instances, not 0.");
        refused("channel=11", "channel can have 1 to 10 instances, not 11.");
        refused("gatway=2", "There is no service gatway; there are channel, presence, signaling, gateway.");
        refused("kafka=2", "There is no service kafka; there are channel, presence, signaling, gateway.");
        refused("gateway", "gateway is no count of instances such as gateway=4.");
        refused("gateway=many", "gateway=many is no count of instances such as gateway=4.");
    }

    private static void refused(String text, String sentence) {
        assertThatThrownBy(() -> InstanceCounts.SINGLE.with(List.of(text)))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }

    @Test
    void each_instance_has_an_identity_of_its_own_and_only_several_channels_keep_standbys() throws IOException {
        build();
        var several = InstanceCounts.SINGLE.with(List.of("channel=2", "gateway=2"));
        var specs = services(several).services("cluster", several);
        assertThat(specs)
                .extracting(ServiceSpec::name)
                .containsExactly("channel-0", "channel-1", "presence", "signaling", "gateway-0", "gateway-1");
        assertThat(environment(specs, "channel-1"))
                .containsEntry("REALTIME_INSTANCE_ID", "channel-1")
                .containsEntry(
                        "REALTIME_STATE_DIR", folder.resolve("channel-state-1").toString())
                .containsEntry("REALTIME_STREAMS_STANDBYS", "1")
                .containsEntry("QUARKUS_HTTP_PORT", "8091");
        assertThat(environment(specs, "gateway-1"))
                .containsEntry("REALTIME_GATEWAY_SLOT", "1")
                .containsEntry("REALTIME_MQTT_PORT", "1893")
                .containsEntry("REALTIME_MQTT_WEBSOCKET_PORT", "1894")
                .containsEntry("QUARKUS_MANAGEMENT_PORT", "9090");

        var single = services(InstanceCounts.SINGLE).services("cluster", InstanceCounts.SINGLE);
        assertThat(environment(single, "channel"))
                .containsEntry("REALTIME_INSTANCE_ID", "channel-0")
                .containsEntry(
                        "REALTIME_STATE_DIR", folder.resolve("channel-state").toString())
                .doesNotContainKey("REALTIME_STREAMS_STANDBYS");
    }

    @Test
    void the_welcome_names_every_gateway() {
        var two = InstanceCounts.SINGLE.with(List.of("gateway=2"));
        assertThat(Welcome.text(settings(two), "token", ""))
                .contains("HTTP, SSE     http://127.0.0.1:8080/v1\n                http://127.0.0.1:8090/v1\n")
                .contains("WebSocket     ws://127.0.0.1:8080/ws\n                ws://127.0.0.1:8090/ws\n")
                .contains("MQTT          mqtt://127.0.0.1:1883  ws://127.0.0.1:1884/mqtt\n"
                        + "                mqtt://127.0.0.1:1893  ws://127.0.0.1:1894/mqtt\n");
    }

    private Services services(InstanceCounts counts) {
        return new Services(settings(counts), new DataFolder(folder));
    }

    private SuiteSettings settings(InstanceCounts counts) {
        return new SuiteSettings(folder, folder, 0, "127.0.0.1", false, counts);
    }

    private static Map<String, String> environment(List<ServiceSpec> specs, String name) {
        return specs.stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow()
                .environment();
    }

    private void build() throws IOException {
        for (Part part : Part.services()) {
            Path app = folder.resolve(part.module()).resolve("target").resolve("quarkus-app");
            Files.createDirectories(app);
            Files.writeString(app.resolve("quarkus-run.jar"), "");
        }
    }
}
