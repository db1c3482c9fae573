package io.socle.realtime.signaling.core;

import static io.socle.realtime.signaling.core.RoomFixture.ROOM;
import static io.socle.realtime.signaling.core.RoomFixture.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.signaling.CallResponse;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.Metadata;
import io.socle.realtime.contracts.signaling.RoomAction;
import io.socle.realtime.contracts.signaling.RoomEvent;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallTest {
    private static final int RING = 30_000;

    private final RoomFixture room = new RoomFixture();
    private long alice;

    @BeforeEach
    void join() {
        alice = room.joined("1/a", "alice");
    }

    private long ring(String... callees) {
        return ((Reply.Ringing) room.ask(new RoomAction.Ring("1/a", List.of(callees), RING, null))).call();
    }

    private Reply respond(String connection, String subject, long call, CallResponse response) {
        return room.ask(new RoomAction.Respond(connection, subject, call, response));
    }

    private void assertTold(long call, String subject, CallState state) {
        assertThat(room.told("1/a")).containsExactly(new RoomEvent.Call(call, subject, state));
    }

    private static String text(RealtimeMessage message) {
        return new String(message.data().bytes(), UTF_8);
    }

    @Test
    void who_is_called_is_told_on_its_inbox_and_the_caller_how_long_it_rings() { // SIG-50, SIG-51, SIG-57
        var ringing = (Reply.Ringing)
                room.ask(new RoomAction.Ring("1/a", List.of("bob", "carol"), RING, new Metadata("{\"video\":true}")));
        assertThat(ringing.expires()).isEqualTo(Instant.ofEpochMilli(room.now + RING));
        assertThat(room.published())
                .extracting(message -> message.channel().value())
                .containsExactly("$inbox/bob", "$inbox/carol");
        RealtimeMessage told = room.published().getFirst();
        assertThat(told.type()).isEqualTo("call.ringing");
        assertThat(told.id()).isEqualTo("call-4-" + Long.toHexString(ringing.call()) + "-ringing");
        assertThat(text(told))
                .isEqualTo(
                        "{\"call\":\"%x\",\"room\":\"calls/1\",\"from\":\"alice\",\"peer\":\"%x\",\"expires\":\"%s\",\"metadata\":{\"video\":true}}"
                                .formatted(ringing.call(), alice, ringing.expires()));
    }

    @Test
    void one_answer_counts_and_stops_the_other_devices() { // SIG-53
        long call = ring("bob");
        assertThat(respond("2/phone", "bob", call, CallResponse.ACCEPT)).isEqualTo(new Reply.Done());
        assertTold(call, "bob", CallState.ACCEPTED);
        assertThat(text(room.published().getFirst())).contains("\"connection\":\"2/phone\"");
        assertRefused(respond("2/desk", "bob", call, CallResponse.REJECT), FailureCode.CALL_ANSWERED);
        assertRefused(respond("2/phone", "bob", call, CallResponse.REJECT), FailureCode.CALL_ANSWERED);
        assertThat(respond("2/phone", "bob", call, CallResponse.ACCEPT)).isEqualTo(new Reply.Done());
        assertThat(room.published()).isEmpty();
        assertThat(room.partition.next()).as("nobody rings any more").isEmpty();
    }

    @Test
    void who_is_no_peer_calls_nobody() { // SIG-50
        assertRefused(room.ask(new RoomAction.Ring("1/x", List.of("bob"), RING, null)), FailureCode.NOT_IN_ROOM);
        assertThat(room.published()).isEmpty();
    }

    @Test
    void who_says_no_is_called_no_more() { // SIG-50, SIG-55
        long call = ring("bob", "carol");
        respond("2/b", "bob", call, CallResponse.REJECT);
        assertTold(call, "bob", CallState.REJECTED);
        respond("2/c", "carol", call, CallResponse.BUSY);
        assertTold(call, "carol", CallState.BUSY);
        assertRefused(respond("2/b", "bob", call, CallResponse.ACCEPT), FailureCode.CALL_UNKNOWN);
        assertRefused(respond("2/d", "dave", ring("bob"), CallResponse.ACCEPT), FailureCode.CALL_UNKNOWN);
    }

    @Test
    void a_call_that_nobody_answers_ends_by_itself() { // SIG-50
        long call = ring("bob");
        room.pass(Duration.ofMillis(RING - 1));
        assertThat(room.effects).isEmpty();
        room.pass(Duration.ofMillis(1));
        assertTold(call, "bob", CallState.TIMEOUT);
        assertThat(room.published()).extracting(RealtimeMessage::type).containsExactly("call.timeout");
        assertRefused(respond("2/b", "bob", call, CallResponse.ACCEPT), FailureCode.CALL_UNKNOWN);
        assertThat(room.tables.timers()).isZero();
    }

    @Test
    void the_caller_cancels_and_its_leaving_does_too() { // SIG-54
        long call = ring("bob");
        assertRefused(room.ask(new RoomAction.Cancel("1/x", call)), FailureCode.NOT_IN_ROOM);
        assertRefused(room.ask(new RoomAction.Cancel("1/a", call + 1)), FailureCode.CALL_UNKNOWN);
        room.ask(new RoomAction.Cancel("1/a", call));
        assertTold(call, "bob", CallState.CANCELLED);
        long other = ring("bob", "carol");
        respond("2/c", "carol", other, CallResponse.ACCEPT);
        room.ask(new RoomAction.Leave("1/a"));
        assertThat(room.published()).extracting(RealtimeMessage::type).containsExactly("call.cancelled");
        assertThat(room.tables.room(ROOM)).isNull();
    }

    @Test
    void who_is_called_may_join_as_long_as_the_call_is_there() { // SIG-56
        var join = new RoomAction.Join("2/b", "bob", "s", false, null, null);
        assertRefused(room.ask(join), FailureCode.FORBIDDEN);
        long call = ring("bob");
        assertThat(room.ask(join)).isInstanceOf(Reply.RoomJoined.class);
        room.ask(new RoomAction.Leave("2/b"));
        respond("2/b", "bob", call, CallResponse.ACCEPT);
        assertThat(room.ask(join)).isInstanceOf(Reply.RoomJoined.class);
        room.ask(new RoomAction.Leave("2/b"));
        room.ask(new RoomAction.Cancel("1/a", call));
        assertRefused(room.ask(join), FailureCode.FORBIDDEN);
        assertRefused(room.ask(new RoomAction.Join("2/c", "carol", "s", false, null, null)), FailureCode.FORBIDDEN);
    }

    @Test
    void a_room_calls_so_many_at_a_time() { // SIG-55
        List<String> callees = new ArrayList<>();
        for (int i = 0; i < SignalingLimits.RUNG_PER_ROOM; i++) {
            callees.add("callee-" + i);
        }
        long first = ring(callees.subList(0, 1).toArray(String[]::new));
        ring(callees.subList(1, callees.size()).toArray(String[]::new));
        assertRefused(
                room.ask(new RoomAction.Ring("1/a", List.of("one-more"), RING, null)), FailureCode.TOO_MANY_CALLS);
        respond("2/b", "callee-0", first, CallResponse.REJECT);
        ring("one-more");
    }
}
