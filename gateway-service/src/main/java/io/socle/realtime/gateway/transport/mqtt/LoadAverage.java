package io.socle.realtime.gateway.transport.mqtt;

import java.util.Locale;

/** How much something grows in a minute, on an average that forgets with one minute. Not for use by several threads. */
final class LoadAverage {
    private static final double MINUTE = 60;

    private double average;
    private double at;
    private long counted;

    /**
     * The average as of now, with two decimals.
     *
     * @param count how much it is by now
     * @param seconds time since it was 0
     */
    String perMinute(long count, double seconds) {
        double passed = seconds - at;
        if (passed > 0) {
            double rate = (count - counted) * MINUTE / passed;
            double kept = Math.exp(-passed / MINUTE);
            average = average * kept + rate * (1 - kept);
            counted = count;
            at = seconds;
        }
        return String.format(Locale.ROOT, "%.2f", average);
    }
}
