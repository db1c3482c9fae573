package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ServerFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Commands whose answer is not there yet: MQTT's packet identifiers are too few and too short-lived to name them. */
final class Commands {
    private final Map<Long, Consumer<ServerFrame>> pending = new HashMap<>();
    private long last;

    /** Gives a number to a command whose answer, a reply or a problem, is handled so. */
    long expect(Consumer<ServerFrame> answer) {
        last++;
        pending.put(last, answer);
        return last;
    }

    /** Hands a reply to whom it concerns; one that nobody waits for is nobody's concern. */
    void answer(@Nullable Long id, ServerFrame frame) {
        Consumer<ServerFrame> handler = id == null ? null : pending.remove(id);
        if (handler != null) {
            handler.accept(frame);
        }
    }

    /** The problem that a reply tells; null where the command was carried out. */
    static @Nullable Problem problem(ServerFrame frame) {
        return frame instanceof ServerFrame.ProblemFrame refused ? refused.problem() : null;
    }
}
