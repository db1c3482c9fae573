package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.gateway.session.Principal;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where a transport hands over a new link; safe for use by all event loops. */
public interface Connections {
    /**
     * Begins a connection.
     *
     * @param transport the protocol's name as a metric label, such as {@code websocket}
     * @param loop the event loop that the link lives on; everything of the connection happens there
     * @param principal who it is, where the handshake has said so; otherwise a connect frame has to
     */
    LinkEvents open(String transport, Link link, Executor loop, @Nullable Principal principal);
}
