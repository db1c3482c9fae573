package io.socle.realtime.contracts.message;

/** Quality of service; what is delivered is the lower of the publisher's and the subscriber's. */
public enum Qos {
    AT_MOST_ONCE,
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    private static final Qos[] LEVELS = values();

    /** The level that the protocols write as 0, 1 or 2. */
    public int level() {
        return ordinal();
    }

    public static Qos of(int level) {
        if (level < 0 || level >= LEVELS.length) {
            throw new InvalidValueException("qos", "must be 0, 1 or 2");
        }
        return LEVELS[level];
    }

    public Qos lower(Qos other) {
        return level() <= other.level() ? this : other;
    }
}
