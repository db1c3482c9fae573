package io.socle.realtime.gateway.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.gateway.transport.spi.TransportSettings;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The path {@code /echo}, off by default: sends every message back through the same guard, so that conformance suites can
 * judge this stack's RFC 6455.
 */
@WebSocket(path = "/echo", endpointId = EchoEndpoint.ID)
public class EchoEndpoint {
    static final String ID = "echo";

    /** Largest message that is sent back, in bytes; conformance suites send 16 MiB. */
    static final int LIMIT = 16 * 1024 * 1024;

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        WebSocketGuard guard = connection.userData().get(Handshake.KEY).guard();
        guard.context().channel().eventLoop().execute(() -> guard.listen(new Echo(guard)));
    }

    /** Lets clients in only where the path is switched on; there is nothing to protect, so no token is asked for. */
    @ApplicationScoped
    static class Check implements HttpUpgradeCheck {
        private final TransportSettings settings;

        Check(TransportSettings settings) {
            this.settings = settings;
        }

        @Override
        public boolean appliesTo(String endpointId) {
            return ID.equals(endpointId);
        }

        @Override
        public Uni<CheckResult> perform(HttpUpgradeContext context) {
            if (!settings.echo()) {
                return CheckResult.rejectUpgrade(404);
            }
            return Handshake.permit(context, LIMIT, settings.compression(), null);
        }
    }

    private record Echo(WebSocketGuard guard) implements WebSocketGuard.Listener {
        @Override
        public void text(byte[] utf8) {
            write(new TextWebSocketFrame(true, reserved(), payload(utf8)));
        }

        @Override
        public void binary(byte[] bytes) {
            write(new BinaryWebSocketFrame(true, reserved(), payload(bytes)));
        }

        private int reserved() {
            return guard.isDeflating() ? WebSocketGuard.COMPRESSED_BIT : 0;
        }

        private ByteBuf payload(byte[] bytes) {
            return Unpooled.wrappedBuffer(guard.isDeflating() ? MessageDeflate.deflate(bytes) : bytes);
        }

        private void write(WebSocketFrame frame) {
            ChannelHandlerContext context = guard.context();
            // A peer that does not read is not read from, so what waits stays one message.
            context.writeAndFlush(frame);
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void drained() {
            guard.context().channel().config().setAutoRead(true);
        }

        @Override
        public void heard() {}

        @Override
        public void violation(FailureCode code, String reason) {
            guard.close(code, reason);
        }

        @Override
        public void closing(int code) {
            // Nothing is left to be done.
        }

        @Override
        public void closed() {}
    }
}
