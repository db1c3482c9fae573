package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.signaling.CallState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call into a room.
 *
 * @param id unique within the partition for ever
 * @param caller the peer that calls
 * @param deadline until when it rings
 */
public record Call(long id, long caller, long deadline, List<Callee> callees) {
    public Call {
        callees = List.copyOf(callees);
    }

    /**
     * One who is called.
     *
     * @param connection on which the answer was given; null where there is none
     */
    public record Callee(
            String subject, CallState state, @Nullable String connection) {}

    Optional<Callee> callee(String subject) {
        return callees.stream().filter(one -> one.subject().equals(subject)).findFirst();
    }

    Call with(Callee changed) {
        return new Call(
                id,
                caller,
                deadline,
                callees.stream()
                        .map(one -> one.subject().equals(changed.subject()) ? changed : one)
                        .toList());
    }

    boolean rings() {
        return callees.stream().anyMatch(one -> one.state() == CallState.RINGING);
    }

    /** How many are called and have not said no. */
    int open() {
        return (int) callees.stream().filter(Call::isOpen).count();
    }

    static boolean isOpen(Callee callee) {
        return callee.state() == CallState.RINGING || callee.state() == CallState.ACCEPTED;
    }
}
