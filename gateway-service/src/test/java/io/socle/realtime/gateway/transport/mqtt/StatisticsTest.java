package io.socle.realtime.gateway.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.gateway.session.Capabilities;
import io.socle.realtime.gateway.session.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a node tells of itself, and to whom (MQT-113, MQT-114). */
class StatisticsTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(77);
    private final Statistics statistics = new Statistics("realtime 1", nanos::get);

    private String value(String topic) {
        Map<String, String> values = statistics.values();
        return String.valueOf(values.get(Statistics.ROOT + topic));
    }

    @Test
    void everything_is_counted_under_the_names_of_other_brokers() {
        statistics.connected(1);
        statistics.connected(1);
        statistics.connected(-1);
        statistics.subscribed(3);
        statistics.receivedBytes(40);
        statistics.received(0x10);
        statistics.received(0x32);
        statistics.sent(0x20, 4);
        statistics.sent(0x3d, 6);
        nanos.addAndGet(3 * SECOND / 2);
        assertThat(value("version")).isEqualTo("realtime 1");
        assertThat(value("uptime")).isEqualTo("1 seconds");
        assertThat(value("clients/connected")).isEqualTo("1");
        assertThat(value("subscriptions/count")).isEqualTo("3");
        assertThat(value("bytes/received")).isEqualTo("40");
        assertThat(value("bytes/sent")).isEqualTo("10");
        assertThat(value("messages/received")).isEqualTo("2");
        assertThat(value("messages/sent")).isEqualTo("2");
        assertThat(value("publish/messages/received")).isEqualTo("1");
        assertThat(value("publish/messages/sent")).isEqualTo("1");
    }

    @Test
    void loads_come_to_the_rate_and_forget_it() {
        for (int second = 0; second < 600; second++) {
            nanos.addAndGet(SECOND);
            statistics.received(0x30);
            statistics.values();
        }
        assertThat(Double.parseDouble(value("load/publish/received/1min"))).isBetween(59.0, 61.0);
        assertThat(value("load/messages/received/1min")).isEqualTo(value("load/publish/received/1min"));
        nanos.addAndGet(600 * SECOND);
        assertThat(value("load/publish/received/1min")).isEqualTo("0.00");
        assertThat(value("load/bytes/sent/1min")).isEqualTo("0.00");
    }

    private static boolean mayRead(String granted, String wanted) {
        List<ChannelFilter> filters = List.of(new ChannelFilter(granted));
        Capabilities capabilities = new Capabilities(filters, filters, filters, filters);
        return SystemTopics.mayRead(new Principal("alice", capabilities, null), new ChannelFilter(wanted));
    }

    @Test
    void only_who_was_granted_them_by_name_may_read_them_and_in_open_mode_everybody() {
        assertThat(mayRead("$SYS/#", "$SYS/#")).isTrue();
        assertThat(mayRead("$SYS/broker/clients/+", "$SYS/broker/clients/connected"))
                .isTrue();
        assertThat(mayRead("$SYS/broker/clients/+", "$SYS/broker/#")).isFalse();
        assertThat(mayRead("#", "$SYS/#")).isFalse();
        assertThat(mayRead("+/#", "$SYS/broker/uptime")).isFalse();
        assertThat(SystemTopics.mayRead(Principal.ANONYMOUS, new ChannelFilter("$SYS/#")))
                .isTrue();
    }

    @Test
    void topics_of_the_system_are_told_from_others() {
        assertThat(SystemTopics.isSystem("$SYS/#")).isTrue();
        assertThat(SystemTopics.isSystem("$SYS")).isTrue();
        assertThat(SystemTopics.isSystem("$SYSTEM/a")).isFalse();
        assertThat(SystemTopics.isSystem("#")).isFalse();
    }
}
