package io.socle.realtime.contracts.failure;

/** Carries a {@link Problem} out of code that parses or checks; it has no stack trace, for bad input is not a defect. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(FailureCode code, String detail) {
        this(new Problem(code, detail));
    }

    public ProblemException(Problem problem) {
        super(problem.code().code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
