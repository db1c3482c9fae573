package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One shared subscription as a reader of the promises would keep it: lists of what is owed, and who has what. */
final class NaiveShared {
    private final SharedName of;
    private final SharedBounds bounds;
    final Map<String, Member> members = new TreeMap<>();
    /** What is neither acknowledged nor was sent once to a member that is gone, by log position. */
    final TreeMap<Long, RealtimeMessage> owed = new TreeMap<>();
    /** Who has what, by log position. */
    final Map<Long, Member> underWay = new HashMap<>();

    private final Set<Long> acknowledged = new TreeSet<>();
    private final Set<Long> given = new TreeSet<>();
    private long lastNew = -1;

    /** A member; its generation is 0 while it is away. */
    static final class Member {
        final String subject;
        long generation;
        int window;
        int qos;
        long keepMs;
        int slot;
        long incarnation;
        long until;

        Member(String subject) {
            this.subject = subject;
        }
    }

    NaiveShared(SharedName of, SharedBounds bounds) {
        this.of = of;
        this.bounds = bounds;
    }

    String name() {
        return of.value();
    }

    /** The name of the failure, or what is answered otherwise. */
    String apply(Command.Shared command, Origin origin, long logPosition, long now) {
        Member member = members.get(command.member().value());
        if (command.action() instanceof SharedAction.Join join) {
            return join(command, join, origin, logPosition);
        }
        if (member == null) {
            return "SUBSCRIPTION_UNKNOWN";
        }
        boolean leavesWhileAway = command.action() instanceof SharedAction.Leave && member.generation == 0;
        if (command.generation() != member.generation || (member.generation == 0 && !leavesWhileAway)) {
            return "TAKEN_OVER";
        }
        switch (command.action()) {
            case SharedAction.Done done -> done.logPositions().forEach(each -> done(member, each));
            case SharedAction.Away away -> end(command.member().value(), away.keepMs(), now);
            default -> end(command.member().value(), 0, now);
        }
        return "done";
    }

    private String join(Command.Shared command, SharedAction.Join join, Origin origin, long logPosition) {
        String name = command.member().value();
        if (join.window() < 1 || join.window() > bounds.window()) {
            return "INVALID_VALUE";
        }
        if (!members.containsKey(name) && members.size() >= bounds.members()) {
            return "TOO_MANY_SUBSCRIPTIONS";
        }
        Member member =
                members.computeIfAbsent(name, any -> new Member(command.member().subject()));
        release(member);
        member.generation = logPosition + 1;
        member.window = join.window();
        member.qos = join.qos();
        member.keepMs = join.keepMs();
        member.slot = origin.slot();
        member.incarnation = origin.incarnation();
        return "joined " + member.generation;
    }

    private void done(Member member, long logPosition) {
        if (underWay.get(logPosition) == member) {
            underWay.remove(logPosition);
            owed.remove(logPosition);
            assertThat(acknowledged.add(logPosition)).as("once").isTrue();
        }
    }

    private void release(Member member) {
        for (Map.Entry<Long, Member> each : List.copyOf(underWay.entrySet())) {
            if (each.getValue() == member) {
                underWay.remove(each.getKey());
                if (level(member, Objects.requireNonNull(owed.get(each.getKey()))) == 0) {
                    owed.remove(each.getKey());
                }
            }
        }
    }

    private static int level(Member member, RealtimeMessage message) {
        return Math.min(member.qos, message.qos().level());
    }

    private void end(String name, long keepMs, long now) {
        Member member = Objects.requireNonNull(members.get(name));
        release(member);
        member.generation = 0;
        member.until = now + keepMs;
        if (keepMs == 0) {
            members.remove(name);
        }
        if (members.isEmpty()) {
            owed.clear();
            given.clear();
            lastNew = -1;
        }
    }

    void nodeEnded(int slot, long incarnation, long now) {
        for (Map.Entry<String, Member> each : List.copyOf(members.entrySet())) {
            Member member = each.getValue();
            if (member.generation != 0 && member.slot == slot && member.incarnation <= incarnation) {
                end(each.getKey(), member.keepMs, now);
            }
        }
    }

    void tick(long now) {
        for (Map.Entry<String, Member> each : List.copyOf(members.entrySet())) {
            if (each.getValue().generation == 0 && each.getValue().until <= now) {
                end(each.getKey(), 0, now);
            }
        }
    }

    void published(long logPosition, RealtimeMessage message) {
        if (!members.isEmpty() && of.filter().matches(message.channel())) {
            owed.put(logPosition, message);
        }
    }

    /** Whether a membership is of this group. */
    boolean has(long generation) {
        return members.values().stream().anyMatch(member -> member.generation == generation);
    }

    void shared(Effect.Share share) {
        Member member = members.values().stream()
                .filter(each -> each.generation == share.generation())
                .findFirst()
                .orElseThrow();
        assertThat(List.of((long) share.slot(), share.incarnation()))
                .isEqualTo(List.of((long) member.slot, member.incarnation));
        assertThat(owed).containsEntry(share.logPosition(), share.message());
        assertThat(share.message().privacy().mayReceive(member.subject)).isTrue();
        assertThat(underWay.put(share.logPosition(), member)).as("with nobody").isNull();
        assertThat(has(member).size()).isLessThanOrEqualTo(member.window);
        assertThat(underWay.size()).isLessThanOrEqualTo(bounds.inFlight());
        if (given.add(share.logPosition())
                && share.message().privacy().receivers().isEmpty()) {
            assertThat(share.logPosition()).as("in the order of the log").isGreaterThan(lastNew);
            lastNew = share.logPosition();
        }
    }

    List<Long> has(Member member) {
        List<Long> positions = new ArrayList<>();
        underWay.forEach((logPosition, who) -> {
            if (who == member) {
                positions.add(logPosition);
            }
        });
        return positions;
    }

    /**
     * With nothing left to do, nothing waits that a member could have.
     *
     * @param kept how many messages of the group are under way or wait
     */
    void checkNobodyStarves(long kept) {
        boolean room = members.values().stream()
                .anyMatch(member -> member.generation != 0 && has(member).size() < member.window);
        long waiting = owed.keySet().stream()
                .filter(each -> !underWay.containsKey(each))
                .count();
        long privately = owed.entrySet().stream()
                .filter(each -> !underWay.containsKey(each.getKey()))
                .filter(each -> !each.getValue().privacy().receivers().isEmpty())
                .count();
        if (room && kept < bounds.inFlight()) {
            assertThat(waiting)
                    .as("only what is private waits: %s", owed.keySet())
                    .isEqualTo(privately);
        }
    }
}
