package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import java.time.Instant;

/** Who was there when: the last visits of each channel, for a time (clause PRS-34). */
final class Visits {
    /** An empty channel is forgotten no sooner, so that a later life's versions are higher. */
    private static final long LEAST_REST = 60_000;
    /** Most that one command takes away. */
    private static final int AT_ONCE = 256;

    private final Tables tables;

    Visits(Tables tables) {
        this.tables = tables;
    }

    /** A member has left; returns the channel's state that is to be stored. */
    ChannelState ended(
            ChannelState channel,
            MemberKey key,
            MemberState member,
            LeaveReason reason,
            long now,
            PresencePolicies policies) {
        ChannelState state = channel;
        if (policies.visits() > 0) {
            var visit = new PresenceReply.Visit(
                    key.subject(),
                    key.entry(),
                    member.profile().kind(),
                    Instant.ofEpochMilli(member.entered()),
                    Instant.ofEpochMilli(now),
                    reason);
            state = state.withVisits(state.firstVisit(), state.lastVisit() + 1);
            tables.visits().put(new Keys.VisitNumber(key.channel(), state.lastVisit()), visit);
            state = trimmed(key.channel(), state, policies.visits());
            seen(key, now, policies);
        }
        return rested(key.channel(), state, now, policies);
    }

    /** At most the allowed number; after a change of policy not all at once. */
    private ChannelState trimmed(ChannelName channel, ChannelState state, int most) {
        long first = state.firstVisit();
        for (int taken = 0; state.lastVisit() - first >= most && taken < AT_ONCE; taken++) {
            tables.visits().delete(new Keys.VisitNumber(channel, first));
            first++;
        }
        return state.withVisits(first, state.lastVisit());
    }

    private void seen(MemberKey key, long now, PresencePolicies policies) {
        var seen = new Keys.Seen(key.subject(), key.channel());
        Long before = tables.seen().get(seen);
        long age = policies.visitsAge().toMillis();
        if (before != null) {
            tables.dues().delete(forgotten(seen, before + age));
        }
        tables.seen().put(seen, now);
        tables.dues().put(forgotten(seen, now + age), true);
    }

    private static Keys.Due forgotten(Keys.Seen seen, long time) {
        return new Keys.Due(time, Keys.What.SEEN, new MemberKey(seen.channel(), seen.subject(), Keys.LOWEST));
    }

    /** Whatever the policies were when it was seen: it is forgotten when it is old enough by those of now. */
    void forget(MemberKey key, long now, PresencePolicies policies) {
        var seen = new Keys.Seen(key.subject(), key.channel());
        Long left = tables.seen().get(seen);
        if (left == null) {
            return;
        }
        long due = left + policies.visitsAge().toMillis();
        if (due <= now) {
            tables.seen().delete(seen);
        } else {
            tables.dues().put(forgotten(seen, due), true);
        }
    }

    private ChannelState rested(ChannelName channel, ChannelState state, long now, PresencePolicies policies) {
        boolean wanted = state.hasVisits() || state.members() == 0;
        if (!wanted || state.sweepDue() > 0) {
            return state;
        }
        long due = now + Math.max(LEAST_REST, policies.visitsAge().toMillis());
        tables.dues().put(Channels.due(channel, Keys.What.SWEEP, due), true);
        return state.sweptAt(due);
    }

    /** Takes away what is too old, and a channel of which nothing is left. */
    void sweep(ChannelName channel, long due, long now, PresencePolicies policies) {
        ChannelState state = tables.channels().get(channel);
        if (state == null || state.sweepDue() != due) {
            return;
        }
        state = aged(channel, state, now - policies.visitsAge().toMillis()).sweptAt(0);
        if (state.members() == 0 && !state.hasVisits() && state.countsDue() == 0) {
            tables.channels().delete(channel);
        } else {
            tables.channels().put(channel, rested(channel, state, now, policies));
        }
    }

    private ChannelState aged(ChannelName channel, ChannelState state, long oldest) {
        long first = state.firstVisit();
        for (int taken = 0; first <= state.lastVisit() && taken < AT_ONCE; taken++) {
            var number = new Keys.VisitNumber(channel, first);
            PresenceReply.Visit visit = tables.visits().get(number);
            if (visit != null && visit.left() != null && visit.left().toEpochMilli() > oldest) {
                break;
            }
            tables.visits().delete(number);
            first++;
        }
        return state.withVisits(first, state.lastVisit());
    }
}
