package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.message.ChannelName;
import java.util.ArrayList;
import java.util.List;

/** How a channel tells its changes: one by one, or by counts where it has many members (clause PRS-24). */
final class Channels {
    private static final long COUNTS_INTERVAL = 1000;
    private static final int SAMPLE = 10;

    private final Tables tables;

    Channels(Tables tables) {
        this.tables = tables;
    }

    /** The state of a channel, which may be about to begin. */
    ChannelState get(ChannelName channel, long now) {
        ChannelState state = tables.channels().get(channel);
        return state == null ? ChannelState.beginning(now) : state;
    }

    /** A change, which the state has counted already, is told; returns the state that is to be stored. */
    ChannelState changed(
            ChannelName channel,
            ChannelState changed,
            Effect.Event event,
            long now,
            PresencePolicies policies,
            List<Effect> effects) {
        if (!changed.counts()) {
            effects.add(new Effect.Tell(channel, changed.version(), now, event));
            return changed.members() > policies.countsAbove() ? mode(channel, changed, true, now, effects) : changed;
        }
        if (isFew(changed.members(), policies)) {
            if (changed.countsDue() > 0) {
                tables.dues().delete(due(channel, Keys.What.COUNTS, changed.countsDue()));
            }
            return mode(channel, changed, false, now, effects);
        }
        long due = changed.countsDue() == 0 ? now + COUNTS_INTERVAL : changed.countsDue();
        tables.dues().put(due(channel, Keys.What.COUNTS, due), true);
        return changed.counted(event, due);
    }

    /** Counts, once they are told, are told of fewer too: a channel about the limit does not go to and fro. */
    private static boolean isFew(int members, PresencePolicies policies) {
        return members * 4L < policies.countsAbove() * 3L;
    }

    private static ChannelState mode(
            ChannelName channel, ChannelState state, boolean counts, long now, List<Effect> effects) {
        ChannelState next = state.next(0).told(counts);
        effects.add(new Effect.Tell(channel, next.version(), now, new Effect.Mode(counts, next.members())));
        return next;
    }

    /** The time has come to tell counts. */
    void tellCounts(ChannelName channel, long due, long now, List<Effect> effects) {
        ChannelState state = tables.channels().get(channel);
        if (state == null || state.countsDue() != due) {
            return;
        }
        var counts =
                new Effect.Counts(state.members(), state.joins(), state.leaves(), state.updates(), sample(channel));
        effects.add(new Effect.Tell(channel, state.version(), now, counts));
        tables.channels().put(channel, state.told(true));
    }

    private List<Effect.Sampled> sample(ChannelName channel) {
        List<Effect.Sampled> sample = new ArrayList<>();
        tables.members().tail(Keys.lowest(channel), (key, member) -> {
            boolean ours = key.channel().equals(channel);
            if (ours) {
                sample.add(new Effect.Sampled(
                        key.subject(), key.entry(), member.profile().kind()));
            }
            return ours && sample.size() < SAMPLE;
        });
        return sample;
    }

    static Keys.Due due(ChannelName channel, Keys.What what, long time) {
        return new Keys.Due(time, what, Keys.lowest(channel));
    }
}
