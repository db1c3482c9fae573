package io.socle.realtime.signaling.core;

import java.util.List;

/**
 * State of signaling commands.
 *
 * @param parked how many records were set aside
 */
public record SignalingState(long parked) {
    public static final SignalingState EMPTY = new SignalingState(0);

    /** What is to be done with the record of a command. */
    public sealed interface Effect {
        /** Set the record aside for inspection, and go on. */
        record Park(String reason) implements Effect {}
    }

    /** The state after a command, and what is to be done. */
    public record Step(SignalingState state, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    /** Total: every command has an outcome, so that no record can stop its partition. */
    public Step apply(SignalingCommand command) {
        return switch (command) {
            case SignalingCommand.Unknown unknown ->
                new Step(new SignalingState(parked + 1), List.of(new Effect.Park(unknown.reason())));
        };
    }
}
