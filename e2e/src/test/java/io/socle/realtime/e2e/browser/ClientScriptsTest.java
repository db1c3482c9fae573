package io.socle.realtime.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.e2e.suite.Commands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests of the browser client that need no browser, run by Node's own runner. */
class ClientScriptsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path SCRIPTS = Commands.ROOT.resolve(Path.of("gateway-service", "src", "test", "js"));

    @Test
    void the_client_keeps_its_promises_on_a_gateway_in_memory() {
        var command = new ArrayList<>(List.of("node", "--test"));
        Stream.of("client.test.mjs", "outbox.test.mjs", "peerlog.test.mjs", "presence.test.mjs", "room.test.mjs")
                .forEach(name -> command.add(SCRIPTS.resolve(name).toString()));
        var result = Commands.run(LIMIT, command);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("# fail 0").doesNotContain("# pass 0", "# tests 0");
    }
}
