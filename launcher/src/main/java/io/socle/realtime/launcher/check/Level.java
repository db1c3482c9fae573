package io.socle.realtime.launcher.check;

import java.util.Locale;

/** How serious a finding is, in the order and with the exit codes of monitoring plugins. */
public enum Level {
    OK,
    /** It works, but not as well or as safely as it should. */
    WARNING,
    /** The suite does not work, or loses what it has promised to keep. */
    CRITICAL;

    public int exitCode() {
        return ordinal();
    }

    /** As it is written. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
