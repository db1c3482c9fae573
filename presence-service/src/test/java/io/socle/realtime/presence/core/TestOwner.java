package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.contracts.message.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A partition's owner whose time stands still unless it is told. */
final class TestOwner {
    static final ChannelName CHAT = new ChannelName("chat/1");
    static final long GRACE = 15_000;
    static final PresencePolicies POLICIES = new PresencePolicies(
            Map.of("quick", Duration.ZERO), Duration.ofMillis(GRACE), 50, 20, 5, Duration.ofHours(1));

    final MemoryTables tables = new MemoryTables();
    final List<Effect.Tell> told = new ArrayList<>();
    private final PresencePartition partition = new PresencePartition(tables);
    long now = 1_764_000_000_000L;

    TestOwner() {
        this(POLICIES);
    }

    TestOwner(PresencePolicies policies) {
        apply(null, new PresenceCommand.SetPolicies(policies));
    }

    static Origin node(int slot, long incarnation) {
        return new Origin(slot, incarnation, 7);
    }

    static MemberKey key(String subject, String entry) {
        return new MemberKey(CHAT, subject, entry);
    }

    static MemberProfile profile(String state) {
        return new MemberProfile(MemberKind.HUMAN, Payload.utf8(state), List.of());
    }

    @Nullable
    Reply apply(@Nullable Origin origin, PresenceCommand command) {
        Reply reply = null;
        for (Effect effect : partition.apply(now, origin, command)) {
            switch (effect) {
                case Effect.Answer answer -> reply = answer.reply();
                case Effect.Tell tell -> told.add(tell);
            }
        }
        return reply;
    }

    Reply enter(Origin origin, MemberKey key, long holder) {
        return enter(origin, key, holder, "null");
    }

    Reply enter(Origin origin, MemberKey key, long holder, String state) {
        return answered(apply(origin, new PresenceCommand.Enter(key, profile(state), holder, 0)));
    }

    Reply leave(Origin origin, MemberKey key, long holder) {
        return answered(apply(origin, new PresenceCommand.Leave(key, holder, LeaveReason.LEFT)));
    }

    void lose(Origin origin, MemberKey key, long holder) {
        apply(origin, new PresenceCommand.Lost(key, holder));
    }

    private static Reply answered(@Nullable Reply reply) {
        if (reply == null) {
            throw new AssertionError("no answer");
        }
        return reply;
    }

    /** Time passes, and is told each second and as often as the owner asks. */
    void pass(long millis) {
        long end = now + millis;
        while (now < end) {
            now = Math.min(end, now + 1000);
            tick();
        }
    }

    void tick() {
        if (partition.isDue(now)) {
            apply(null, new PresenceCommand.Tick());
        }
        while (partition.hasMore()) {
            apply(null, new PresenceCommand.Tick());
        }
    }

    PresenceReply.Members page(@Nullable MemberPlace after, int limit) {
        var asked = new PresenceCommand.Members(CHAT, after, limit, null, null);
        return (PresenceReply.Members) ask(asked);
    }

    PresenceReply ask(PresenceCommand command) {
        return ((Reply.OfPresence) answered(apply(node(9, 1), command))).reply();
    }

    List<String> members() {
        return page(null, 500).members().stream()
                .map(member -> member.subject() + "/" + member.entry())
                .toList();
    }

    List<Effect.Event> events() {
        return told.stream().map(Effect.Tell::event).toList();
    }
}
