package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.delivery.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random commands of members of shared subscriptions who know their generations and what they were given. */
final class RandomShared {
    private static final List<String> NAMES = List.of("g/#", "g/chat/+", "é/chat/1");

    private final SplittableRandom random;
    private final Map<String, Long> generations = new HashMap<>();
    private final Map<Long, List<Long>> given = new HashMap<>();
    private String last = "";

    RandomShared(SplittableRandom random) {
        this.random = random;
    }

    Command next() {
        SharedName name = SharedName.parse("$share/" + NAMES.get(random.nextInt(NAMES.size())));
        SharedMember member = new SharedMember("é".repeat(random.nextInt(2)), "c" + random.nextInt(2));
        last = name + member.value();
        long generation = generations.getOrDefault(last, 0L);
        SharedAction action = switch (random.nextInt(6)) {
            case 0 -> new SharedAction.Away(random.nextInt(2) * 5_000L);
            case 1 -> new SharedAction.Leave();
            case 2, 3 -> new SharedAction.Join(1 + random.nextInt(5), random.nextInt(2), random.nextInt(2) * 5_000L);
            default -> new SharedAction.Done(given.getOrDefault(generation, List.of()));
        };
        return new Command.Shared(name, member, action instanceof SharedAction.Join ? 0 : generation, action);
    }

    void saw(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Answer(var to, Reply.Joined(long generation))) {
                generations.put(last, generation);
            } else if (effect instanceof Effect.Share share) {
                given.computeIfAbsent(share.generation(), any -> new ArrayList<>())
                        .add(share.logPosition());
            }
        }
    }
}
