package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which lives of gateway nodes are over, and what becomes of the members that they had. */
final class Nodes {
    /** Most members of lost nodes that one command marks. */
    private static final int AT_ONCE = 256;

    private static final ChannelName FIRST = new ChannelName(Keys.LOWEST);

    private final Tables tables;
    private final Members members;

    Nodes(Tables tables, Members members) {
        this.tables = tables;
        this.members = members;
    }

    boolean isFenced(Origin origin) {
        Long lowest = tables.nodes().get(origin.slot());
        return lowest != null && origin.incarnation() < lowest;
    }

    /** A life of a slot is known to have begun: earlier ones are over. Answers whether that was news of one that was known. */
    boolean meet(int slot, long incarnation, long now) {
        Long lowest = tables.nodes().get(slot);
        if (lowest != null && incarnation <= lowest) {
            return false;
        }
        tables.nodes().put(slot, incarnation);
        if (lowest != null) {
            tables.lostNodes().put(slot, new LostNode(incarnation, now));
        }
        return lowest != null;
    }

    boolean hasLost() {
        return first() != null;
    }

    private @Nullable Integer first() {
        List<Integer> found = new ArrayList<>(1);
        tables.lostNodes().tail(0, (slot, lost) -> {
            found.add(slot);
            return false;
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Marks members of lives that are over as lost, as many as one command may. */
    void loseMembers(long now, PresencePolicies policies, List<Effect> effects) {
        Integer slot = first();
        LostNode lost = slot == null ? null : tables.lostNodes().get(slot);
        if (slot == null || lost == null) {
            return;
        }
        List<MemberKey> found = heldBefore(slot, lost.incarnation());
        for (MemberKey key : found) {
            MemberState member = tables.members().get(key);
            if (member != null) {
                members.lose(key, member, lost.time(), now, policies, effects);
            }
        }
        if (found.size() < AT_ONCE) {
            tables.lostNodes().delete(slot);
        }
    }

    private List<MemberKey> heldBefore(int slot, long incarnation) {
        List<MemberKey> found = new ArrayList<>();
        var lowest = new Keys.Held(slot, 0, Keys.lowest(FIRST));
        tables.held().tail(lowest, (held, any) -> {
            boolean ours = held.slot() == slot && held.incarnation() < incarnation;
            if (ours) {
                found.add(held.member());
            }
            return ours && found.size() < AT_ONCE;
        });
        return found;
    }
}
