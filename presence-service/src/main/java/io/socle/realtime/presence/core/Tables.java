package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;

/** All that the owner of a partition keeps; an entry of any table is small, whatever the size of its channel. */
public interface Tables {
    Table<ChannelName, ChannelState> channels();

    Table.Sorted<MemberKey, MemberState> members();

    /** The members again, by subject. */
    Table.Sorted<Keys.OfSubject, Boolean> bySubject();

    /** The members that nodes hold, by node; without those that are lost. */
    Table.Sorted<Keys.Held, Boolean> held();

    Table.Sorted<Keys.Due, Boolean> dues();

    Table<Keys.VisitNumber, PresenceReply.Visit> visits();

    /** When a subject left a channel last. */
    Table.Sorted<Keys.Seen, Long> seen();

    /** The lowest incarnation of each slot that is not fenced. */
    Table<Integer, Long> nodes();

    /** Slots with earlier lives whose members are not yet marked as lost. */
    Table.Sorted<Integer, LostNode> lostNodes();

    /** The log's time, which never goes back here. */
    Table.Cell<Long> clock();

    Table.Cell<PresencePolicies> policies();
}
