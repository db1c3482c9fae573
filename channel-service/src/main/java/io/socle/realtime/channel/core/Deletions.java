package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides deletions of messages and channels (clauses DEL). */
final class Deletions {
    private final Tables tables;
    private final History history;
    private final Interests interests;
    private final Lives lives;

    Deletions(Tables tables, History history, Interests interests, Lives lives) {
        this.tables = tables;
        this.history = history;
        this.interests = interests;
        this.lives = lives;
    }

    /** Carries a command out and answers it; what others are to be told is added to the effects. */
    Reply apply(Command.Delete delete, List<Effect> effects) {
        ChannelState channel = tables.channels().get(delete.channel().value());
        Position position = delete.position();
        if (position != null) {
            return message(delete.channel(), channel, position);
        }
        if (channel != null) {
            lives.end(delete.channel().value(), channel);
            tell(delete.channel(), channel.epoch(), effects);
        }
        return new Reply.Done();
    }

    private Reply message(ChannelName name, @Nullable ChannelState channel, Position position) {
        // No message has the offset 0: it is the place before the first.
        if (channel == null || position.offset() == 0) {
            return new Reply.Refused(HistoryReader.unknown(position).problem());
        }
        try {
            long offset = HistoryReader.checked(channel, position, channel.head());
            tables.channels().put(name.value(), history.delete(name.value(), channel, offset));
            return new Reply.Done();
        } catch (ProblemException e) {
            return new Reply.Refused(e.problem());
        }
    }

    /** Each node once, whatever the number of its subscribers and attachments. */
    private void tell(ChannelName channel, long epoch, List<Effect> effects) {
        BitSet wanting = interests.wantingByName(channel);
        for (int slot = wanting.nextSetBit(0); slot >= 0; slot = wanting.nextSetBit(slot + 1)) {
            effects.add(new Effect.EndChannel(slot, interests.incarnation(slot), channel, epoch));
        }
    }
}
