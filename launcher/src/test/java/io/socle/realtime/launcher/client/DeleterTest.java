package io.socle.realtime.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.launcher.FreePort;
import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WS-25. */
@Timeout(60)
class DeleterTest {
    private static final String CONNECTED =
            "{\"type\":\"connected\",\"id\":0,\"connection\":\"c\",\"heartbeatMs\":15000}";

    private static FakeGateway answering(String answer) {
        return new FakeGateway((connection, frame, socket) ->
                socket.writeTextMessage(frame.getString("type").equals("connect") ? CONNECTED : answer));
    }

    @Test
    void a_message_and_a_channel_are_named_in_frames_and_the_answer_is_waited_for() throws Exception {
        try (var gateway = answering("{\"type\":\"deleted\",\"id\":1}")) {
            var deleter = new Deleter(gateway.url(), "t0ken");
            deleter.delete("a/messages/\"x\"", "3f:1");
            deleter.delete("a", null);
            assertThat(gateway.frame(0, 0).getString("token")).isEqualTo("t0ken");
            assertThat(gateway.frame(0, 1))
                    .isEqualTo(new JsonObject()
                            .put("type", "delete")
                            .put("id", 1)
                            .put("channel", "a/messages/\"x\"")
                            .put("position", "3f:1"));
            assertThat(gateway.frame(1, 1).containsKey("position")).isFalse();
        }
    }

    @Test
    void a_refusal_is_told_with_its_code() {
        try (var gateway = answering("{\"type\":\"problem\",\"id\":1,\"code\":\"forbidden\",\"detail\":\"no\"}")) {
            assertThatThrownBy(() -> new Deleter(gateway.url(), null).delete("a", null))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("forbidden: no");
        }
    }

    @Test
    void where_nothing_answers_the_exit_code_says_so() throws IOException {
        URI nobody = URI.create("ws://127.0.0.1:" + FreePort.find() + "/ws");
        assertThatThrownBy(() -> new Deleter(nobody, null).delete("a", null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.NOT_REACHED));
    }
}
