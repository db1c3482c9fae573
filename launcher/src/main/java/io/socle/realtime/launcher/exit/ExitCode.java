package io.socle.realtime.launcher.exit;

/** Exit codes of the command line. */
public final class ExitCode {
    public static final int OK = 0;

    /** The suite said no, or cannot run here. */
    public static final int REFUSED = 1;

    /** The command line was wrong. */
    public static final int USAGE = 2;

    /** Nothing answers at the address; of status: the suite does not run. */
    public static final int NOT_REACHED = 3;

    /** The time given ran out before what was asked for had come. */
    public static final int TIMED_OUT = 4;

    private ExitCode() {}
}
