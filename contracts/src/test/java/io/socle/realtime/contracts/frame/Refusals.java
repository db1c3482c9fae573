package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.failure.ProblemException;
import org.jspecify.annotations.Nullable;

/** With which code something is refused; any exception but the declared ones goes through. */
final class Refusals {
    private Refusals() {}

    /** Null where it is not refused. */
    static @Nullable FailureCode code(Runnable action) {
        Problem problem = problem(action);
        return problem == null ? null : problem.code();
    }

    static @Nullable Problem problem(Runnable action) {
        try {
            action.run();
            return null;
        } catch (FrameException e) {
            return e.problem();
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
