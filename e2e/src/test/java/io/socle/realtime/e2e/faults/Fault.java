package io.socle.realtime.e2e.faults;

import java.util.Optional;

/** Something that goes wrong. */
interface Fault {
    /** As the command line and the tables call it. */
    String label();

    /** What it needs. */
    default Stage stage() {
        return Stage.ONE_OF_EACH;
    }

    /** What this machine has not and it needs, by a name for people; then it cannot strike. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** How long clients may feel it. */
    default Limits limits() {
        return Limits.NONE;
    }

    /** Does it once and returns when that is over, though what it broke may still be recovering. */
    void strike(Arena arena) throws InterruptedException;

    /** Undoes what lasts; called once, after the last strike. */
    default void heal(Arena arena) {}
}
