package io.socle.realtime.gateway.transport.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ClientFrameParser;
import io.socle.realtime.contracts.frame.FrameException;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.ServerFrameWriter;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.LinkEvents;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import org.jspecify.annotations.Nullable;

/** One WebSocket of subprotocol realtime.v1.json; confined to its channel's event loop. */
final class WebSocketLink implements Link, WebSocketGuard.Listener {
    private final WebSocketGuard guard;
    private final ChannelHandlerContext context;
    private final Channel channel;
    private final boolean compressed;
    private @Nullable LinkEvents events;
    private boolean closed;

    /** Messages smaller than this many bytes are sent as they are: compressing them would cost more than it saves. */
    private static final int COMPRESS_FROM_BYTES = 512;

    private static final int NORMAL = 1000;
    /** A page is left. */
    private static final int GOING_AWAY = 1001;
    /** As Netty has it. */
    private static final int WITHOUT_CODE = -1;

    private record FrameKey(String subscription, @Nullable String cursor, boolean redelivered, boolean compressed) {}

    WebSocketLink(WebSocketGuard guard, int writeBufferBytes) {
        this.guard = guard;
        this.context = guard.context();
        this.channel = context.channel();
        this.compressed = guard.isDeflating();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(writeBufferBytes / 2, writeBufferBytes));
    }

    void begin(LinkEvents to) {
        events = to;
        guard.listen(this);
    }

    @Override
    public boolean writable() {
        return channel.isWritable();
    }

    @Override
    public void push(ServerFrame frame) {
        if (frame instanceof ServerFrame.Ping) {
            context.write(new PingWebSocketFrame(), channel.voidPromise());
        }
        write(WebSocketFrames.text(ServerFrameWriter.write(frame)));
    }

    @Override
    public void message(String subscription, @Nullable String cursor, SharedMessage message) {
        write(new FrameKey(subscription, cursor, false, compressed), message);
    }

    @Override
    public void redelivered(String subscription, SharedMessage message) {
        write(new FrameKey(subscription, null, true, compressed), message);
    }

    private void write(FrameKey key, SharedMessage message) {
        write(message.frame(key, shared -> encode(key, shared)));
    }

    private static byte[] encode(FrameKey key, SharedMessage message) {
        byte[] prefix = ServerFrameWriter.messagePrefix(key.subscription(), key.cursor(), key.redelivered());
        byte[] body = message.body(MessageJson::write);
        byte[] frame = WebSocketFrames.text(prefix, body, ServerFrameWriter.MESSAGE_SUFFIX);
        return key.compressed() && body.length >= COMPRESS_FROM_BYTES ? WebSocketFrames.compressed(frame) : frame;
    }

    /** Writes a whole frame past the frame encoder; the bytes are shared with other links. */
    private void write(byte[] frame) {
        if (!closed) {
            context.write(Unpooled.wrappedBuffer(frame), channel.voidPromise());
        }
    }

    @Override
    public void flush() {
        context.flush();
    }

    @Override
    public void close(Disconnect disconnect) {
        if (!closed) {
            push(new ServerFrame.DisconnectFrame(disconnect));
            closed = true;
            guard.close(disconnect.code(), disconnect.reason());
        }
    }

    @Override
    public void text(byte[] utf8) {
        LinkEvents to = events;
        if (to == null) {
            return;
        }
        try {
            to.received(ClientFrameParser.parse(utf8));
        } catch (FrameException e) {
            to.unreadable(e.id(), e.problem());
        }
    }

    @Override
    public void binary(byte[] bytes) {
        violation(FailureCode.UNSUPPORTED_DATA, FailureCode.UNSUPPORTED_DATA.meaning());
    }

    @Override
    public void heard() {
        if (events != null) {
            events.heard();
        }
    }

    @Override
    public void drained() {
        if (events != null) {
            events.writable();
        }
    }

    @Override
    public void violation(FailureCode code, String reason) {
        close(Disconnect.of(code, reason));
    }

    @Override
    public void closing(int code) {
        boolean inGoodOrder = code == NORMAL || code == GOING_AWAY || code == WITHOUT_CODE;
        if (inGoodOrder && events != null) {
            events.leaving();
        }
    }

    @Override
    public void closed() {
        closed = true;
        if (events != null) {
            events.closed();
        }
    }
}
