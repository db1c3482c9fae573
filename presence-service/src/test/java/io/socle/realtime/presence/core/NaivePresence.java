package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.Payload;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Who is there, by one map that is looked through for everything. */
final class NaivePresence {
    private static final long NEVER = Long.MAX_VALUE;

    private final PresencePolicies policies;
    private final Map<MemberKey, Present> present = new HashMap<>();
    private final Map<Integer, Long> fenced = new HashMap<>();

    private record Present(Payload state, int slot, long incarnation, long holder, long leaves) {
        boolean isOf(Origin node, long connection) {
            return slot == node.slot() && incarnation == node.incarnation() && holder == connection;
        }

        Present leavingAt(long time) {
            return new Present(state, slot, incarnation, holder, Math.min(leaves, time));
        }
    }

    NaivePresence(PresencePolicies policies) {
        this.policies = policies;
    }

    private boolean isRefused(Origin node) {
        return node.incarnation() < fenced.getOrDefault(node.slot(), 1L);
    }

    /** Answers whether it is taken. */
    boolean enter(Origin node, PresenceCommand.Enter enter, long now) {
        boolean isNew = !present.containsKey(enter.key());
        if (isRefused(node)) {
            return false;
        }
        if (isNew && of(enter.key().channel()).size() >= policies.members()) {
            return false;
        }
        boolean forTime = enter.holder() == PresenceCommand.NO_HOLDER;
        present.put(
                enter.key(),
                new Present(
                        enter.profile().state(),
                        forTime ? -1 : node.slot(),
                        forTime ? 0 : node.incarnation(),
                        enter.holder(),
                        forTime ? now + enter.ttlMs() : NEVER));
        return true;
    }

    void leave(Origin node, PresenceCommand.Leave leave) {
        Present member = present.get(leave.key());
        if (!isRefused(node)
                && member != null
                && (leave.holder() == PresenceCommand.NO_HOLDER || member.isOf(node, leave.holder()))) {
            present.remove(leave.key());
        }
    }

    void lose(Origin node, PresenceCommand.Lost lost, long now) {
        Present member = present.get(lost.key());
        if (!isRefused(node) && member != null && member.isOf(node, lost.holder())) {
            present.put(lost.key(), member.leavingAt(now + grace(lost.key())));
        }
        pass(now);
    }

    private long grace(MemberKey key) {
        return policies.graceOf(key.channel().namespace()).toMillis();
    }

    void dead(int slot, long incarnation, long now) {
        fenced.put(slot, incarnation + 1);
        present.replaceAll((key, member) -> member.slot() == slot && member.incarnation() <= incarnation
                ? member.leavingAt(now + grace(key))
                : member);
        pass(now);
    }

    void pass(long now) {
        present.values().removeIf(member -> member.leaves() <= now);
    }

    Map<String, Payload> of(ChannelName channel) {
        Map<String, Payload> found = new TreeMap<>();
        present.forEach((key, member) -> {
            if (key.channel().equals(channel)) {
                found.put(key.subject() + "/" + key.entry(), member.state());
            }
        });
        return found;
    }
}
