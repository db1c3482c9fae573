package io.socle.realtime.e2e.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long clients may feel a fault.
 *
 * @param away between the end of a subscription's link and the word that it has caught up over another
 * @param channelPause between two acknowledgements of one channel
 */
record Limits(Duration away, Duration channelPause) {
    private static final Duration UNBOUNDED = Duration.ofHours(1);

    static final Limits NONE = new Limits(UNBOUNDED, UNBOUNDED);
    /** What the loss of one of several may cost. */
    static final Limits OTHERS_LIVE = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10));

    /** What the loss of one of several owners may cost, also where nobody starts it again. */
    static final Limits OTHER_OWNERS_LIVE = new Limits(UNBOUNDED, Duration.ofSeconds(10));

    /** Sentences on what took too long; empty where nothing did. */
    List<String> exceeded(Counts counts) {
        var sentences = new ArrayList<String>();
        if (counts.away().compareTo(away) > 0) {
            sentences.add("away for more than " + away.toSeconds() + " s");
        }
        if (counts.channelPause().compareTo(channelPause) > 0) {
            sentences.add("a channel paused for more than " + channelPause.toSeconds() + " s");
        }
        return sentences;
    }
}
