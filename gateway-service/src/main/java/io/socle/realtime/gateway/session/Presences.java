package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.PresenceAsk;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.PresenceChannels;
import io.socle.realtime.contracts.message.Qos;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one connection has entered, and what it follows (clauses PRS). Not for use by several threads. */
public final class Presences {
    /** Most entries of one connection. */
    static final int ENTRIES = 100;

    private static final long SEVERAL = 0;

    private final String connection;
    /** What is here, with the number of the enter that began it; {@link #SEVERAL} where others came after that one. */
    private final Map<MemberKey, Long> entered = new LinkedHashMap<>();
    /** What the owner was told to have leave, and may have still. */
    private final Set<MemberKey> leaving = new LinkedHashSet<>();

    private final Map<ClientFrame.Subscribe, PresenceAsk.Watch> watches = new HashMap<>();

    private long enters;

    Presences(String connection) {
        this.connection = connection;
    }

    /** Whether what is asked may be done now; null means yes. */
    @Nullable
    Problem refusal(PresenceAsk ask, Principal who) {
        return switch (ask) {
            case PresenceAsk.Enter enter -> {
                Problem refusal = Permissions.enter(who, enter.channel());
                boolean isOneTooMany =
                        entered.size() >= ENTRIES && !entered.containsKey(key(enter.channel(), enter.entry(), who));
                yield refusal == null && isOneTooMany ? Problem.of(FailureCode.TOO_MANY_ENTRIES) : refusal;
            }
            case PresenceAsk.Leave leave -> Permissions.presence(leave.channel());
            case PresenceAsk.Members members -> Permissions.members(who, members.channel());
            case PresenceAsk.Watch watch -> Permissions.members(who, watch.channel());
            case PresenceAsk.Where where -> null;
        };
    }

    private MemberKey key(ChannelName channel, @Nullable String entry, Principal who) {
        return new MemberKey(channel, who.subject(), entry == null ? connection : entry);
    }

    /** What is to be done of what was not refused, but for watch. */
    Effect effect(PresenceAsk ask, Principal who) {
        return new Effect.OfPresence(
                switch (ask) {
                    case PresenceAsk.Enter enter -> {
                        MemberKey key = key(enter.channel(), enter.entry(), who);
                        long number = ++enters;
                        entered.merge(key, number, (before, again) -> SEVERAL);
                        yield new PresenceEffect.Enter(enter.id(), key, enter.profile(), number);
                    }
                    case PresenceAsk.Leave leave -> {
                        MemberKey key = key(leave.channel(), leave.entry(), who);
                        if (entered.remove(key) != null) {
                            leaving.add(key);
                        }
                        yield new PresenceEffect.Leave(leave.id(), key, LeaveReason.LEFT);
                    }
                    case PresenceAsk.Members members -> new PresenceEffect.Read(members, null);
                    case PresenceAsk.Where where -> new PresenceEffect.Find(where, who);
                    case PresenceAsk.Watch watch -> throw new IllegalArgumentException("a subscription");
                });
    }

    /** The subscription that watch means. */
    static ClientFrame.Subscribe subscription(PresenceAsk.Watch watch) {
        return new ClientFrame.Subscribe(
                watch.id(),
                watch.subscription(),
                new Selection.OneChannel(PresenceChannels.of(watch.channel())),
                null,
                Qos.AT_LEAST_ONCE,
                Overflow.RECOVER,
                null);
    }

    /** The subscription of a watch is begun, or by these effects refused; returns them. */
    List<Effect> begun(PresenceAsk.Watch watch, List<Effect> effects) {
        if (effects.getFirst() instanceof Effect.OpenSubscription open) {
            watches.put(open.frame(), watch);
        }
        return effects;
    }

    /** A subscription stands or has ended: answers the question that follows the answer to watch, if it is one's. */
    List<Effect> watched(ClientFrame.Subscribe frame) {
        PresenceAsk.Watch watch = watches.remove(frame);
        return watch == null
                ? List.of()
                : List.of(new Effect.OfPresence(new PresenceEffect.Read(
                        new PresenceAsk.Members(
                                watch.id(), watch.channel(), null, PresenceAsk.DEFAULT_MEMBERS, null, null),
                        watch.subscription())));
    }

    /** An enter was refused for good: there is nothing to leave, unless by an enter before or after it. */
    public void notEntered(MemberKey key, long number) {
        entered.remove(key, number);
    }

    /** A leave was carried out. */
    public void left(MemberKey key) {
        leaving.remove(key);
    }

    /** A leave may not have been carried out: the member is the connection's as before. */
    public void notLeft(MemberKey key) {
        if (leaving.remove(key)) {
            entered.put(key, SEVERAL);
        }
    }

    /** What the new token does not cover leaves. */
    List<Effect> notCovered(Principal who) {
        List<Effect> effects = new ArrayList<>();
        entered.keySet().removeIf(key -> {
            boolean ends = Permissions.enter(who, key.channel()) != null;
            if (ends) {
                effects.add(new Effect.OfPresence(new PresenceEffect.Leave(null, key, LeaveReason.FORBIDDEN)));
            }
            return ends;
        });
        return effects;
    }

    /** The connection ends: answers what it has entered, or is not known to have left, and forgets it. */
    public List<MemberKey> takeAll() {
        Set<MemberKey> all = new LinkedHashSet<>(entered.keySet());
        all.addAll(leaving);
        entered.clear();
        leaving.clear();
        return List.copyOf(all);
    }
}
