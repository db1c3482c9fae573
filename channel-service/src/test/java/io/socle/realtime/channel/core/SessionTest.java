package io.socle.realtime.channel.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions of MQTT clients at their owner. */
class SessionTest {
    private static final SessionKey PUMP = new SessionKey("alice", "pump");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SessionEntry ENTRY = new SessionEntry("k", Payload.utf8("v"));

    private final TestOwner owner = new TestOwner();

    private List<Effect> act(int slot, long generation, SessionAction action) {
        return owner.commandFrom(slot, 1, new Command.Session(PUMP, generation, action));
    }

    private List<Effect> attach(int slot, Duration expiry, @Nullable SessionWill will) {
        return act(slot, 0, new SessionAction.Attach(false, expiry.toMillis(), will));
    }

    private Reply.SessionAttached attached(int slot, Duration expiry) {
        return attachment(act(slot, 0, new SessionAction.Attach(false, expiry.toMillis(), null)));
    }

    private static Reply.SessionAttached attachment(List<Effect> effects) {
        return effects.stream()
                .<Reply.SessionAttached>mapMulti((effect, next) -> {
                    if (effect instanceof Effect.Answer(var to, Reply.SessionAttached attached)) {
                        next.accept(attached);
                    }
                })
                .findFirst()
                .orElseThrow();
    }

    private List<Effect> detach(int slot, long generation, boolean fires) {
        return act(slot, generation, new SessionAction.Detach(List.of(), null, fires, 0));
    }

    private Reply save(int slot, long generation, SessionEntry... changes) {
        return TestOwner.reply(act(slot, generation, new SessionAction.Save(List.of(changes))));
    }

    private static SessionWill will(long delaySeconds) {
        RealtimeMessage message = RealtimeMessage.builder("will-1", new ChannelName("gone/pump"))
                .data(Payload.utf8("gone"))
                .build();
        return new SessionWill(message, delaySeconds * 1_000, null);
    }

    private static List<String> wills(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.PublishWill.class::isInstance)
                .map(effect -> ((Effect.PublishWill) effect).message().id())
                .toList();
    }

    private static FailureCode refusal(Reply reply) {
        return PublishTest.refusal(reply);
    }

    private List<Effect> tick() {
        return owner.unasked(new Command.Tick());
    }

    @Test
    void a_session_is_found_again_with_what_it_remembers_until_it_expires_MQT_80() {
        Reply.SessionAttached first = attached(1, HOUR);
        assertThat(first.present()).isFalse();
        assertThat(save(1, first.generation(), ENTRY)).isEqualTo(new Reply.Done());
        detach(1, first.generation(), false);

        owner.later(HOUR.minusMillis(1));
        Reply.SessionAttached second = attached(2, HOUR);
        assertThat(second.present()).isTrue();
        assertThat(second.entries()).containsExactly(ENTRY);
        assertThat(second.generation()).isGreaterThan(first.generation());

        detach(2, second.generation(), false);
        owner.later(HOUR);
        assertThat(attached(1, HOUR).present()).isFalse();
    }

    @Test
    void a_tick_takes_away_what_has_expired() {
        Reply.SessionAttached first = attached(1, HOUR);
        save(1, first.generation(), ENTRY);
        detach(1, first.generation(), false);
        assertThat(owner.partition().isDue(owner.now + HOUR.toMillis() - 1)).isFalse();
        assertThat(owner.partition().isDue(owner.now + HOUR.toMillis())).isTrue();
        owner.later(HOUR);
        tick();
        assertThat(owner.tables.sessions().contents())
                .isEqualTo(MemoryTables.empty().sessions().contents().stream()
                        .map(each -> each.equals("null") ? "0" : each)
                        .toList());
    }

    @Test
    void whoever_has_a_session_hands_it_over_first_MQT_85() {
        long first = attached(1, HOUR).generation();
        List<Effect> asked = attach(2, HOUR, null);
        assertThat(asked).containsExactly(new Effect.EndSession(1, 1, PUMP, first));
        assertThat(refusal(save(1, first, ENTRY))).isEqualTo(FailureCode.TAKEN_OVER);

        List<Effect> handed = act(1, first, new SessionAction.Detach(List.of(ENTRY), null, true, 0));
        assertThat(attachment(handed).present()).isTrue();
        assertThat(attachment(handed).entries()).containsExactly(ENTRY);
        assertThat(refusal(TestOwner.reply(detach(1, first, true)))).isEqualTo(FailureCode.TAKEN_OVER);
    }

    @Test
    void whoever_does_not_hand_over_in_time_is_not_waited_for_MQT_85() {
        long first = attached(1, HOUR).generation();
        save(1, first, ENTRY);
        attach(2, HOUR, null);
        owner.later(Duration.ofMillis(1_999));
        assertThat(tick()).isEmpty();
        owner.later(Duration.ofMillis(1));
        assertThat(attachment(tick()).entries()).containsExactly(ENTRY);
    }

    @Test
    void a_third_attach_takes_the_place_of_the_one_that_waits() {
        long first = attached(1, HOUR).generation();
        attach(2, HOUR, null);
        List<Effect> third = attach(3, HOUR, null);
        assertThat(third).hasSize(1);
        assertThat(refusal(TestOwner.reply(third))).isEqualTo(FailureCode.TAKEN_OVER);
        List<Effect> handed = detach(1, first, true);
        assertThat(handed)
                .filteredOn(Effect.Answer.class::isInstance)
                .extracting(effect -> ((Effect.Answer) effect).origin().slot())
                .containsExactly(3, 1);
    }

    @Test
    void a_dead_node_is_not_waited_for_and_its_clients_have_left_without_a_word_MQT_86() {
        attach(1, HOUR, will(0));
        assertThat(owner.unasked(new Command.NodeDead(1, 1))).isEmpty();
        owner.reopened();
        assertThat(owner.partition().isDue(owner.now)).isTrue();
        assertThat(wills(tick())).containsExactly("will-1");
        assertThat(attachment(attach(2, HOUR, null)).present()).isTrue();
    }

    @Test
    void wills_of_a_dead_node_are_found_some_with_each_tick() {
        for (int i = 0; i < 700; i++) {
            SessionWill will = new SessionWill(
                    RealtimeMessage.builder("will-" + i, new ChannelName("gone/pump"))
                            .build(),
                    0,
                    null);
            owner.commandFrom(
                    1,
                    1,
                    new Command.Session(new SessionKey("alice", "c" + i), 0, new SessionAction.Attach(false, 0, will)));
        }
        owner.unasked(new Command.NodeDead(1, 1));
        assertThat(wills(tick())).hasSize(500);
        assertThat(wills(tick())).hasSize(200);
        assertThat(owner.partition().isDue(owner.now)).isFalse();
    }

    @Test
    void a_will_waits_for_its_delay_and_is_called_off_by_coming_back_MQT_51() {
        long first = attachment(attach(1, HOUR, will(10))).generation();
        assertThat(wills(detach(1, first, true))).isEmpty();
        owner.later(Duration.ofSeconds(9));
        assertThat(wills(tick())).isEmpty();
        long second = attachment(attach(1, HOUR, will(10))).generation();
        detach(1, second, true);
        owner.later(Duration.ofSeconds(10));
        assertThat(wills(tick())).containsExactly("will-1");
    }

    @Test
    void the_end_of_the_session_ends_a_wills_delay_MQT_51() {
        long first = attachment(attach(1, Duration.ofSeconds(5), will(10))).generation();
        detach(1, first, true);
        owner.later(Duration.ofSeconds(5));
        assertThat(wills(tick())).containsExactly("will-1");
    }

    @Test
    void a_clean_start_ends_the_session_and_so_publishes_the_will_that_waits_MQT_51() {
        long first = attachment(attach(1, HOUR, will(10))).generation();
        save(1, first, ENTRY);
        detach(1, first, true);
        List<Effect> anew = act(2, 0, new SessionAction.Attach(true, 0, null));
        assertThat(wills(anew)).containsExactly("will-1");
        assertThat(attachment(anew).present()).isFalse();
        assertThat(attachment(anew).entries()).isEmpty();
    }

    @Test
    void a_will_that_waits_because_the_node_goes_is_called_off_by_coming_back_in_any_way_MQT_50() {
        long first = attachment(attach(1, Duration.ZERO, will(0))).generation();
        assertThat(wills(act(1, first, new SessionAction.Detach(List.of(), null, true, 30_000))))
                .isEmpty();
        owner.later(Duration.ofSeconds(29));
        assertThat(wills(tick())).isEmpty();
        List<Effect> back = act(2, 0, new SessionAction.Attach(true, 0, null));
        assertThat(wills(back)).isEmpty();
        assertThat(attachment(back).present()).isFalse();
    }

    @Test
    void a_will_is_sent_again_until_it_is_known_to_be_published_MQT_87() {
        long first = attachment(attach(1, HOUR, will(0))).generation();
        assertThat(wills(detach(1, first, true))).containsExactly("will-1");
        owner.later(Duration.ofSeconds(5));
        assertThat(wills(tick())).containsExactly("will-1");
        owner.unasked(new Command.WillPublished(first));
        owner.later(Duration.ofSeconds(5));
        assertThat(wills(tick())).isEmpty();
        assertThat(owner.tables.sessions().wills().contents()).isEmpty();
    }

    @Test
    void a_wills_life_counts_from_when_it_is_published() {
        SessionWill will = new SessionWill(will(0).message(), 10_000, 7_000L);
        long first = attachment(attach(1, HOUR, will)).generation();
        detach(1, first, true);
        owner.later(Duration.ofSeconds(20));
        Effect.PublishWill sent = (Effect.PublishWill) tick().getFirst();
        assertThat(sent.message().expiry()).isEqualTo(Instant.ofEpochMilli(owner.now + 7_000));
    }

    @Test
    void a_normal_end_takes_the_will_back() {
        long first = attachment(attach(1, HOUR, will(0))).generation();
        assertThat(wills(detach(1, first, false))).isEmpty();
        assertThat(owner.tables.sessions().wills().contents()).isEmpty();
    }

    @Test
    void a_session_remembers_so_many_bytes_and_no_more_MQT_83() {
        long first = attached(1, HOUR).generation();
        int most = Bounds.SESSION_BYTES - 65;
        assertThat(save(1, first, new SessionEntry("k", Payload.of(new byte[most]))))
                .isEqualTo(new Reply.Done());
        assertThat(refusal(save(1, first, new SessionEntry("k", Payload.of(new byte[most + 1])))))
                .isEqualTo(FailureCode.SESSION_FULL);
        assertThat(refusal(save(1, first, new SessionEntry("l", Payload.EMPTY))))
                .isEqualTo(FailureCode.SESSION_FULL);
        assertThat(save(1, first, new SessionEntry("k", null))).isEqualTo(new Reply.Done());
    }

    @Test
    void of_nodes_that_yield_one_has_the_session_while_it_lives_and_another_when_it_is_gone_MQT_124() {
        SessionAction yielding = new SessionAction.Attach(false, HOUR.toMillis(), null, true);
        long first = attachment(act(1, 0, yielding)).generation();
        assertThat(refusal(TestOwner.reply(act(2, 0, yielding)))).isEqualTo(FailureCode.TAKEN_OVER);
        assertThat(save(1, first, ENTRY)).isEqualTo(new Reply.Done());
        detach(1, first, false);
        assertThat(attachment(act(2, 0, yielding)).entries()).containsExactly(ENTRY);
        assertThat(refusal(TestOwner.reply(act(1, 0, yielding)))).isEqualTo(FailureCode.TAKEN_OVER);
        owner.unasked(new Command.NodeDead(2, 1));
        assertThat(attachment(act(1, 0, yielding)).present()).isTrue();
    }

    @Test
    void a_node_that_yields_is_not_kept_out_by_what_it_has_left_over_itself_MQT_124() {
        SessionAction yielding = new SessionAction.Attach(false, HOUR.toMillis(), null, true);
        long lost = attachment(act(1, 0, yielding)).generation();
        act(1, 0, yielding);
        assertThat(refusal(TestOwner.reply(act(2, 0, yielding)))).isEqualTo(FailureCode.TAKEN_OVER);
        owner.later(Duration.ofSeconds(2));
        assertThat(attachment(tick()).generation()).isGreaterThan(lost);
    }

    @Test
    void a_partition_has_so_many_sessions_and_no_more_MQT_83() {
        TestOwner small = new TestOwner(new Bounds(100, 10, 10, 10, 1, 10));
        SessionAction attach = new SessionAction.Attach(false, 0, null);
        long one =
                attachment(small.command(new Command.Session(PUMP, 0, attach))).generation();
        Command other = new Command.Session(new SessionKey("bob", "pump"), 0, attach);
        assertThat(refusal(TestOwner.reply(small.command(other)))).isEqualTo(FailureCode.TOO_MANY_SESSIONS);
        small.command(new Command.Session(PUMP, one, new SessionAction.Detach(List.of(), null, false, 0)));
        assertThat(attachment(small.command(other)).present()).isFalse();
    }

    @Test
    void clients_of_other_subjects_are_never_concerned_MQT_5() {
        attached(1, HOUR);
        Command other = new Command.Session(
                new SessionKey("bob", "pump"), 0, new SessionAction.Attach(true, HOUR.toMillis(), null));
        assertThat(owner.commandFrom(2, 1, other)).hasSize(1);
    }
}
