package io.socle.realtime.launcher.check;

/**
 * One thing that was looked at.
 *
 * @param subject what was looked at, such as a topic
 * @param text what was seen
 * @param remedy what to do; empty where nothing is to be done
 */
public record Finding(Level level, String subject, String text, String remedy) {
    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    static Finding warning(String subject, String text, String remedy) {
        return new Finding(Level.WARNING, subject, text, remedy);
    }

    static Finding critical(String subject, String text, String remedy) {
        return new Finding(Level.CRITICAL, subject, text, remedy);
    }
}
