package io.socle.realtime.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentKeysTest {
    private static final List<String> KEYS = List.of(
            "realtime.limits.frame-bytes", "realtime.namespaces.*.history.messages", "realtime.http.allowed-origins");

    @Test
    void known_keys_free_parts_and_list_elements_pass_and_so_do_variables_of_others() {
        assertThat(EnvironmentKeys.unknown(
                        List.of(
                                "REALTIME_LIMITS_FRAME_BYTES",
                                "REALTIME_NAMESPACES_CHAT_HISTORY_MESSAGES",
                                "REALTIME_HTTP_ALLOWED_ORIGINS_0_",
                                "PATH",
                                "QUARKUS_HTTP_PORT"),
                        KEYS))
                .isEmpty();
    }

    @Test
    void a_mistyped_key_is_named() {
        assertThat(EnvironmentKeys.unknown(List.of("REALTIME_LIMITS_FRAME_BYTE", "REALTIME_TYPO"), KEYS))
                .containsExactly("REALTIME_LIMITS_FRAME_BYTE", "REALTIME_TYPO");
    }
}
