package io.socle.realtime.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.message.ChannelFilter;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is wrong with a configuration is said with its key (clause MQT-130). */
class BridgeRulesTest {
    private static BridgeSettings.Remote remote(@Nullable String username, @Nullable String password) {
        return new BridgeSettings.Remote(
                "broker.example",
                1883,
                Optional.empty(),
                Optional.ofNullable(username),
                Optional.ofNullable(password),
                "realtime-factory",
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    private static BridgeSettings.In in(String strip, String prefix, String... filters) {
        return new BridgeSettings.In(
                filters(filters), new NameMapping(strip, prefix), 1, BridgeSettings.RetainRule.AS_SENT, 10);
    }

    private static BridgeSettings.Out out(String strip, String prefix, String... filters) {
        return new BridgeSettings.Out(filters(filters), new NameMapping(strip, prefix), 1, true, 10);
    }

    private static List<ChannelFilter> filters(String... filters) {
        return Stream.of(filters).map(ChannelFilter::new).toList();
    }

    private static List<String> findings(
            String name, BridgeSettings.@Nullable In in, BridgeSettings.@Nullable Out out) {
        return BridgeRules.findings(List.of(new BridgeSettings(name, remote(null, null), "bridge:" + name, in, out)));
    }

    @Test
    void a_good_configuration_has_no_findings_MQT_130() {
        assertThat(findings("factory-1", in("site/", "factory/", "site/#", "alarm/+"), null))
                .hasSize(1);
        assertThat(findings("factory-1", in("", "factory/", "site/#", "alarm/+"), out("", "", "orders/#")))
                .isEmpty();
    }

    @Test
    void a_bridge_without_filters_is_found_MQT_130() {
        assertThat(findings("factory", null, null))
                .containsExactly("realtime.bridges.factory: neither in.filters nor out.filters is set, so nothing would"
                        + " ever pass");
    }

    @Test
    void names_are_short_and_plain_MQT_130() {
        String longest = "a".repeat(64);
        assertThat(findings(longest, in("", "", "a"), null)).isEmpty();
        for (String bad : List.of(longest + "a", "", "Factory", "-a", "a-", "a.b")) {
            assertThat(findings(bad, in("", "", "a"), null)).as(bad).hasSize(1);
        }
    }

    @Test
    void filters_of_one_direction_must_not_overlap_MQT_130() {
        assertThat(findings("factory", in("", "", "site/#", "site/+/x"), null))
                .singleElement()
                .asString()
                .contains("realtime.bridges.factory.in.filters", "site/#", "site/+/x");
        assertThat(findings("factory", in("", "", "site/#"), out("", "", "site/#")))
                .isEmpty();
    }

    @Test
    void names_of_the_system_do_not_pass_but_another_brokers_may_be_put_elsewhere_MQT_130() {
        assertThat(findings("factory", in("", "", "$SYS/#"), null)).hasSize(1);
        assertThat(findings("factory", in("", "their/", "$SYS/#"), null)).isEmpty();
        assertThat(findings("factory", null, out("", "", "$SYS/#"))).hasSize(1);
        assertThat(findings("factory", in("", "their/", "$share/g/a"), null)).hasSize(1);
    }

    @Test
    void prefixes_have_no_wildcards_and_fit_the_filters_MQT_130() {
        assertThat(findings("factory", in("", "a+/", "x"), null)).isNotEmpty();
        assertThat(findings("factory", in("", "a", "#"), null)).hasSize(1);
        assertThat(findings("factory", null, out("orders/", "", "other/#"))).hasSize(1);
    }

    @Test
    void a_subject_is_of_no_more_than_128_characters_and_none_of_the_systems_MQT_130() {
        for (String subject : List.of("a".repeat(128), "a")) {
            assertThat(BridgeRules.findings(
                            List.of(new BridgeSettings("factory", remote(null, null), subject, in("", "", "a"), null))))
                    .isEmpty();
        }
        for (String subject : List.of("a".repeat(129), "", "$bridge")) {
            assertThat(BridgeRules.findings(
                            List.of(new BridgeSettings("factory", remote(null, null), subject, in("", "", "a"), null))))
                    .hasSize(1);
        }
    }

    @Test
    void a_password_needs_a_user_name_MQT_130() {
        var bridge = new BridgeSettings("factory", remote(null, "secret"), "bridge:factory", in("", "", "a"), null);
        assertThat(BridgeRules.findings(List.of(bridge)))
                .singleElement()
                .asString()
                .contains("realtime.bridges.factory.password")
                .doesNotContain("secret");
        assertThat(bridge.toString()).doesNotContain("secret");
    }

    @Test
    void so_many_bridges_and_filters_and_no_more_MQT_130() {
        String[] most =
                IntStream.range(0, BridgeRules.FILTERS).mapToObj(n -> "f" + n).toArray(String[]::new);
        String[] tooMany = IntStream.rangeClosed(0, BridgeRules.FILTERS)
                .mapToObj(n -> "f" + n)
                .toArray(String[]::new);
        assertThat(findings("factory", in("", "", most), null)).isEmpty();
        assertThat(findings("factory", in("", "", tooMany), null)).hasSize(1);
        var bridge = new BridgeSettings("factory", remote(null, null), "bridge:factory", in("", "", "a"), null);
        assertThat(BridgeRules.findings(Collections.nCopies(BridgeRules.BRIDGES, bridge)))
                .isEmpty();
        assertThat(BridgeRules.findings(Collections.nCopies(BridgeRules.BRIDGES + 1, bridge)))
                .hasSize(1);
    }
}
