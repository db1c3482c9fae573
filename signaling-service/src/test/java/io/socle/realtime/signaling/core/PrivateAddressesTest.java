package io.socle.realtime.signaling.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.Signal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateAddressesTest {
    private static final String HOST = "candidate:1 1 udp 1 192.168.0.7 1000 typ host";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "127.0.0.1",
                "0.0.0.0",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.1.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "::1",
                "::",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "FEBF::1",
                "::ffff:10.1.2.3",
                "0b4d2c6e-7a2e-4b3b-9c39-5e8a34b7a6c1.local"
            })
    void addresses_of_private_ranges_are_private(String address) { // SIG-43
        assertThat(PrivateAddresses.isPrivate(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11.0.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "169.253.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.1.1",
                "8.8.8.8",
                "2001:db8::1",
                "::ffff:8.8.8.8",
                "fec0::1",
                "turn.example.org"
            })
    void others_are_not(String address) { // SIG-43
        assertThat(PrivateAddresses.isPrivate(address)).isFalse();
    }

    @Test
    void a_description_keeps_what_is_public() { // SIG-43
        String sdp =
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 192.168.0.7\r\n"
                        + "a=candidate:1 1 udp 1 192.168.0.7 1000 typ host\r\n"
                        + "a=candidate:2 1 udp 1 203.0.113.9 2000 typ srflx raddr 192.168.0.7 rport 1000\r\n"
                        + "a=candidate:3 1 udp 1 2001:db8::9 2000 typ relay raddr fd00::7 rport 1000\r\n";
        assertThat(PrivateAddresses.without(sdp))
                .isEqualTo(
                        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n"
                                + "a=candidate:2 1 udp 1 203.0.113.9 2000 typ srflx raddr 0.0.0.0 rport 0\r\n"
                                + "a=candidate:3 1 udp 1 2001:db8::9 2000 typ relay raddr :: rport 0\r\n");
    }

    @Test
    void by_configuration_other_peers_never_see_them() { // SIG-43
        var room = new RoomFixture(new Bounds(3, 2, 2, RoomFixture.GRACE, true, Set.of(), Bounds.Ice.NONE));
        room.joined("1/a", "alice");
        long bob = room.joined("2/b", "bob");
        room.say("1/a", bob, new Signal.Offer(0, RoomFixture.sdp("x")));
        assertThat(room.say("1/a", bob, candidate(HOST))).isEqualTo(new Reply.Signaled(null, Signal.Ignored.PRIVATE));
        assertThat(room.told("2/b")).isEmpty();
        room.say("2/b", bob - 1, new Signal.Answer(1, RoomFixture.sdp("y") + "a=" + HOST + "\r\n"));
        assertThat(room.told("1/a"))
                .isEqualTo(List.of(new RoomEvent.Said(bob, new Signal.Answer(1, RoomFixture.sdp("y")))));
        room.say("1/a", bob, candidate("candidate:2 1 udp 1 203.0.113.9 2 typ relay raddr 10.0.0.1 rport 3"));
        assertThat(room.told("2/b"))
                .isEqualTo(List.of(new RoomEvent.Said(
                        bob - 1, candidate("candidate:2 1 udp 1 203.0.113.9 2 typ relay raddr 0.0.0.0 rport 0"))));
    }

    private static Signal candidate(String text) {
        return new Signal.Candidate(new IceCandidate(text, "0", 0, "x"));
    }
}
