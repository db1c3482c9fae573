package io.socle.realtime.gateway.transport.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.quarkus.websockets.next.HttpUpgradeCheck.CheckResult;
import io.quarkus.websockets.next.HttpUpgradeCheck.HttpUpgradeContext;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.socle.realtime.gateway.session.Principal;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.Map;
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
    private static final String VERTX_EXTENSIONS = "webSocketExtensionHandler";
    private static final String EXTENSIONS_HEADER = "Sec-WebSocket-Extensions";

    /**
     * Puts a guard before Vert.x's handler. This is the one place that goes below Vert.x: no public API shows a connection's
     * channel.
     */
    private static WebSocketGuard guard(HttpServerRequest request, int limit, boolean deflate) {
        ChannelPipeline pipeline = channel(request).pipeline();
        WebSocketGuard guard = new WebSocketGuard(limit, deflate);
        // The guard inflates itself, with a limit, which the stack's own extension has not.
        if (pipeline.get(VERTX_EXTENSIONS) != null) {
            pipeline.remove(VERTX_EXTENSIONS);
        }
        pipeline.addBefore(VERTX_HANDLER, WebSocketGuard.NAME, guard);
        return guard;
    }

    /** Puts a guard in the pipeline and lets the upgrade go on; compression is answered where it is allowed and offered. */
    static Uni<CheckResult> permit(
            HttpUpgradeContext context, int limit, boolean compression, @Nullable Principal principal) {
        HttpServerRequest request = context.httpRequest();
        boolean deflate = compression && MessageDeflate.accepts(request.getHeader(EXTENSIONS_HEADER));
        context.userData().put(KEY, new Handshake(guard(request, limit, deflate), principal));
        return deflate
                ? CheckResult.permitUpgrade(Map.of(EXTENSIONS_HEADER, List.of(MessageDeflate.ANSWER)))
                : CheckResult.permitUpgrade();
    }

    static Channel channel(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel();
    }
}
