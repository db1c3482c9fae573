package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A shared subscription over two gateways, through the loss of a member's gateway and of the owner. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedFailoverIT {
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    /** Ports of the second gateway are this much higher. */
    private static final int STEP = 10;

    private final Suite suite =
            Suite.start("shared-subscription", Map.of("realtime.nodes.lease", "4S"), "--gateways", "2");
    private final String token = suite.tokens().everything("clerk");
    private final HttpApi http = new HttpApi(suite, token);

    @AfterAll
    void stop() {
        suite.close();
    }

    private Worker worker(int step, String filter, boolean acknowledges) throws Exception {
        return Worker.begin(suite, suite.mqttPort() + step, token, filter, MqttQos.AT_LEAST_ONCE, acknowledges);
    }

    /** Publishes numbers until each is acknowledged, as a client that retries with the same id. */
    private Set<String> publish(String channel, int count) {
        Set<String> published = new TreeSet<>();
        for (int n = 0; n < count; n++) {
            String text = channel + " " + n;
            Awaitility.await("a publish")
                    .atMost(RECOVERY)
                    .ignoreExceptions()
                    .until(() -> http.post(HttpApi.messages(channel), "text/plain", text, "rt-id", text)
                                    .statusCode()
                            == 200);
            published.add(text);
        }
        return published;
    }

    @Test
    void what_members_of_a_killed_gateway_had_goes_to_those_of_the_other() throws Exception { // MQT-104
        String filter = "$share/g/lost/+";
        try (Worker here = worker(0, filter, true);
                Worker there = worker(STEP, filter, false);
                Worker alsoThere = worker(STEP, filter, false)) {
            Set<String> wanted = new TreeSet<>(publish("lost/1", 15));
            wanted.addAll(publish("lost/2", 15));
            Awaitility.await("the others to have their part")
                    .atMost(RECOVERY)
                    .until(() -> !there.got.isEmpty() && !alsoThere.got.isEmpty());
            suite.kill("gateway-1");
            Worker.awaitAll(wanted, List.of(here));
            assertThat(here.got).as("each once").hasSize(wanted.size());
        } finally {
            suite.awaitReady(RECOVERY);
        }
    }

    @Test
    void a_killed_owner_forgets_neither_members_nor_what_is_under_way() throws Exception { // MQT-104, PUB-1
        String filter = "$share/g/owner/#";
        try (Worker one = worker(0, filter, true);
                Worker two = worker(0, filter, true);
                Worker mute = worker(0, filter, false)) {
            Set<String> wanted = new TreeSet<>(publish("owner/1", 12));
            long pid = suite.pid("channel").orElseThrow();
            var more = new Thread(() -> wanted.addAll(publish("owner/2", 60)), "publisher");
            more.start();
            Awaitility.await("the flow").atMost(RECOVERY).until(() -> one.got.size() > 8);
            suite.kill(pid);
            more.join(RECOVERY.toMillis());
            assertThat(more.isAlive()).isFalse();
            Awaitility.await("all but what the mute one has")
                    .atMost(RECOVERY)
                    .until(() -> one.texts.size() + two.texts.size() + mute.texts.size() >= wanted.size());
            mute.close();
            Worker.awaitAll(wanted, List.of(one, two));
            assertThat(mute.got).isNotEmpty();
        } finally {
            suite.awaitReady(RECOVERY);
        }
    }
}
