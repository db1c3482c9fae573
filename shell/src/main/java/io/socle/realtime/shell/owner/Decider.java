package io.socle.realtime.shell.owner;

import io.socle.realtime.contracts.command.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one partition's owner: a core between its codecs. What it keeps is in its store only, and what it decides
 * follows from the store, the record and its cause: after a crash the same records come again, and have to give the same.
 *
 * @param <C> the commands that it knows
 */
public interface Decider<C> {
    /** A command as it stands in the log, with who waits for the answer, if anybody does. */
    record Asked<C>(@Nullable Origin origin, C command) {}

    /** Throws UnreadableRecordException where the record is none that this version knows: it is then parked. */
    Asked<C> decode(byte[] value);

    /** Decides a command; where it throws, the record is parked and who waits is told so. */
    List<Outcome> decide(Cause cause, @Nullable Origin origin, C command);

    /**
     * Called each second with the wall clock in milliseconds: returns records for the own partition, such as a tick where
     * something is due. Too many do no harm.
     */
    List<byte[]> onTime(long now);

    /** Called after each command: returns records for the own partition, such as a tick where there is more to do at once. */
    default List<byte[]> onProcessed(C command) {
        return List.of();
    }

    /** Opens the owner of a partition on what it keeps. */
    interface Opener<C> {
        Decider<C> open(int partition, ByteStore store);
    }
}
