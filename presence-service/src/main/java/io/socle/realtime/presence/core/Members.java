package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.MemberKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is here: members enter, change and leave. What a change costs does not depend on how many there are. */
final class Members {
    private final Tables tables;
    private final Channels channels;
    private final Visits visits;

    Members(Tables tables, Channels channels, Visits visits) {
        this.tables = tables;
        this.channels = channels;
        this.visits = visits;
    }

    Reply enter(
            PresenceCommand.Enter enter,
            @Nullable Origin origin,
            long now,
            PresencePolicies policies,
            List<Effect> effects) {
        MemberKey key = enter.key();
        MemberState before = tables.members().get(key);
        ChannelState channel = channels.get(key.channel(), now);
        boolean forTime = enter.holder() == PresenceCommand.NO_HOLDER;
        if (origin == null || (forTime && enter.ttlMs() <= 0)) {
            return new Reply.Refused(new Problem(FailureCode.MISSING_FIELD, "nobody holds the member"));
        }
        if (before == null && channel.members() >= policies.members()) {
            return new Reply.Refused(Problem.of(FailureCode.TOO_MANY_MEMBERS));
        }
        if (before != null) {
            release(key, before);
        }
        boolean changed = before == null || !before.profile().equals(enter.profile());
        ChannelState next = changed ? channel.next(before == null ? 1 : 0) : channel;
        MemberState after = new MemberState(
                enter.profile(),
                changed || before == null ? next.version() : before.version(),
                before == null ? now : before.entered(),
                forTime ? MemberState.NO_NODE : origin.slot(),
                forTime ? 0 : origin.incarnation(),
                enter.holder(),
                forTime ? now + enter.ttlMs() : 0);
        hold(key, after);
        if (changed) {
            Effect.Event event = before == null
                    ? new Effect.Entered(key, after.profile())
                    : new Effect.Updated(key, after.profile());
            next = channels.changed(key.channel(), next, event, now, policies, effects);
            tables.channels().put(key.channel(), next);
        }
        return new Reply.OfPresence(new PresenceReply.Changed(next.version()));
    }

    /** The member with what follows from where it is held and when it leaves. */
    private void hold(MemberKey key, MemberState member) {
        tables.members().put(key, member);
        tables.bySubject().put(Keys.OfSubject.of(key), true);
        if (member.isHeld()) {
            tables.held().put(new Keys.Held(member.slot(), member.incarnation(), key), true);
        }
        if (member.leaves() > 0) {
            tables.dues().put(new Keys.Due(member.leaves(), Keys.What.MEMBER, key), true);
        }
    }

    private void release(MemberKey key, MemberState member) {
        if (member.isHeld()) {
            tables.held().delete(new Keys.Held(member.slot(), member.incarnation(), key));
        }
        if (member.leaves() > 0) {
            tables.dues().delete(new Keys.Due(member.leaves(), Keys.What.MEMBER, key));
        }
    }

    Reply leave(
            PresenceCommand.Leave leave,
            @Nullable Origin origin,
            long now,
            PresencePolicies policies,
            List<Effect> effects) {
        MemberState member = tables.members().get(leave.key());
        if (member != null
                && (leave.holder() == PresenceCommand.NO_HOLDER || member.isHeldBy(origin, leave.holder()))) {
            remove(leave.key(), member, leave.reason(), now, policies, effects);
        }
        ChannelState channel = tables.channels().get(leave.key().channel());
        return new Reply.OfPresence(new PresenceReply.Changed(channel == null ? 0 : channel.version()));
    }

    private void remove(
            MemberKey key,
            MemberState member,
            LeaveReason reason,
            long now,
            PresencePolicies policies,
            List<Effect> effects) {
        release(key, member);
        tables.members().delete(key);
        tables.bySubject().delete(Keys.OfSubject.of(key));
        var event = new Effect.Left(key, member.profile().kind(), reason);
        ChannelState fewer = channels.get(key.channel(), now).next(-1);
        ChannelState told = channels.changed(key.channel(), fewer, event, now, policies, effects);
        tables.channels().put(key.channel(), visits.ended(told, key, member, reason, now, policies));
    }

    Reply lost(
            PresenceCommand.Lost lost,
            @Nullable Origin origin,
            long now,
            PresencePolicies policies,
            List<Effect> effects) {
        MemberState member = tables.members().get(lost.key());
        if (member != null && member.isHeldBy(origin, lost.holder()) && member.isHeld()) {
            lose(lost.key(), member, now, now, policies, effects);
        }
        return new Reply.Done();
    }

    /** A member has no connection any more since some time: it is waited for until the grace is over. */
    void lose(
            MemberKey key, MemberState member, long since, long now, PresencePolicies policies, List<Effect> effects) {
        long leaves = since + policies.graceOf(key.channel().namespace()).toMillis();
        if (leaves <= now) {
            remove(key, member, LeaveReason.LOST, now, policies, effects);
            return;
        }
        release(key, member);
        hold(key, member.leavingAt(leaves));
    }

    /** The time of a member has come. */
    void leaveDue(MemberKey key, long due, long now, PresencePolicies policies, List<Effect> effects) {
        MemberState member = tables.members().get(key);
        if (member != null && member.leaves() == due) {
            boolean forTime = member.slot() == MemberState.NO_NODE;
            remove(key, member, forTime ? LeaveReason.EXPIRED : LeaveReason.LOST, now, policies, effects);
        }
    }
}
