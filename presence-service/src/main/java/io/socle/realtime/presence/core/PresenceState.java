package io.socle.realtime.presence.core;

import java.util.List;

/**
 * State of presence commands.
 *
 * @param parked how many records were set aside
 */
public record PresenceState(long parked) {
    public static final PresenceState EMPTY = new PresenceState(0);

    /** What is to be done with the record of a command. */
    public sealed interface Effect {
        /** Set the record aside for inspection, and go on. */
        record Park(String reason) implements Effect {}
    }

    /** The state after a command, and what is to be done. */
    public record Step(PresenceState state, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }
    }

    /** Total: every command has an outcome, so that no record can stop its partition. */
    public Step apply(PresenceCommand command) {
        return switch (command) {
            case PresenceCommand.Unknown unknown ->
                new Step(new PresenceState(parked + 1), List.of(new Effect.Park(unknown.reason())));
        };
    }
}
