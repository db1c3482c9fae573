package io.socle.realtime.bench;

/** Reads what the load generator needs of a frame, without the cost of a JSON parser in the measured machine. */
final class Frames {
    private Frames() {}

    /** The value of the first text field of this name that has no escapes. */
    static String text(String frame, String field) {
        String key = "\"" + field + "\":\"";
        int at = frame.indexOf(key);
        if (at < 0) {
            throw new IllegalArgumentException("no " + field + " in " + frame);
        }
        return frame.substring(at + key.length(), frame.indexOf('"', at + key.length()));
    }

    /** The first number of this name. */
    static long number(String frame, String field) {
        String key = "\"" + field + "\":";
        int from = frame.indexOf(key) + key.length();
        int to = from;
        while (to < frame.length() && Character.isDigit(frame.charAt(to))) {
            to++;
        }
        return Long.parseLong(frame, from, to, 10);
    }

    static long offset(String position) {
        return Long.parseLong(position, position.indexOf(':') + 1, position.length(), 10);
    }
}
