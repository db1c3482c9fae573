package io.socle.realtime.gateway.transport.websocket;

import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.socle.realtime.gateway.transport.spi.Connections;
import io.socle.realtime.gateway.transport.spi.TransportSettings;

/**
 * The endpoint {@code /ws}. WebSockets Next does the handshake and the life of the socket; frames go through the
 * {@link WebSocketGuard}, because only the Netty pipeline shows reserved bits, fragments and the write signal.
 */
@WebSocket(path = "/ws", endpointId = RealtimeEndpoint.ID)
public class RealtimeEndpoint {
    static final String ID = "realtime";

    private final Connections connections;
    private final TransportSettings settings;

    RealtimeEndpoint(Connections connections, TransportSettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        Handshake handshake = connection.userData().get(Handshake.KEY);
        WebSocketGuard guard = handshake.guard();
        var loop = guard.context().channel().eventLoop();
        loop.execute(() -> {
            WebSocketLink link = new WebSocketLink(guard, settings.writeBufferBytes());
            link.begin(connections.open("websocket", link, loop, handshake.principal()));
        });
    }
}
