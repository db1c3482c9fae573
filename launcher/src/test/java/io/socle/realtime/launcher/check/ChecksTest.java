package io.socle.realtime.launcher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a single broker cannot show. */
class ChecksTest {
    private static final Map<String, String> GOOD_BROKER = Map.of(
            "auto.create.topics.enable", "false",
            "message.max.bytes", "1048588",
            "transaction.state.log.replication.factor", "3");

    @Test
    void three_replicas_with_two_in_sync_are_well() {
        assertThat(replication(topic(3, 3, true, 2))).containsExactly("ok: topics by their replicas: {3=1}");
    }

    @Test
    void replicas_that_lag_are_a_warning_until_writes_are_refused() {
        assertThat(replication(topic(3, 2, true, 2)))
                .containsExactly("warning: 1 topic has replicas that are not in sync: t");
        assertThat(replication(topic(3, 1, true, 2)))
                .containsExactly(
                        "critical: 1 topic has fewer replicas in sync than min.insync.replicas, so writes are refused: t");
        assertThat(replication(topic(3, 3, false, 2)))
                .containsExactly("critical: 1 topic has partitions without a leader, which take no writes: t");
    }

    @Test
    void a_minimum_that_is_too_low_or_too_high_is_a_warning() {
        assertThat(replication(topic(3, 3, true, 1)))
                .containsExactly("warning: 1 topic has min.insync.replicas=1, so what is acknowledged may be on one"
                        + " machine only: t");
        assertThat(replication(topic(2, 2, true, 2)))
                .containsExactly("warning: 1 topic has as many min.insync.replicas as replicas, so writes stop when one"
                        + " broker is down: t");
    }

    @Test
    void brokers_are_told_what_the_services_need_of_them() {
        assertThat(brokers(3, GOOD_BROKER))
                .containsExactly("ok: settings fit; message.max.bytes is 1048588, and each topic sets its own");
        assertThat(brokers(2, GOOD_BROKER))
                .containsExactly("critical: transaction.state.log.replication.factor is 3, and brokers there are 2, so"
                        + " __transaction_state cannot be made");
        assertThat(brokers(1, Map.of("auto.create.topics.enable", "true")))
                .singleElement()
                .asString()
                .startsWith("warning: auto.create.topics.enable is true");
        assertThat(brokers(1, Map.of("transaction.max.timeout.ms", "5000", "group.min.session.timeout.ms", "20000")))
                .containsExactly(
                        "critical: transaction.max.timeout.ms is 5000, so channel-service is refused",
                        "critical: group.min.session.timeout.ms is 20000, so channel-service is refused");
        assertThat(brokers(1, Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000")))
                .containsExactly("warning: transaction.abort.timed.out.transaction.cleanup.interval.ms is 10000, so the"
                        + " channels of an owner that died may pause by as much longer");
    }

    @Test
    void brokers_whose_settings_may_not_be_read_are_a_warning() {
        var view = new ClusterView(Map.of(), 3, Map.of(), OptionalInt.empty());
        assertThat(told(BrokerCheck.check(view))).containsExactly("warning: their settings may not be read");
    }

    @Test
    void an_unknown_or_old_version_is_a_warning_and_a_newer_one_is_well() {
        assertThat(VersionCheck.check(OptionalInt.empty()).level()).isEqualTo(Level.WARNING);
        assertThat(VersionCheck.check(OptionalInt.of(1)).level()).isEqualTo(Level.WARNING);
        assertThat(VersionCheck.check(OptionalInt.of(1_000)))
                .isEqualTo(Finding.ok("version", "metadata.version is level 1000, newer than this program knows"));
    }

    @Test
    void the_json_has_the_worst_level_and_every_finding() {
        var report = new Report(List.of(Finding.ok("a", "is well"), Finding.critical("b", "is \"bad\"", "mend it")));
        assertThat(report.json())
                .isEqualTo("{\"status\":\"critical\",\"findings\":["
                        + "{\"level\":\"critical\",\"subject\":\"b\",\"text\":\"is \\\"bad\\\"\",\"remedy\":\"mend it\"},"
                        + "{\"level\":\"ok\",\"subject\":\"a\",\"text\":\"is well\"}]}");
        assertThat(report.worst().exitCode()).isEqualTo(2);
    }

    private static ClusterView.Topic topic(int replicas, int inSync, boolean led, int minimum) {
        var partition = new ClusterView.Partition(replicas, inSync, led);
        return new ClusterView.Topic(
                "t", Collections.nCopies(2, partition), Map.of("min.insync.replicas", Integer.toString(minimum)));
    }

    private static List<String> replication(ClusterView.Topic topic) {
        var view = new ClusterView(Map.of(topic.name(), topic), 3, Map.of(), OptionalInt.empty());
        return told(ReplicationCheck.check(view));
    }

    private static List<String> brokers(int count, Map<String, String> config) {
        return told(BrokerCheck.check(new ClusterView(Map.of(), count, Map.of("1", config), OptionalInt.empty())));
    }

    private static List<String> told(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.level().label() + ": " + finding.text())
                .toList();
    }
}
