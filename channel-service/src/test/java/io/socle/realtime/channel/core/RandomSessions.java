package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random commands to few sessions, mostly of attachments that are, sometimes of ones that were. */
final class RandomSessions {
    private static final int REMEMBERED = 6;

    private final SplittableRandom random;
    private final List<Long> generations = new ArrayList<>();
    private final List<Long> fired = new ArrayList<>();
    private int wills;

    RandomSessions(SplittableRandom random) {
        this.random = random;
    }

    /** Takes note of attachments and wills. */
    void saw(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Answer(var origin, Reply.SessionAttached attached)) {
                remember(generations, attached.generation());
            } else if (effect instanceof Effect.PublishWill(long generation, var message)) {
                remember(fired, generation);
            }
        }
    }

    private static void remember(List<Long> all, long generation) {
        all.add(generation);
        if (all.size() > REMEMBERED) {
            all.removeFirst();
        }
    }

    Command next() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> session(0, attach());
            case 3, 4 -> session(one(generations), new SessionAction.Save(changes()));
            case 5, 6 -> session(one(generations), detach());
            case 7 -> new Command.WillPublished(one(fired));
            default -> new Command.Tick();
        };
    }

    private Command session(long generation, SessionAction action) {
        SessionKey key = new SessionKey(random.nextBoolean() ? "alice" : "alic", random.nextBoolean() ? "x" : "ex");
        return new Command.Session(key, generation, action);
    }

    private long one(List<Long> all) {
        return all.isEmpty() ? 1 : all.get(random.nextInt(all.size()));
    }

    private SessionAction attach() {
        return new SessionAction.Attach(random.nextInt(4) == 0, expiry(), will(), random.nextInt(4) == 0);
    }

    private long expiry() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(6_000);
    }

    private @Nullable SessionWill will() {
        if (random.nextInt(3) == 0) {
            return null;
        }
        wills++;
        RealtimeMessage message = RealtimeMessage.builder("will-" + wills, new ChannelName("wills/1"))
                .data(Payload.utf8("gone"))
                .build();
        long delay = random.nextBoolean() ? 0 : random.nextInt(4_000);
        return new SessionWill(message, delay, random.nextBoolean() ? null : (long) random.nextInt(9_000));
    }

    private SessionAction detach() {
        return new SessionAction.Detach(
                changes(),
                random.nextInt(4) == 0 ? expiry() : null,
                random.nextInt(3) > 0,
                random.nextInt(3) == 0 ? 1_500 : 0);
    }

    private List<SessionEntry> changes() {
        List<SessionEntry> changes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = "k" + random.nextInt(5);
            boolean huge = random.nextInt(12) == 0;
            int size = huge ? 150_000 : random.nextInt(20);
            changes.add(new SessionEntry(key, random.nextInt(3) == 0 ? null : Payload.of(new byte[size])));
        }
        return changes;
    }
}
