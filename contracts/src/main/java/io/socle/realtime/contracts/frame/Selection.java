package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;

/** What a subscription is to: one channel, or all that a filter matches (clause WS-14). */
public sealed interface Selection {
    /** What it selects, as a filter. */
    ChannelFilter asFilter();

    /** One channel; its cursor is a position. */
    record OneChannel(ChannelName channel) implements Selection {
        @Override
        public ChannelFilter asFilter() {
            return ChannelFilter.of(channel);
        }
    }

    /** Every channel that the filter matches; its cursor is opaque. */
    record Matching(ChannelFilter filter) implements Selection {
        @Override
        public ChannelFilter asFilter() {
            return filter;
        }
    }
}
