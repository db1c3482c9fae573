package io.socle.realtime.gateway.transport.mqtt.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.message.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for a save, and what a save holds. */
class JournalTest {
    private final Journal journal = Journal.of(List.of());
    private final List<String> done = new ArrayList<>();

    private static SessionEntry entry(String key, String value) {
        return new SessionEntry(key, Payload.utf8(value));
    }

    @Test
    void what_waits_is_done_when_all_before_it_is_saved_and_not_earlier() {
        journal.put("a", Payload.utf8("1"));
        journal.whenSaved(() -> done.add("a"));
        assertThat(journal.begin()).containsExactly(entry("a", "1"));
        journal.put("b", Payload.utf8("2"));
        journal.whenSaved(() -> done.add("b"));
        assertThat(journal.isUrgent()).isFalse();
        assertThat(done).isEmpty();
        journal.saved();
        assertThat(done).containsExactly("a");
        assertThat(journal.isUrgent()).isTrue();
        assertThat(journal.begin()).containsExactly(entry("b", "2"));
        journal.saved();
        assertThat(done).containsExactly("a", "b");
        assertThat(journal.isStale()).isFalse();
    }

    @Test
    void with_nothing_to_save_nothing_waits() {
        journal.whenSaved(() -> done.add("at once"));
        Journal.none().put("a", Payload.utf8("1"));
        Journal.none().whenSaved(() -> done.add("nor here"));
        assertThat(done).containsExactly("at once", "nor here");
    }

    @Test
    void a_save_that_failed_goes_again_but_where_there_is_newer() {
        journal.put("a", Payload.utf8("1"));
        journal.put("b", Payload.utf8("1"));
        journal.whenSaved(() -> done.add("saved"));
        journal.begin();
        journal.put("b", Payload.utf8("2"));
        journal.failed();
        assertThat(journal.begin()).containsExactlyInAnyOrder(entry("a", "1"), entry("b", "2"));
        journal.saved();
        assertThat(done).containsExactly("saved");
    }

    @Test
    void what_is_handed_over_is_all_that_is_not_known_to_be_saved() {
        journal.put("a", Payload.utf8("1"));
        journal.begin();
        journal.put("b", Payload.utf8("1"));
        journal.drift("c", () -> Payload.utf8("1"));
        journal.whenSaved(() -> done.add("never"));
        assertThat(journal.handOver()).containsExactlyInAnyOrder(entry("a", "1"), entry("b", "1"), entry("c", "1"));
        journal.saved();
        assertThat(done).isEmpty();
    }

    @Test
    void what_drifts_is_worth_no_save_of_its_own() {
        journal.drift("c", () -> Payload.utf8("1"));
        assertThat(journal.isDirty()).isFalse();
        journal.put("a", Payload.utf8("1"));
        assertThat(journal.begin()).containsExactlyInAnyOrder(entry("a", "1"), entry("c", "1"));
    }

    @Test
    void an_entry_that_was_never_saved_can_be_removed() {
        journal.touch("s", () -> {
            throw new AssertionError("it is gone");
        });
        journal.remove("s");
        assertThat(journal.begin()).containsExactly(new SessionEntry("s", null));
    }

    @Test
    void it_counts_as_owners_do() {
        journal.put("key", Payload.utf8("value"));
        assertThat(journal.bytes()).isEqualTo(64 + 3 + 5);
        journal.put("key", Payload.EMPTY);
        journal.begin();
        journal.saved();
        assertThat(journal.bytes()).isEqualTo(64 + 3);
        journal.remove("key");
        assertThat(journal.bytes()).isZero();
    }

    @Test
    void a_gate_keeps_the_order_of_what_waits_and_what_does_not() {
        Gate gate = new Gate(journal);
        gate.pass(() -> done.add("1"));
        journal.put("a", Payload.utf8("1"));
        gate.hold(() -> done.add("2"));
        gate.pass(() -> done.add("3"));
        assertThat(done).containsExactly("1");
        assertThat(gate.size()).isEqualTo(2);
        journal.begin();
        journal.saved();
        assertThat(done).containsExactly("1", "2", "3");
    }
}
