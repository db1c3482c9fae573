package io.socle.realtime.gateway.transport.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.ReferenceCountUtil;
import io.socle.realtime.gateway.transport.spi.Authenticator;
import org.jspecify.annotations.Nullable;

/** MQTT inside WebSocket frames (MQTT 5 section 6): binary frames that need not begin or end with a packet. */
final class WebSocketCarrier extends ChannelDuplexHandler {
    private static final String PATH = "/mqtt";
    private static final String SUBPROTOCOLS = "mqtt, mqttv3.1";
    private static final int REQUEST_BYTES = 16 * 1024;

    private WebSocketCarrier() {}

    /** Adds all that the handshake and the frames need. */
    static void addTo(ChannelPipeline pipeline, String before, Authenticator authenticator, int frameBytes) {
        var config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(PATH)
                .subprotocols(SUBPROTOCOLS)
                .maxFramePayloadLength(frameBytes)
                .checkStartsWith(false)
                .build();
        pipeline.addBefore(before, "http", new HttpServerCodec());
        pipeline.addBefore(before, "whole-request", new HttpObjectAggregator(REQUEST_BYTES));
        pipeline.addBefore(before, "handshake-check", new HandshakeCheck(authenticator));
        pipeline.addBefore(before, "websocket", new WebSocketServerProtocolHandler(config));
        pipeline.addBefore(before, "carrier", new WebSocketCarrier());
    }

    /** Pages of foreign origins and other paths are refused before the handshake; pings go by here after it. */
    private static final class HandshakeCheck extends ChannelDuplexHandler {
        private final Authenticator authenticator;

        HandshakeCheck(Authenticator authenticator) {
            this.authenticator = authenticator;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof PingWebSocketFrame && !ctx.channel().isWritable()) {
                // Pongs that nobody reads would pile up without bound.
                ReferenceCountUtil.release(message);
                return;
            }
            HttpResponseStatus refusal = message instanceof FullHttpRequest request ? refusal(request) : null;
            if (refusal == null) {
                ctx.fireChannelRead(message);
                return;
            }
            ReferenceCountUtil.release(message);
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal);
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        private @Nullable HttpResponseStatus refusal(FullHttpRequest request) {
            String origin = request.headers().get(HttpHeaderNames.ORIGIN);
            if (!authenticator.allowsOrigin(origin, request.headers().get(HttpHeaderNames.HOST))) {
                return HttpResponseStatus.FORBIDDEN;
            }
            return request.uri().equals(PATH) || request.uri().startsWith(PATH + "?")
                    ? null
                    : HttpResponseStatus.NOT_FOUND;
        }
    }

    /** Text frames are an error (clause MQTT-6.0.0-1 of the standard). */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            ctx.fireChannelRead(((WebSocketFrame) message).content());
            return;
        }
        ReferenceCountUtil.release(message);
        ctx.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(
                message instanceof ByteBuf bytes && bytes.isReadable() ? new BinaryWebSocketFrame(bytes) : message,
                promise);
    }
}
