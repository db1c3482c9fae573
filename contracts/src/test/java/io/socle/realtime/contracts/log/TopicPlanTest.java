package io.socle.realtime.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    private final LogTopics names = new LogTopics("t.");
    private final TopicPlan plan = TopicPlan.of(names, new TopicPlan.Counts(3, 5));

    @Test
    void every_topic_of_the_suite_is_planned_once() {
        assertThat(plan.topics()).extracting(TopicPlan.Topic::name).containsExactlyElementsOf(names.all());
    }

    @Test
    void reads_have_as_many_partitions_as_commands_so_that_one_owner_has_both() {
        assertThat(topic(names.reads()).partitions()).isEqualTo(3);
        assertThat(topic(names.channelCommands()).partitions()).isEqualTo(3);
    }

    @Test
    void deliveries_have_one_partition_per_gateway_slot_and_are_bounded_in_bytes() {
        assertThat(topic(names.deliveries()).partitions()).isEqualTo(5);
        assertThat(topic(names.deliveries()).config()).containsEntry("retention.bytes", "268435456");
    }

    @Test
    void whatever_an_owner_takes_its_clock_from_has_log_append_time() {
        var withLogTime = plan.topics().stream()
                .filter(topic -> "LogAppendTime".equals(topic.config().get("message.timestamp.type")))
                .map(TopicPlan.Topic::name)
                .collect(Collectors.toSet());
        assertThat(withLogTime)
                .containsExactlyInAnyOrder(
                        names.channelCommands(),
                        names.reads(),
                        names.presenceCommands(),
                        names.signalingCommands(),
                        names.deliveries(),
                        names.nodes());
    }

    @Test
    void whatever_has_payloads_is_deleted_within_its_retention_and_one_segment_DEL_10() {
        assertThat(hours(names.channelCommands())).isEqualTo(1.5);
        assertThat(hours(names.deliveries())).isEqualTo(0.25);
        assertThat(hours(names.parked())).isEqualTo(8 * 24);
        assertThat(TopicPlan.CHANGELOG).containsEntry("max.compaction.lag.ms", "21600000");
    }

    private double hours(String name) {
        var config = topic(name).config();
        return Stream.of("retention.ms", "segment.ms")
                        .mapToLong(key -> Long.parseLong(config.getOrDefault(key, "")))
                        .sum()
                / 3_600_000.0;
    }

    @Test
    void nodes_have_one_partition_because_a_claims_offset_orders_claims() {
        assertThat(topic(names.nodes()).partitions()).isOne();
        assertThat(topic(names.control()).config()).containsEntry("cleanup.policy", "compact");
    }

    @Test
    void no_topic_can_have_less_than_one_partition() {
        assertThatThrownBy(() -> TopicPlan.of(names, new TopicPlan.Counts(0, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private TopicPlan.Topic topic(String name) {
        return plan.topics().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
