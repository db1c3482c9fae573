package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.DurableAction;
import io.socle.realtime.contracts.command.DurableName;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.Position;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of durable subscriptions, plainly: a map of cursors. When one expires the test says; here is what it may. */
final class NaiveDurables {
    private final NaiveOwner model;
    private final Map<String, Long> firsts;
    private final Map<DurableName, Known> all = new HashMap<>();

    private static final class Known {
        long acked;
        long delivered;
        long generation;

        @Nullable
        Origin attached;

        long lastUsed;
    }

    NaiveDurables(NaiveOwner model, Map<String, Long> firsts) {
        this.model = model;
        this.firsts = firsts;
    }

    /** What a command is answered, "attached 3 existed" or "done" or a failure code, and who is told of an end. */
    void expect(
            Command.Durable command, Origin origin, long logPosition, Policies.Durables allowed, List<Effect> effects) {
        Known known = all.get(command.of());
        Known before = known != null && isAttached(known) ? known : null;
        long generation = known == null ? 0 : known.generation;
        Origin told = before == null ? null : before.attached;
        String expected = command.action() instanceof DurableAction.Attach attach
                ? attach(command.of(), known, attach, origin, logPosition, allowed)
                : change(command, known);
        assertThat(spell(TestOwner.reply(effects))).as("%s", command).isEqualTo(expected);
        boolean ends = expected.startsWith("attached")
                || (command.action() instanceof DurableAction.Delete && command.generation() == 0);
        List<Effect.EndDurable> ended = effects.stream()
                .filter(Effect.EndDurable.class::isInstance)
                .map(Effect.EndDurable.class::cast)
                .toList();
        assertThat(ended).hasSize(ends && told != null ? 1 : 0);
        for (Effect.EndDurable end : ended) {
            assertThat(new Origin(end.slot(), end.incarnation(), 0))
                    .isEqualTo(told == null ? null : new Origin(told.slot(), told.incarnation(), 0));
            assertThat(end.generation()).isEqualTo(generation);
        }
    }

    private static String spell(Reply reply) {
        return switch (reply) {
            case Reply.Attached attached ->
                "attached " + attached.cursor().offset() + " of " + attached.delivered()
                        + (attached.existed() ? " existed" : "");
            case Reply.Done done -> "done";
            default -> ModelRun.refusal(reply);
        };
    }

    private boolean isAttached(Known known) {
        return known.attached != null && !model.isFenced(known.attached);
    }

    private String attach(
            DurableName of,
            @Nullable Known known,
            DurableAction.Attach attach,
            Origin origin,
            long logPosition,
            Policies.Durables allowed) {
        String channel = of.channel().value();
        Known now = known;
        if (now == null) {
            if (attach.start() instanceof Read.Start.After(Position position) && !exists(channel, position)) {
                return "UNKNOWN_POSITION";
            }
            if (count(channel) >= allowed.perChannel()) {
                return "TOO_MANY_DURABLES";
            }
            now = new Known();
            now.acked = start(channel, attach.start());
            now.delivered = now.acked;
            model.create(channel, ModelRun.CLUSTER_BITS, logPosition);
            all.put(of, now);
        }
        now.generation = logPosition + 1;
        now.attached = attach.pull() ? null : origin;
        now.lastUsed = model.now;
        return "attached " + now.acked + " of " + now.delivered + (known == null ? "" : " existed");
    }

    private boolean exists(String channel, Position position) {
        Long epoch = model.epochs.get(channel);
        return epoch != null
                && position.epoch() == epoch
                && position.offset() <= model.of(channel).size();
    }

    private long start(String channel, Read.@Nullable Start start) {
        long head = model.of(channel).size();
        return switch (start) {
            case null -> head;
            case Read.Start.After(Position position) -> position.offset();
            case Read.Start.Last(long last) -> Math.max(firsts.getOrDefault(channel, 1L) - 1, Math.max(0, head - last));
            case Read.Start.Since since -> throw new AssertionError("not among the random commands");
        };
    }

    private String change(Command.Durable command, @Nullable Known known) {
        if (known == null) {
            return "DURABLE_UNKNOWN";
        }
        boolean deletes = command.action() instanceof DurableAction.Delete;
        boolean anybody = command.generation() == 0 && (deletes || !isAttached(known));
        if (!anybody && command.generation() != known.generation) {
            return "TAKEN_OVER";
        }
        long head = model.of(command.of().channel().value()).size();
        switch (command.action()) {
            case DurableAction.Ack(Position position, long delivered) -> {
                if (!exists(command.of().channel().value(), position)) {
                    return "UNKNOWN_POSITION";
                }
                known.acked = Math.max(known.acked, position.offset());
                known.delivered = Math.max(known.acked, Math.max(known.delivered, Math.min(head, delivered)));
            }
            case DurableAction.Detach(long delivered) -> {
                known.attached = null;
                known.delivered = Math.max(known.delivered, Math.min(head, delivered));
            }
            default -> all.remove(command.of());
        }
        known.lastUsed = model.now;
        return "done";
    }

    /** Those of a deleted channel are gone with it. */
    void deleted(String channel) {
        all.keySet().removeIf(of -> of.channel().value().equals(channel));
    }

    private long count(String channel) {
        return all.keySet().stream()
                .filter(of -> of.channel().value().equals(channel))
                .count();
    }

    /** The tables have what they should; what a tick took away had lain long enough, and it left nothing that had. */
    void check(MemoryTables tables, boolean ticked, long expireAfter) {
        for (Iterator<Map.Entry<DurableName, Known>> entries = all.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<DurableName, Known> entry = entries.next();
            Known known = entry.getValue();
            ChannelState channel = Objects.requireNonNull(
                    tables.channels().get(entry.getKey().channel().value()));
            DurableState state = tables.durables().get(Keys.Durable.of(entry.getKey(), channel));
            boolean old = model.now - known.lastUsed >= expireAfter;
            if (state == null) {
                assertThat(ticked && old && !isAttached(known))
                        .as("%s may expire", entry.getKey())
                        .isTrue();
                entries.remove();
            } else {
                assertThat(ticked && old && known.attached == null)
                        .as("%s should have expired", entry.getKey())
                        .isFalse();
                assertThat(List.of(state.acked(), state.delivered(), state.generation()))
                        .isEqualTo(List.of(known.acked, known.delivered, known.generation));
            }
        }
        model.epochs.keySet().forEach(channel -> {
            ChannelState state = tables.channels().get(channel);
            assertThat(state == null ? 0 : state.durables()).isEqualTo(count(channel));
        });
        assertThat(present(tables, tables.durables().contents().keySet().stream()))
                .isEqualTo(all.size())
                .isEqualTo(present(
                        tables, tables.expiries().contents().keySet().stream().map(Keys.Expiry::of)));
    }

    private static long present(MemoryTables tables, Stream<Keys.Durable> keys) {
        Lives lives = new Lives(tables, 1);
        return keys.filter(key -> lives.isPresent(key.channel())).count();
    }
}
