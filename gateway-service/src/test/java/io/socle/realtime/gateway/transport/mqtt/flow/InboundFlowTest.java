package io.socle.realtime.gateway.transport.mqtt.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.gateway.transport.mqtt.flow.InboundFlow.Arrival;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet.Acknowledgement;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import org.junit.jupiter.api.Test;

class InboundFlowTest {
    private final InboundFlow flow = new InboundFlow(3, true);

    private static Acknowledgement ack(PacketType type, int packetId, int code) {
        return new Acknowledgement(type, packetId, code);
    }

    @Test
    void acknowledgements_keep_the_order_of_the_publishes_whatever_the_order_of_the_decisions() { // MQT-10
        flow.arrived(1, 7);
        flow.arrived(1, 8);
        flow.arrived(2, 9);
        assertThat(flow.decided(8, 0)).isEmpty();
        assertThat(flow.decided(9, 0)).containsExactly(ack(PacketType.PUBREC, 9, 0));
        assertThat(flow.decided(7, 0x87))
                .containsExactly(ack(PacketType.PUBACK, 7, 0x87), ack(PacketType.PUBACK, 8, 0));
        assertThat(flow.size()).isOne();
    }

    @Test
    void a_repeat_is_not_new_until_its_flow_is_over() { // MQT-13
        assertThat(flow.arrived(2, 5)).isEqualTo(Arrival.NEW);
        assertThat(flow.arrived(2, 5)).isEqualTo(Arrival.REPEAT);
        assertThat(flow.arrived(1, 5)).isEqualTo(Arrival.IN_USE);
        flow.decided(5, 0);
        assertThat(flow.arrived(2, 5)).isEqualTo(Arrival.RECEIVED);
        assertThat(flow.released(5)).isEqualTo(ack(PacketType.PUBCOMP, 5, 0));
        assertThat(flow.released(5)).isEqualTo(ack(PacketType.PUBCOMP, 5, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND));
        assertThat(flow.arrived(2, 5)).isEqualTo(Arrival.NEW);
    }

    @Test
    void a_release_before_its_pubrec_is_not_known() {
        flow.arrived(2, 5);
        assertThat(flow.released(5).reasonCode()).isEqualTo(ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        assertThat(flow.decided(5, 0)).hasSize(1);
    }

    @Test
    void a_full_flow_makes_room_by_itself_where_all_of_it_is_of_qos_1() { // MQT-15
        flow.arrived(1, 1);
        flow.arrived(1, 2);
        assertThat(flow.isFull()).isFalse();
        flow.arrived(1, 3);
        assertThat(flow.isFull() && flow.makesRoom()).isTrue();
        flow.decided(1, 0);
        assertThat(flow.isFull()).isFalse();
        flow.arrived(2, 4);
        assertThat(flow.isFull()).isTrue();
        assertThat(flow.makesRoom()).as("PUBREL is the client's").isFalse();
    }

    @Test
    void the_receive_maximum_counts_flows_and_not_packets() { // MQT-15
        flow.arrived(1, 1);
        flow.arrived(2, 2);
        flow.arrived(2, 3);
        assertThat(flow.arrived(2, 3)).isEqualTo(Arrival.REPEAT);
        assertThat(flow.arrived(1, 4)).isEqualTo(Arrival.TOO_MANY);
        flow.decided(2, 0);
        assertThat(flow.arrived(1, 4)).isEqualTo(Arrival.TOO_MANY);
        flow.decided(3, 0x97);
        assertThat(flow.arrived(1, 4)).isEqualTo(Arrival.NEW);
    }

    @Test
    void a_client_that_knows_of_no_maximum_has_none() {
        var old = new InboundFlow(1, false);
        for (int id = 1; id <= 100; id++) {
            assertThat(old.arrived(1, id)).isEqualTo(Arrival.NEW);
        }
    }
}
