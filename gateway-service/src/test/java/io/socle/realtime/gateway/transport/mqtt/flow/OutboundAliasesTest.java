package io.socle.realtime.gateway.transport.mqtt.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.gateway.transport.mqtt.flow.OutboundAliases.Naming;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which topics are left out on the way to the client (MQT-116). */
class OutboundAliasesTest {
    private static final Naming PLAIN = new Naming(0, false);

    private static Naming write(OutboundAliases aliases, String topic) {
        Naming naming = aliases.naming(topic);
        aliases.written(topic);
        return naming;
    }

    @Test
    void the_first_half_of_the_aliases_is_for_who_comes_first_and_the_others_for_who_comes_again() {
        var aliases = new OutboundAliases(3);
        assertThat(write(aliases, "a")).isEqualTo(new Naming(1, false));
        assertThat(write(aliases, "b")).isEqualTo(new Naming(2, false));
        assertThat(write(aliases, "c")).isEqualTo(PLAIN);
        assertThat(write(aliases, "d")).isEqualTo(PLAIN);
        assertThat(write(aliases, "d")).isEqualTo(new Naming(3, false));
        assertThat(write(aliases, "c")).isEqualTo(PLAIN);
        assertThat(write(aliases, "a")).isEqualTo(new Naming(1, true));
        assertThat(write(aliases, "d")).isEqualTo(new Naming(3, true));
    }

    @Test
    void what_was_not_written_has_set_nothing() {
        var aliases = new OutboundAliases(10);
        assertThat(aliases.naming("a")).isEqualTo(new Naming(1, false));
        assertThat(aliases.naming("a")).isEqualTo(new Naming(1, false));
        assertThat(write(aliases, "b")).isEqualTo(new Naming(1, false));
        assertThat(aliases.naming("a")).isEqualTo(new Naming(2, false));
    }

    @Test
    void no_alias_is_beyond_the_clients_maximum_or_the_gateways() { // MQTT-3.1.2-26, -27
        for (long maximum : new long[] {0, 1, OutboundAliases.MOST, OutboundAliases.MOST + 1, 65_535}) {
            var aliases = new OutboundAliases(maximum);
            long most = Math.min(maximum, OutboundAliases.MOST);
            for (int n = 1; n <= most; n++) {
                write(aliases, "t" + n);
                assertThat(write(aliases, "t" + n).alias()).isEqualTo(n);
            }
            write(aliases, "one more");
            assertThat(write(aliases, "one more")).isEqualTo(PLAIN);
            assertThat(write(aliases, "one more")).isEqualTo(PLAIN);
        }
    }

    @Test
    void a_client_that_keeps_what_it_is_told_always_finds_the_topic() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var aliases = new OutboundAliases(random.nextInt(6));
            Map<Integer, String> client = new HashMap<>();
            for (int n = 0; n < 500; n++) {
                String topic = "t" + random.nextInt(random.nextBoolean() ? 4 : 400);
                Naming naming = aliases.naming(topic);
                if (random.nextInt(4) > 0) {
                    if (naming.isSet()) {
                        assertThat(client.get(naming.alias()))
                                .as("seed %d", seed)
                                .isEqualTo(topic);
                    } else if (naming.alias() > 0) {
                        client.put(naming.alias(), topic);
                    }
                    aliases.written(topic);
                }
            }
        }
    }
}
