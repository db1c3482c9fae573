package io.socle.realtime.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginPolicyTest {
    @Test
    void without_configuration_only_the_own_origin_and_programs_are_allowed_WS_4() {
        OriginPolicy policy = new OriginPolicy(List.of());
        assertThat(policy.allows(null, "gateway.example")).isTrue();
        assertThat(policy.allows("https://gateway.example", "gateway.example")).isTrue();
        assertThat(policy.allows("https://evil.example", "gateway.example")).isFalse();
        assertThat(policy.allows("null", "gateway.example")).isFalse();
        assertThat(policy.allows("https://gateway.example", null)).isFalse();
    }

    @Test
    void exact_origins_patterns_and_the_star_are_allowed() {
        OriginPolicy policy = new OriginPolicy(List.of("https://app.example", "/http:\\/\\/localhost(:\\d+)?/"));
        assertThat(policy.allows("https://app.example", "g")).isTrue();
        assertThat(policy.allows("https://app.example.evil", "g")).isFalse();
        assertThat(policy.allows("http://localhost:3000", "g")).isTrue();
        assertThat(policy.allows("http://localhost.evil", "g")).isFalse();
        assertThat(new OriginPolicy(List.of("*")).allows("https://any.example", "g"))
                .isTrue();
    }
}
