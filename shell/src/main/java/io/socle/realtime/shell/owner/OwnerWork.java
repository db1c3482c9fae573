package io.socle.realtime.shell.owner;

import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.Topology;

/** What the processing threads of a process run, with what they use beside it. */
public interface OwnerWork extends AutoCloseable {
    /** What is done with each record; where {@code leaving} answers true, owners commit what they do at once. */
    Topology topology(BooleanSupplier leaving);

    /** Called by each processing thread when it is about to commit; where it throws, nothing is committed and all is done again. */
    default void beforeCommit() {}

    /** Called when nothing is processed any more. */
    @Override
    void close();
}
