package io.socle.realtime.gateway.transport.mqtt.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketException;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import org.junit.jupiter.api.Test;

class OutboundFlowTest {
    @Test
    void the_window_closes_at_the_receive_maximum_and_opens_with_each_end_of_a_flow() { // MQT-22
        var flow = new OutboundFlow(2);
        int one = flow.begin(1);
        flow.begin(2);
        assertThat(flow.isOpen()).isFalse();
        assertThatThrownBy(() -> flow.begin(1)).isInstanceOf(IllegalStateException.class);
        flow.acknowledged(99);
        assertThat(flow.isOpen())
                .as("only an acknowledgement that is awaited counts")
                .isFalse();
        flow.acknowledged(one);
        assertThat(flow.isOpen()).isTrue();
        flow.acknowledged(one);
        flow.begin(1);
        assertThat(flow.isOpen()).as("an acknowledgement counts once").isFalse();
    }

    @Test
    void a_received_message_keeps_its_place_until_it_is_complete() {
        var flow = new OutboundFlow(1);
        int id = flow.begin(2);
        assertThat(flow.received(id, 0)).isNotNull();
        assertThat(flow.received(id, 0)).as("PUBREC comes again").isNotNull();
        assertThat(flow.isOpen()).isFalse();
        flow.completed(id);
        assertThat(flow.isOpen()).isTrue();
    }

    @Test
    void a_refused_message_is_over_and_an_unknown_one_is_told() {
        var flow = new OutboundFlow(1);
        int id = flow.begin(2);
        assertThat(flow.received(id, ReasonCode.QUOTA_EXCEEDED)).isNull();
        assertThat(flow.isOpen()).isTrue();
        assertThat(flow.received(99, 0))
                .isEqualTo(new Packet.Acknowledgement(PacketType.PUBREL, 99, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
    }

    @Test
    void identifiers_run_from_1_to_65535_and_none_is_given_twice() {
        var flow = new OutboundFlow(3);
        int kept = flow.begin(1);
        assertThat(kept).isOne();
        for (int expected = 2; expected <= 0xffff; expected++) {
            int id = flow.begin(1);
            assertThat(id).isEqualTo(expected);
            flow.acknowledged(id);
        }
        assertThat(flow.begin(1)).as("1 is still in flight").isEqualTo(2);
    }

    @Test
    void an_acknowledgement_of_another_kind_than_the_messages_breaks_the_standard() { // MQT-60
        var flow = new OutboundFlow(2);
        int once = flow.begin(1);
        int exactly = flow.begin(2);
        assertThatThrownBy(() -> flow.received(once, 0)).isInstanceOf(PacketException.class);
        assertThatThrownBy(() -> flow.completed(once)).isInstanceOf(PacketException.class);
        assertThatThrownBy(() -> flow.acknowledged(exactly)).isInstanceOf(PacketException.class);
        assertThatThrownBy(() -> flow.completed(exactly)).isInstanceOf(PacketException.class);
        flow.received(exactly, 0);
        assertThatThrownBy(() -> flow.acknowledged(exactly)).isInstanceOf(PacketException.class);
        assertThat(flow.inFlight()).isEqualTo(2);
    }
}
