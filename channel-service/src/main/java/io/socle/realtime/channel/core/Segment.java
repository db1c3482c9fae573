package io.socle.realtime.channel.core;

/**
 * A run of history that goes as one when it is too old or too much.
 *
 * @param first its first offset; it ends where the next begins
 * @param bytes of its messages; an estimate once trimming by count has cut into it
 * @param lastTime log time of its last message, in milliseconds
 */
public record Segment(long first, long bytes, long lastTime) {
    Segment with(long moreBytes, long time) {
        return new Segment(first, bytes + moreBytes, time);
    }

    /** With less in it; what it counts after a cut is an estimate, so no less is left than a stub for each place. */
    Segment without(long freedBytes, long end) {
        return new Segment(first, Math.max((end - first + 1) * Sizes.STUB, bytes - freedBytes), lastTime);
    }

    /** What is left when offsets before {@code newFirst} are gone; they are taken as average ones. */
    Segment cut(long newFirst, long end) {
        if (newFirst <= first) {
            return this;
        }
        long kept = end - newFirst + 1;
        return new Segment(newFirst, (long) ((double) bytes * kept / (end - first + 1)), lastTime);
    }
}
