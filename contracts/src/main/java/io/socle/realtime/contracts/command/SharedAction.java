package io.socle.realtime.contracts.command;

import java.util.List;

/** What a member of a shared subscription does, or what happens to it (clauses MQT-100 to MQT-119). */
public sealed interface SharedAction {
    /**
     * Take part from now on, or again; what was under way to this member before is under way to nobody.
     *
     * @param window most messages under way to this member from one partition, 1 or more
     * @param qos the highest level that it is sent: what it gets at 0 is not sent a second time
     * @param keepMs how long the membership is kept where the member's node dies, in milliseconds; 0 for not at all
     */
    record Join(int window, int qos, long keepMs) implements SharedAction {
        /** The largest window that owners grant. */
        public static final int LARGEST_WINDOW = 1_000;
    }

    /** The messages at these log positions are acknowledged, or at QoS 0 written. */
    record Done(List<Long> logPositions) implements SharedAction {
        public Done {
            logPositions = List.copyOf(logPositions);
        }
    }

    /** The connection has ended, and the membership is kept for so many milliseconds. */
    record Away(long keepMs) implements SharedAction {}

    /** The membership is over. */
    record Leave() implements SharedAction {}
}
