package io.socle.realtime.channel.core;

import io.socle.realtime.channel.core.SharedMemberState.Node;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives messages to members of shared subscriptions: first what another member had, then what history has, in log order. */
final class SharedDispatch {
    private final Tables tables;
    private final SharedBounds bounds;

    SharedDispatch(Tables tables, SharedBounds bounds) {
        this.tables = tables;
        this.bounds = bounds;
    }

    /** Gives out as much as members take and the turn allows. */
    void serve(SharedGroup group, PartitionState now, SharedTurn turn, List<Effect> effects) {
        Serving serving = new Serving(group, now, turn, effects);
        serving.waiting();
        serving.history();
        serving.end();
    }

    /** Gives out a publication as it comes; the group is live. */
    void publication(SharedGroup group, PartitionState now, RealtimeMessage message, List<Effect> effects) {
        Serving serving = new Serving(group, now, new SharedTurn(bounds), effects);
        Position position = message.position();
        if (position == null) {
            throw new IllegalArgumentException("a publication without position");
        }
        serving.offer(now.lastPosition(), message, position.offset());
        serving.end();
    }

    /** One group's part of one command. */
    private final class Serving {
        private final SharedGroup group;
        private final PartitionState now;
        private final SharedTurn turn;
        private final List<Effect> effects;
        private final Map<String, Boolean> matches = new HashMap<>();
        private long lost;

        Serving(SharedGroup group, PartitionState now, SharedTurn turn, List<Effect> effects) {
            this.group = group;
            this.now = now;
            this.turn = turn;
            this.effects = effects;
        }

        void waiting() {
            var next = group.waiting().firstEntry();
            while (next != null && group.hasRoom() && !turn.isSpent()) {
                waits(next.getKey(), next.getValue());
                next = group.waiting().higherEntry(next.getKey());
            }
        }

        private void waits(long at, SharedFlight flight) {
            Membership member = group.next(flight.receivers());
            if (member == null) {
                if (!group.hasReceiver(flight.receivers())) {
                    group.drop(at);
                }
                return;
            }
            // What cannot go does not count: it must not keep back what can.
            turn.scanned();
            RealtimeMessage message = owed(at, flight.channel(), flight.offset());
            if (message == null) {
                group.drop(at);
            } else {
                give(at, flight, member, message);
            }
        }

        /** The message if it is owed and kept. */
        private @Nullable RealtimeMessage owed(long at, String name, long offset) {
            ChannelState channel = tables.channels().get(name);
            if (channel == null || !channel.began(at)) {
                // Its channel was deleted since: nobody is owed it, and the offset is another message's now.
                return null;
            }
            if (offset < channel.first()) {
                lost++;
                return null;
            }
            HistoryEntry kept = tables.history().get(new Keys.Place(channel.records(name), offset));
            return kept == null ? null : kept.owedAt(now.clock());
        }

        void history() {
            Long behind = group.behind();
            if (behind == null || !group.takesMore() || turn.isSpent()) {
                return;
            }
            long floor = now.index().first();
            if (behind + 1 < floor) {
                // How many of them the group was owed nobody knows any more.
                lost++;
            }
            long from = Math.max(behind + 1, floor);
            long[] through = {from - 1};
            boolean[] stopped = {false};
            tables.index().ascend(from, Math.max(from, now.lastPosition()), (at, entry) -> {
                stopped[0] = !group.takesMore() || turn.isSpent();
                if (!stopped[0]) {
                    take(at, entry);
                    through[0] = at;
                }
                return !stopped[0];
            });
            group.behind(stopped[0] ? Long.valueOf(through[0]) : null);
        }

        private void take(long at, IndexEntry entry) {
            turn.scanned();
            if (matches.computeIfAbsent(
                    entry.channel(), name -> group.of().filter().matches(new ChannelName(name)))) {
                RealtimeMessage message = owed(at, entry.channel(), entry.offset());
                if (message != null) {
                    offer(at, message, entry.offset());
                }
            }
        }

        /** A message goes to the member whose turn it is, or waits for the only ones that may receive it. */
        void offer(long at, RealtimeMessage message, long offset) {
            SharedFlight flight = SharedFlight.of(message, offset);
            Membership member = group.next(flight.receivers());
            if (member != null) {
                give(at, flight, member, message);
            } else if (group.hasReceiver(flight.receivers())) {
                hold(at, flight);
            }
        }

        private void hold(long at, SharedFlight flight) {
            if (group.privatelyWaiting() < bounds.held()) {
                group.hold(at, flight);
            } else {
                lost++;
            }
        }

        private void give(long at, SharedFlight flight, Membership member, RealtimeMessage message) {
            boolean once = Math.min(member.state().qos(), message.qos().level()) == 0;
            group.give(at, flight.to(member.generation(), once), member);
            turn.gave(flight.bytes());
            Node node = member.node();
            effects.add(new Effect.Share(node.slot(), node.incarnation(), member.generation(), at, message));
        }

        void end() {
            group.save();
            if (lost > 0) {
                effects.add(new Effect.SharedLost(group.name(), lost));
            }
        }
    }
}
