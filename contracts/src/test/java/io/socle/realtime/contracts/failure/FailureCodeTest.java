package io.socle.realtime.contracts.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.golden.Committed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureCodeTest {
    @Test
    void the_page_of_failures_is_what_the_table_says() {
        Committed.document("failures.md").requireEqual(FailureTable.page());
    }

    @ParameterizedTest
    @EnumSource
    void each_row_is_within_what_its_protocols_allow(FailureCode code) {
        assertThat(FailureCode.of(code.code())).contains(code);
        assertThat(code.code()).matches("[a-z][a-z0-9_]*");
        assertThat(code.httpStatus()).isBetween(400, 599);
        assertThat(code.meaning()).endsWith(".").doesNotContain("|", "\n");
        // RFC 6455 section 7.4: 1004 to 1006 and 1015 may not be sent; 4000 to 4999 are ours.
        assertThat(code.webSocketCloseCode())
                .matches(close -> close >= 1001 && close <= 1014 && (close < 1004 || close > 1006)
                        || close >= 4000 && close <= 4999);
        // MQTT 5 section 2.4: below 0x80 is no error; only "no subscription existed" is used of those.
        assertThat(code.mqttReasonCode()).matches(reason -> reason == 0x11 || reason >= 0x80 && reason <= 0xA2);
    }

    @Test
    void a_disconnect_advises_to_come_back_exactly_where_that_can_help() {
        assertThat(Disconnect.of(FailureCode.SHUTTING_DOWN).reconnectAfter()).isEqualTo(Disconnect.DEFAULT_DELAY);
        assertThat(Disconnect.of(FailureCode.UNAUTHORIZED).reconnectAfter()).isNull();
        assertThat(FailureCode.of("no_such_code")).isEmpty();
    }
}
