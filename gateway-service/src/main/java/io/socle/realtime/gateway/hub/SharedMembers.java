package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.gateway.log.Incoming;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Membership;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Receiver;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions.Terms;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The members of shared subscriptions on one event loop, by what their messages name; confined to it. */
public final class SharedMembers {
    private final Hub hub;
    private final Map<Key, SharedPart> parts = new HashMap<>();
    private final Set<Receiver> touched = new LinkedHashSet<>();

    /** Generations are unique within a partition. */
    private record Key(int partition, long generation) {}

    SharedMembers(Hub hub) {
        this.hub = hub;
    }

    /** A client asks to take part; the log must be ready. */
    public Membership join(SharedName of, SharedMember member, Terms terms, Receiver receiver) {
        SharedMembership membership = new SharedMembership(hub, this, of, member, terms, receiver);
        membership.begin();
        return membership;
    }

    void put(SharedPart part) {
        parts.put(new Key(part.partition(), part.generation()), part);
    }

    void remove(SharedPart part) {
        parts.remove(new Key(part.partition(), part.generation()));
    }

    /** A message for a membership that is over goes to somebody else when the owner hears of its end. */
    void accept(Incoming.Shared shared) {
        SharedPart part = parts.get(new Key(shared.partition(), shared.generation()));
        if (part != null) {
            touched.add(part.receiver());
            part.given(shared.logPosition(), shared.message());
        }
    }

    /** The batch is done. */
    void flush() {
        touched.forEach(Receiver::flush);
        touched.clear();
    }

    /** Deliveries were lost, and with them perhaps messages for members: they join anew, and what they had is given again. */
    void resync() {
        List.copyOf(parts.values()).forEach(SharedPart::join);
    }
}
