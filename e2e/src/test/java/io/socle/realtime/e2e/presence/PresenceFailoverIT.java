package io.socle.realtime.e2e.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.log.Partitions;
import io.socle.realtime.contracts.log.TopicPlan;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two owners of presence, each killed in turn while members come and go through two gateways. */
class PresenceFailoverIT {
    private static final int STEP = 10;
    private static final int WANDERERS = 12;
    private static final int CHANGES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static Suite suite;
    private static Suite second;

    @BeforeAll
    static void start() {
        var configuration = Map.of("realtime.presence.grace", "3S");
        suite = Suite.start("presence-failover", configuration, "--gateways", "2", "--presences", "2");
        second = suite.through(suite.gatewayPort() + STEP);
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    /** A channel of each partition, and so some of each owner. */
    private static List<String> channels() {
        Set<Integer> partitions = new HashSet<>();
        return IntStream.range(0, 1000)
                .mapToObj(i -> "square/" + i)
                .filter(name ->
                        partitions.add(Partitions.of(new ChannelName(name), TopicPlan.Counts.DEFAULT.commands())))
                .toList();
    }

    @Test
    void members_are_those_whose_connection_lives_whichever_owner_died() // PRS-12, PRS-13, PRS-22
            throws InterruptedException {
        List<String> channels = channels();
        assertThat(channels).hasSize(TopicPlan.Counts.DEFAULT.commands());
        var changes = new AtomicInteger();
        List<Wanderer> wanderers = new ArrayList<>();
        List<Follower> followers = new ArrayList<>();
        try {
            for (int i = 0; i < channels.size(); i++) {
                followers.add(new Follower(i % 2 == 0 ? suite : second, token("watcher"), channels.get(i)));
            }
            for (int i = 0; i < WANDERERS; i++) {
                wanderers.add(new Wanderer("w" + i, token("w" + i), List.of(suite, second), channels, changes));
            }
            for (String owner : List.of("presence-0", "presence-1")) {
                awaitMore(changes);
                suite.kill(owner);
                awaitMore(changes);
                suite.awaitReady(LIMIT);
            }
            awaitMore(changes);
            for (Wanderer wanderer : wanderers) {
                wanderer.end();
            }
            awaitAgreement(channels, followers, wanderers);
            assertThat(followers).allMatch(Follower::isWithoutGaps);
            for (Wanderer wanderer : wanderers) {
                assertThat(wanderer.saidToBe()).isEqualTo(wanderer.whereabouts());
            }
            wanderers.forEach(Wanderer::close);
            awaitAgreement(channels, followers, List.of());
        } finally {
            wanderers.forEach(Wanderer::close);
            followers.forEach(Follower::close);
        }
    }

    private static String token(String subject) {
        return suite.tokens().everything(subject);
    }

    private static void awaitMore(AtomicInteger changes) {
        int enough = changes.get() + CHANGES;
        Awaitility.await("more changes").atMost(LIMIT).until(() -> changes.get() >= enough);
    }

    /** Waits until every channel has the members of these, for who asks and for who follows. */
    private static void awaitAgreement(List<String> channels, List<Follower> followers, List<Wanderer> wanderers) {
        try (var asking = WsClient.connect(second, token("asking"))) {
            for (int i = 0; i < channels.size(); i++) {
                String channel = channels.get(i);
                Follower follower = followers.get(i);
                Map<String, String> expected = new TreeMap<>();
                wanderers.forEach(wanderer -> expected.putAll(wanderer.on(channel)));
                Awaitility.await(channel).atMost(LIMIT).untilAsserted(() -> {
                    assertThat(members(asking, channel)).isEqualTo(expected);
                    assertThat(follower.present()).isEqualTo(expected);
                });
            }
        }
    }

    private static Map<String, String> members(WsClient client, String channel) {
        return Ask.members(client, channel, "").members().stream()
                .collect(Collectors.toMap(
                        member -> member.subject() + '/' + member.entry(),
                        member -> member.profile().state().utf8()));
    }
}
