package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.SharedAction;
import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.Qos;
import java.util.ArrayList;
import java.util.List;

/** A partition with shared subscriptions, for examples. */
abstract class SharedFixture {
    static final SharedName WORKERS = SharedName.parse("$share/workers/chat/1");
    static final SharedName EVERYTHING = SharedName.parse("$share/workers/#");
    static final SharedMember ONE = new SharedMember("alice", "one");
    static final SharedMember TWO = new SharedMember("alice", "two");
    static final SharedMember BOB = new SharedMember("bob", "three");

    TestOwner owner = new TestOwner();

    /** The messages, by their offsets, that effects give to a membership. */
    static List<String> given(List<Effect> effects, long generation) {
        List<String> given = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Share share && share.generation() == generation) {
                given.add(String.valueOf(TestOwner.offset(share.message())));
            }
        }
        return given;
    }

    static List<Long> positions(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Share.class::isInstance)
                .map(effect -> ((Effect.Share) effect).logPosition())
                .toList();
    }

    List<Effect> apply(SharedName of, SharedMember member, long generation, SharedAction action) {
        return owner.command(new Command.Shared(of, member, generation, action));
    }

    static long generation(List<Effect> effects) {
        return ((Reply.Joined) TestOwner.reply(effects)).generation();
    }

    long join(SharedName of, SharedMember member, int window, long keepMs) {
        return generation(apply(of, member, 0, new SharedAction.Join(window, 1, keepMs)));
    }

    long join(SharedMember member, int window) {
        return join(WORKERS, member, window, 0);
    }

    List<Effect> done(SharedMember member, long generation, List<Long> positions) {
        return apply(WORKERS, member, generation, new SharedAction.Done(positions));
    }

    List<Effect> publish() {
        return publish(owner.message());
    }

    List<Effect> publish(MessageBuilder message) {
        return owner.command(new Command.Publish(message.qos(Qos.AT_LEAST_ONCE).build(), null));
    }

    FailureCode refusal(SharedName of, SharedMember member, long generation, SharedAction action) {
        return PublishTest.refusal(TestOwner.reply(apply(of, member, generation, action)));
    }

    MessageBuilder forSubject(String subject) {
        return owner.message().privacy(new Privacy(List.of(subject), true, Privacy.Audit.FULL, null));
    }

    static long lost(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.SharedLost.class::isInstance)
                .mapToLong(effect -> ((Effect.SharedLost) effect).messages())
                .sum();
    }
}
