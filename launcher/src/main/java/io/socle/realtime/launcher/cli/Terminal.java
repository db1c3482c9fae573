package io.socle.realtime.launcher.cli;

/** What the script has found out about the terminal, which a JVM sees only in part. */
final class Terminal {
    private Terminal() {}

    /** Whether the output is a terminal whose person has not set NO_COLOR (no-color.org). */
    static boolean wantsColour() {
        String noColour = System.getenv("NO_COLOR");
        return Boolean.getBoolean("realtime.terminal") && (noColour == null || noColour.isEmpty());
    }
}
