package io.socle.realtime.contracts.failure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page {@code docs/protocol/failures.md}. */
final class FailureTable {
    private static final String HEAD = """
            # Failures

            Generated from `FailureCode`; do not edit (`mvn -f contracts/pom.xml test -Ddocs.update=true` writes it anew). A code is never
            renamed or reused; a client must expect codes that it does not know and then go by `retryable`.

            A **problem** answers one command, and the connection goes on; its WebSocket column is the close code for the case that a transport has to
            end the connection because of it. A **disconnect** ends the connection. **Retryable** says that the same command, or a new connection, can
            succeed later without a change. MQTT reason codes are those of MQTT 5, in hexadecimal.

            | code | family | HTTP | WebSocket | MQTT | retryable | meaning |
            |---|---|---|---|---|---|---|
            """;

    private FailureTable() {}

    static String page() {
        return HEAD + Arrays.stream(FailureCode.values()).map(FailureTable::row).collect(Collectors.joining());
    }

    private static String row(FailureCode code) {
        return "| `%s` | %s | %d | %d | 0x%02X | %s | %s |%n"
                .replace("%n", "\n")
                .formatted(
                        code.code(),
                        code.family().name().toLowerCase(Locale.ROOT),
                        code.httpStatus(),
                        code.webSocketCloseCode(),
                        code.mqttReasonCode(),
                        code.retryable() ? "yes" : "no",
                        code.meaning());
    }
}
