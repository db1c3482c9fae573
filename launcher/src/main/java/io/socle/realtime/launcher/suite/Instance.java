package io.socle.realtime.launcher.suite;

/**
 * One process of a part.
 *
 * @param part what it is
 * @param number of it among the part's instances, from 0
 */
public record Instance(Part part, int number) {
    /** Names it whatever runs beside it. */
    public String id() {
        return part.label() + "-" + number;
    }
}
