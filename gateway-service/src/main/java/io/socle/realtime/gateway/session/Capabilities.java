package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.List;

/**
 * What a principal may do, per operation the filters that it may do it on; everything else is denied (clause WS-18).
 *
 * @param publish where it may publish
 * @param subscribe what it may subscribe to
 * @param history what it may read of the past: history and replay
 * @param delete where it may delete messages and channels
 */
public record Capabilities(
        List<ChannelFilter> publish,
        List<ChannelFilter> subscribe,
        List<ChannelFilter> history,
        List<ChannelFilter> delete) {
    public static final Capabilities NONE = new Capabilities(List.of(), List.of(), List.of(), List.of());

    /** Everything but the system's channels, which {@code #} does not match. */
    public static final Capabilities ALL = all(List.of(new ChannelFilter("#")));

    private static Capabilities all(List<ChannelFilter> filters) {
        return new Capabilities(filters, filters, filters, filters);
    }

    public Capabilities {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        history = List.copyOf(history);
        delete = List.copyOf(delete);
    }

    public boolean mayPublish(ChannelName channel) {
        return matches(publish, channel);
    }

    public boolean mayDelete(ChannelName channel) {
        return matches(delete, channel);
    }

    private static boolean matches(List<ChannelFilter> granted, ChannelName channel) {
        return granted.stream().anyMatch(filter -> filter.matches(channel));
    }

    /** Whether one granted filter covers all that the wanted one selects. */
    public boolean maySubscribe(ChannelFilter wanted) {
        return covers(subscribe, wanted);
    }

    public boolean mayReadHistory(ChannelFilter wanted) {
        return covers(history, wanted);
    }

    private static boolean covers(List<ChannelFilter> granted, ChannelFilter wanted) {
        return granted.stream().anyMatch(filter -> filter.covers(wanted));
    }
}
