package io.socle.realtime.gateway.app;

import io.quarkus.logging.LoggingFilter;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Keeps out of the log that a client's link broke: the WebSocket library says so as an error, and it happens every day. What
 * becomes of the connection is logged and counted where connections end.
 */
@LoggingFilter(name = "broken-links")
public final class BrokenLinks implements Filter {
    private static final String LIBRARY = "io.quarkus.websockets.next.";
    private static final List<String> CAUSES = List.of(
            "[java.io.IOException: ",
            "[java.net.SocketException: ",
            "[io.netty.channel.StacklessClosedChannelException]");

    @Override
    public boolean isLoggable(LogRecord logged) {
        return !(String.valueOf(logged.getLoggerName()).startsWith(LIBRARY) && saysThatALinkBroke(text(logged)));
    }

    private static String text(LogRecord logged) {
        return String.valueOf(logged instanceof ExtLogRecord ext ? ext.getFormattedMessage() : logged.getMessage());
    }

    private static boolean saysThatALinkBroke(String text) {
        return text.startsWith("Unable to close connection") && CAUSES.stream().anyMatch(text::contains);
    }
}
