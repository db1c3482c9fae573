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
 * @param presence where it may enter as a member
 * @param signal which rooms it may join
 * @param denied what it may not do anything on all the same, as in open mode (clause SEC-7)
 */
public record Capabilities(
        List<ChannelFilter> publish,
        List<ChannelFilter> subscribe,
        List<ChannelFilter> history,
        List<ChannelFilter> delete,
        List<ChannelFilter> presence,
        List<ChannelFilter> signal,
        List<ChannelFilter> denied) {
    public static final Capabilities NONE = new Capabilities(List.of(), List.of(), List.of(), List.of());

    /** Everything but the system's channels, which {@code #} does not match. */
    public static final Capabilities ALL = all(List.of(new ChannelFilter("#")));

    private static Capabilities all(List<ChannelFilter> filters) {
        return new Capabilities(filters, filters, filters, filters, filters, filters, List.of());
    }

    /** Grants no rooms, and denies nothing that is granted; may enter where it may publish. */
    public Capabilities(
            List<ChannelFilter> publish,
            List<ChannelFilter> subscribe,
            List<ChannelFilter> history,
            List<ChannelFilter> delete) {
        this(publish, subscribe, history, delete, publish, List.of(), List.of());
    }

    public Capabilities {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        history = List.copyOf(history);
        delete = List.copyOf(delete);
        presence = List.copyOf(presence);
        signal = List.copyOf(signal);
        denied = List.copyOf(denied);
    }

    /** The same, but for what these filters select. */
    public Capabilities without(List<ChannelFilter> filters) {
        return new Capabilities(publish, subscribe, history, delete, presence, signal, filters);
    }

    /** Whether all that the wanted filter selects is denied, whatever is granted. */
    public boolean denies(ChannelFilter wanted) {
        return denied.stream().anyMatch(filter -> filter.covers(wanted));
    }

    public boolean mayPublish(ChannelName channel) {
        return matches(publish, channel);
    }

    public boolean mayDelete(ChannelName channel) {
        return matches(delete, channel);
    }

    public boolean mayEnter(ChannelName channel) {
        return matches(presence, channel);
    }

    public boolean maySignal(ChannelName room) {
        return matches(signal, room);
    }

    private boolean matches(List<ChannelFilter> granted, ChannelName channel) {
        return granted.stream().anyMatch(filter -> filter.matches(channel))
                && denied.stream().noneMatch(filter -> filter.matches(channel));
    }

    /** Whether one granted filter covers all that the wanted one selects. */
    public boolean maySubscribe(ChannelFilter wanted) {
        return covers(subscribe, wanted);
    }

    public boolean mayReadHistory(ChannelFilter wanted) {
        return covers(history, wanted);
    }

    private boolean covers(List<ChannelFilter> granted, ChannelFilter wanted) {
        return granted.stream().anyMatch(filter -> filter.covers(wanted)) && !denies(wanted);
    }
}
