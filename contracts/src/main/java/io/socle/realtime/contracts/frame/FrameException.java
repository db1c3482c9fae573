package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.failure.Problem;
import org.jspecify.annotations.Nullable;

/** A frame cannot be read; it has no stack trace, for bad input is not a defect. */
public final class FrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final @Nullable Long id;

    public FrameException(Problem problem, @Nullable Long id) {
        super(problem.code().code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
        this.id = id;
    }

    public Problem problem() {
        return problem;
    }

    /** The command's id, where it stood before the place at which reading had to stop; else null. */
    public @Nullable Long id() {
        return id;
    }
}
