package io.socle.realtime.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.history.Event;
import io.socle.realtime.e2e.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelPausesTest {
    private final List<History.Entry> entries = new ArrayList<>();

    private void at(int second, Event event) {
        entries.add(new History.Entry(Duration.ofSeconds(second).toNanos(), "client", event));
    }

    private static Event sent(String channel, String id) {
        return new Event.Send(channel, id, 1);
    }

    private static Event acknowledged(String channel, String id) {
        return new Event.Ack(channel, id, new Position(7, 1), false);
    }

    private void expect(int seconds) {
        assertThat(ChannelPauses.longest(entries)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void nothing_to_acknowledge_is_no_pause() {
        at(0, new Event.Struck());
        at(0, sent("a", "1"));
        at(1, acknowledged("a", "1"));
        at(60, sent("a", "2"));
        at(62, acknowledged("a", "2"));
        expect(2);
    }

    @Test
    void a_channel_that_acknowledges_something_does_not_pause_although_one_message_waits() {
        at(0, new Event.Struck());
        at(0, sent("a", "1"));
        for (int second = 1; second < 9; second++) {
            at(second, sent("a", "of second " + second));
            at(second, acknowledged("a", "of second " + second));
        }
        at(9, acknowledged("a", "1"));
        expect(1);
    }

    @Test
    void a_retry_does_not_end_a_pause_and_another_channel_does_not_either() {
        at(0, new Event.Struck());
        at(0, sent("a", "1"));
        at(4, new Event.Unknown("a", "1", "timeout"));
        at(5, sent("a", "1"));
        at(6, sent("b", "2"));
        at(6, acknowledged("b", "2"));
        at(7, acknowledged("a", "1"));
        expect(7);
    }

    @Test
    void what_ended_before_faults_strike_does_not_count() {
        at(0, sent("a", "1"));
        at(8, acknowledged("a", "1"));
        at(9, sent("a", "2"));
        at(10, new Event.Struck());
        at(12, acknowledged("a", "2"));
        expect(3);
    }
}
