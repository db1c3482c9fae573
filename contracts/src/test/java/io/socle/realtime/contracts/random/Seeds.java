package io.socle.realtime.contracts.random;

import java.util.function.Consumer;

/** Runs a property for many seeds and names the seed of the one that fails: {@code -Dseed=N} runs that one alone. */
public final class Seeds {
    private Seeds() {}

    public static void check(int runs, Consumer<RandomValues> property) {
        Long only = Long.getLong("seed");
        long first = only != null ? only : 20_260_101;
        for (long seed = first; seed < (only != null ? first + 1 : first + runs); seed++) {
            try {
                property.accept(new RandomValues(seed));
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
