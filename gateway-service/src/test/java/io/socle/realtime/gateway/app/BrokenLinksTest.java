package io.socle.realtime.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class BrokenLinksTest {
    private static final String LIBRARY = "io.quarkus.websockets.next.runtime.Endpoints";
    private static final String UNABLE = "Unable to close connection [c1] due to unhandled failure [%s]: closed";

    private static boolean isLogged(String logger, String message, Object... parameters) {
        var logged = new ExtLogRecord(Level.ERROR, message, ExtLogRecord.FormatStyle.PRINTF, "class");
        logged.setLoggerName(logger);
        logged.setParameters(parameters);
        return new BrokenLinks().isLoggable(logged);
    }

    @Test
    void a_link_that_broke_is_not_logged() {
        assertThat(isLogged(LIBRARY, UNABLE, "java.net.SocketException: Connection reset"))
                .isFalse();
        assertThat(isLogged(LIBRARY, UNABLE, "java.io.IOException: Broken pipe"))
                .isFalse();
    }

    @Test
    void any_other_failure_is_logged_and_so_is_what_others_say() {
        assertThat(isLogged(LIBRARY, UNABLE, "java.lang.IllegalStateException: not connected"))
                .isTrue();
        assertThat(isLogged(LIBRARY, "Unhandled error: %s", "java.io.IOException: Broken pipe"))
                .isTrue();
        assertThat(isLogged("io.socle", UNABLE, "java.io.IOException: Broken pipe"))
                .isTrue();
    }
}
