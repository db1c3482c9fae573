package io.socle.realtime.presence.core;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One seed's run; each failure names the seed and the step. */
final class ModelRun {
    private static final int STEPS = 400;
    private static final ChannelName ROOM = new ChannelName("room/1");
    private static final ChannelName QUICK = new ChannelName("quick/1");

    private final long seed;
    private final Random random;
    private final PresencePolicies policies;
    private final NaivePresence naive;
    private final long[] incarnations = {1, 1, 1};
    private final Map<ChannelName, Follower> followers = new HashMap<>();

    private MemoryTables tables = new MemoryTables();
    private PresencePartition owner = new PresencePartition(tables);
    private MemoryTables committed = tables.copy();
    private final List<Applied> since = new ArrayList<>();
    private long now = 1_764_000_000_000L;
    private int step;
    private int crashes;
    private int events;

    private record Applied(long time, @Nullable Origin origin, PresenceCommand command, List<Effect> effects) {}

    ModelRun(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        this.policies = new PresencePolicies(
                Map.of("quick", Duration.ZERO),
                Duration.ofSeconds(5),
                12,
                random.nextBoolean() ? 1000 : 1 + random.nextInt(6),
                random.nextInt(4),
                Duration.ofMinutes(2));
        this.naive = new NaivePresence(policies);
    }

    int crashes() {
        return crashes;
    }

    int events() {
        return events;
    }

    void run() {
        apply(null, new PresenceCommand.SetPolicies(policies));
        for (int slot = 0; slot < incarnations.length; slot++) {
            apply(new Origin(slot, incarnations[slot], step), new PresenceCommand.NodeStarted());
        }
        for (step = 0; step < STEPS; step++) {
            step();
        }
        quiesce();
    }

    private String where() {
        return "seed " + seed + ", step " + step;
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> enter();
            case 4 -> leave();
            case 5 -> lose();
            case 6 -> forTime();
            case 7, 8 -> pass(random.nextInt(3_000));
            case 9 -> restartNode();
            case 10 -> commit();
            default -> crash();
        }
        checkPages();
    }

    private MemberKey key() {
        ChannelName channel = random.nextInt(4) == 0 ? QUICK : ROOM;
        return new MemberKey(channel, "s" + random.nextInt(6), "e" + random.nextInt(3));
    }

    private Origin node() {
        int slot = random.nextInt(incarnations.length);
        // Now and then a life that is over still speaks.
        long incarnation = random.nextInt(10) == 0 ? 0 : incarnations[slot];
        return new Origin(slot, incarnation, step);
    }

    private MemberProfile profile() {
        return new MemberProfile(MemberKind.HUMAN, Payload.utf8(Integer.toString(random.nextInt(2))), List.of());
    }

    private void enter() {
        Origin node = node();
        var enter = new PresenceCommand.Enter(key(), profile(), 1 + random.nextInt(3), 0);
        boolean expected = naive.enter(node, enter, now);
        assertThat(apply(node, enter) instanceof Reply.OfPresence).as(where()).isEqualTo(expected);
    }

    private void forTime() {
        Origin node = node();
        var enter = new PresenceCommand.Enter(key(), profile(), PresenceCommand.NO_HOLDER, 3_000);
        boolean expected = naive.enter(node, enter, now);
        assertThat(apply(node, enter) instanceof Reply.OfPresence).as(where()).isEqualTo(expected);
    }

    private void leave() {
        Origin node = node();
        var leave = new PresenceCommand.Leave(key(), random.nextInt(4), LeaveReason.LEFT);
        naive.leave(node, leave);
        apply(node, leave);
    }

    private void lose() {
        Origin node = node();
        var lost = new PresenceCommand.Lost(key(), 1 + random.nextInt(3));
        naive.lose(node, lost, now);
        apply(node, lost);
    }

    private void restartNode() {
        int slot = random.nextInt(incarnations.length);
        long dead = incarnations[slot]++;
        naive.dead(slot, dead, now);
        if (random.nextBoolean()) {
            apply(null, new PresenceCommand.NodeDead(slot, dead));
        }
        apply(new Origin(slot, incarnations[slot], step), new PresenceCommand.NodeStarted());
    }

    private void pass(long millis) {
        now += millis;
        naive.pass(now);
        if (owner.isDue(now)) {
            apply(null, new PresenceCommand.Tick());
        }
        while (owner.hasMore()) {
            apply(null, new PresenceCommand.Tick());
        }
    }

    private void commit() {
        committed = tables.copy();
        since.clear();
    }

    /** The owner goes on from what was committed: the same commands have to give the same effects. */
    private void crash() {
        crashes++;
        tables = committed.copy();
        owner = new PresencePartition(tables);
        for (Applied applied : List.copyOf(since)) {
            assertThat(owner.apply(applied.time(), applied.origin(), applied.command()))
                    .as(where())
                    .isEqualTo(applied.effects());
        }
    }

    private @Nullable Reply apply(@Nullable Origin origin, PresenceCommand command) {
        List<Effect> effects = owner.apply(now, origin, command);
        since.add(new Applied(now, origin, command, effects));
        Reply reply = null;
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Answer answer -> reply = answer.reply();
                case Effect.Tell tell -> {
                    events++;
                    followers
                            .computeIfAbsent(tell.channel(), any -> new Follower())
                            .told(tell);
                }
            }
        }
        return reply;
    }

    private void checkPages() {
        for (ChannelName channel : List.of(ROOM, QUICK)) {
            Map<String, Payload> found = new TreeMap<>();
            MemberPlace next = null;
            PresenceReply.Members page;
            do {
                page = page(channel, next);
                page.members()
                        .forEach(member -> found.put(
                                member.subject() + "/" + member.entry(),
                                member.profile().state()));
                next = page.next();
            } while (next != null);
            assertThat(found).as(where()).isEqualTo(naive.of(channel));
            assertThat(page.count()).as(where()).isEqualTo(found.size());
            Follower follower = followers.computeIfAbsent(channel, any -> new Follower());
            follower.check(page, found);
        }
    }

    private PresenceReply.Members page(ChannelName channel, @Nullable MemberPlace after) {
        Reply reply = apply(
                new Origin(7, 1, step), new PresenceCommand.Members(channel, after, 1 + random.nextInt(4), null, null));
        return (PresenceReply.Members) ((Reply.OfPresence) java.util.Objects.requireNonNull(reply)).reply();
    }

    /** Who follows a channel as clause PRS-22 says has the same members, and the same version. */
    private final class Follower {
        private final Map<String, Payload> members = new TreeMap<>();
        private long version;
        private boolean counts;

        void told(Effect.Tell tell) {
            if (tell.version() <= version) {
                throw new AssertionError(where() + ": version " + tell.version() + " after " + version);
            }
            if (!counts && version > 0 && tell.version() != version + 1 && tell.version() < version + 1_000) {
                throw new AssertionError(where() + ": a gap before " + tell.version());
            }
            version = tell.version();
            switch (tell.event()) {
                case Effect.Entered(var member, var profile) ->
                    assertThat(members.put(name(member), profile.state()))
                            .as(where())
                            .isNull();
                case Effect.Updated(var member, var profile) ->
                    assertThat(members.put(name(member), profile.state()))
                            .as(where())
                            .isNotNull()
                            .isNotEqualTo(profile.state());
                case Effect.Left left ->
                    assertThat(members.remove(name(left.member()))).as(where()).isNotNull();
                case Effect.Mode mode -> {
                    counts = mode.counts();
                    members.clear();
                    if (!counts) {
                        members.putAll(present(tell.channel()));
                    }
                }
                case Effect.Counts told -> assertThat(counts).as(where()).isTrue();
            }
        }

        private Map<String, Payload> present(ChannelName channel) {
            Map<String, Payload> present = new TreeMap<>();
            tables.members().map().forEach((key, member) -> {
                if (key.channel().equals(channel)) {
                    present.put(name(key), member.profile().state());
                }
            });
            return present;
        }

        private static String name(MemberKey key) {
            return key.subject() + "/" + key.entry();
        }

        void check(PresenceReply.Members page, Map<String, Payload> found) {
            assertThat(page.counts()).as(where()).isEqualTo(counts);
            assertThat(found.size() * 4)
                    .as(where())
                    .isBetween(counts ? policies.countsAbove() * 3 : 0, counts ? 48 : policies.countsAbove() * 4);
            if (!counts) {
                assertThat(members).as(where()).isEqualTo(found);
                if (version > 0 && !found.isEmpty()) {
                    assertThat(page.version()).as(where()).isEqualTo(version);
                }
            }
        }
    }

    /** In the end only those are there whose connection lives; and nothing is kept of what is over. */
    private void quiesce() {
        pass(Duration.ofMinutes(1).toMillis());
        checkPages();
        assertThat(tables.members().map().values())
                .as(where())
                .allMatch(member -> member.leaves() == 0 && incarnations[member.slot()] == member.incarnation());
        assertThat(tables.held().map())
                .as(where())
                .hasSameSizeAs(tables.members().map());
        assertThat(tables.bySubject().map())
                .as(where())
                .hasSameSizeAs(tables.members().map());
        assertThat(tables.lostNodes().map()).as(where()).isEmpty();
    }
}
