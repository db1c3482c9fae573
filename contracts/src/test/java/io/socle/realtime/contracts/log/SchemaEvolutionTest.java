package io.socle.realtime.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.golden.Committed;
import io.socle.realtime.contracts.log.v1.CommandRecord;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The log's schema changes by addition only: everything in schema.lock is still there, unchanged. */
class SchemaEvolutionTest {
    private static final Committed LOCK = new Committed(Path.of("schema.lock"), "schema.update");

    @Test
    void nothing_that_was_ever_released_is_removed_renumbered_or_retyped() {
        SortedSet<String> present = SchemaLines.of(CommandRecord.getDescriptor().getFile());
        SortedSet<String> merged = merged(locked(), present);
        LOCK.requireEqual(merged.stream().collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void a_change_that_is_no_addition_is_refused_even_when_the_lock_is_to_be_updated() {
        SortedSet<String> present = SchemaLines.of(CommandRecord.getDescriptor().getFile());
        assertThat(present).contains("field io.socle.realtime.log.v1.MessageRecord.id = 1 plain string");
        Set<String> earlier = new TreeSet<>(present);
        earlier.add("field io.socle.realtime.log.v1.MessageRecord.removed = 99 plain string");
        assertThatThrownBy(() -> merged(earlier, present))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("MessageRecord.removed = 99");
        assertThat(merged(present, present)).isEqualTo(present);
        assertThat(merged(Set.of(), present)).isEqualTo(present);
    }

    private static Set<String> locked() {
        return LOCK.file().toFile().exists() ? LOCK.read().lines().collect(Collectors.toSet()) : Set.of();
    }

    /** The lock as it should be: what it has, and what is new. */
    private static SortedSet<String> merged(Set<String> locked, SortedSet<String> present) {
        Set<String> gone = new TreeSet<>(locked);
        gone.removeAll(present);
        if (!gone.isEmpty()) {
            throw new AssertionError("log.proto no longer has, or has otherwise, what running systems rely on. Put it"
                    + " back, and add a new field beside it instead:\n" + String.join("\n", gone));
        }
        return present;
    }
}
