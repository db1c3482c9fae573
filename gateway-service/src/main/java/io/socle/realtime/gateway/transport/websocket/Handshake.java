package io.socle.realtime.gateway.transport.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.socle.realtime.gateway.session.Principal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * What the upgrade check leaves for the endpoint.
 *
 * @param guard already in the pipeline
 * @param principal who it is, where the handshake said so
 */
record Handshake(WebSocketGuard guard, @Nullable Principal principal) {
    static final TypedKey<Handshake> KEY = new TypedKey<>("realtime.handshake");

    private static final String VERTX_HANDLER = "handler";

    /**
     * Puts a guard before Vert.x's handler. This is the one place that goes below Vert.x: no public API shows a connection's
     * channel.
     */
    static WebSocketGuard guard(HttpServerRequest request, int limit) {
        ChannelPipeline pipeline = channel(request).pipeline();
        WebSocketGuard guard = new WebSocketGuard(limit);
        pipeline.addBefore(VERTX_HANDLER, WebSocketGuard.NAME, guard);
        return guard;
    }

    static Channel channel(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel();
    }
}
