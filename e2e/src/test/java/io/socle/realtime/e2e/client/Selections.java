package io.socle.realtime.e2e.client;

import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;

/** What tests subscribe to. */
public final class Selections {
    private Selections() {}

    public static Selection channel(String name) {
        return new Selection.OneChannel(new ChannelName(name));
    }

    /** Also where the filter names one channel only. */
    public static Selection filter(String filter) {
        return new Selection.Matching(new ChannelFilter(filter));
    }
}
