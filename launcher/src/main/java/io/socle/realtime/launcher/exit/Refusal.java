package io.socle.realtime.launcher.exit;

/** A command cannot go on; the message is one clear sentence for the person who typed it. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public Refusal(String sentence) {
        this(ExitCode.REFUSED, sentence);
    }

    public Refusal(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    public static Refusal usage(String sentence) {
        return new Refusal(ExitCode.USAGE, sentence);
    }
}
