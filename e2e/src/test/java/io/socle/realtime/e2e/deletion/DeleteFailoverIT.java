package io.socle.realtime.e2e.deletion;

import static io.socle.realtime.e2e.deletion.Deleting.expectDeleted;
import static io.socle.realtime.e2e.deletion.Deleting.untilCaughtUp;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is deleted stays deleted when its owner is killed, and a frozen gateway learns of it (DEL-1, DEL-7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeleteFailoverIT {
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    /** Ports of the second gateway are this much higher. */
    private static final int STEP = 10;

    private final Suite first = Suite.start("delete", Map.of(), "--gateways", "2");
    private final Suite second = first.through(first.gatewayPort() + STEP);
    private final String token = first.tokens().everything("clerk");
    private final HttpApi http = new HttpApi(first, token);

    @AfterAll
    void stop() {
        first.close();
    }

    @Test
    void a_killed_owner_brings_nothing_back_and_goes_on_with_the_purge() {
        Deleting message = new Deleting(http, "killed/message");
        Deleting large = new Deleting(http, "killed/large");
        List<Position> positions = http.publishMany(message.channel(), 0, 3);
        Position before = http.publishMany(large.channel(), 0, 5_000).getFirst();
        message.message(positions.get(1));
        large.channelItself();
        Position anew = http.publishMany(large.channel(), 0, 2).getFirst();
        first.kill("channel");
        Awaitility.await("the owner to be back")
                .atMost(RECOVERY)
                .until(() -> http.get(large.path() + "/messages?last=1").statusCode() == 200);
        assertThat(message.history(positions.getFirst())).containsExactly("0", "skipped", "2");
        assertThat(large.history(anew)).containsExactly("0", "1");
        assertThat(anew.epoch()).isNotEqualTo(before.epoch());
        Since beginning = new Since.AtPosition(new Position(anew.epoch(), 0));
        try (var reader = WsSubscriber.open(second, token, Selections.channel(large.channel()), beginning)) {
            assertThat(untilCaughtUp(reader)).containsExactly("0", "1");
        }
    }

    @Test
    void subscribers_of_every_gateway_are_told_also_of_one_that_was_frozen_meanwhile() throws Exception {
        Deleting frozen = new Deleting(http, "frozen/1");
        http.publishMany(frozen.channel(), 0, 3);
        try (var here = WsSubscriber.open(first, token, Selections.channel(frozen.channel()), null);
                var there = WsSubscriber.open(second, token, Selections.channel(frozen.channel()), null)) {
            long pid = first.pid("gateway-1").orElseThrow();
            signal("STOP", pid);
            try {
                frozen.channelItself();
                expectDeleted(here.next(ServerFrame.Unsubscribed.class));
                http.publishMany(frozen.channel(), 3, 5);
            } finally {
                signal("CONT", pid);
            }
            List<ServerFrame> seen = new ArrayList<>();
            do {
                seen.add(there.next(RECOVERY));
            } while (!(seen.getLast() instanceof ServerFrame.Unsubscribed));
            assertThat(seen).hasSize(1);
            expectDeleted((ServerFrame.Unsubscribed) seen.getLast());
        }
    }

    private static void signal(String name, long pid) throws Exception {
        int exit = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
