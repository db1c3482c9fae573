package io.socle.realtime.gateway.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.socle.realtime.contracts.failure.FailureCode;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the pipeline between Netty's frame decoder and Vert.x and lets nothing pass that RFC 6455 forbids: reserved
 * bits, bad fragmentation, text that is not UTF-8 (across fragments), messages over the limit. It assembles messages and
 * hands them to its listener at once, and it is where pushes are written, for here the real write signal is. Confined to
 * the channel's event loop.
 */
final class WebSocketGuard extends ChannelDuplexHandler {
    static final String NAME = "realtime-websocket-guard";

    /** How long the peer may take to answer a close frame. */
    private static final long CLOSE_LIMIT_MS = 2_000;
    /** RFC 6455 section 5.5: a control frame carries at most 125 bytes, two of them the code. */
    private static final int CLOSE_REASON_CHARACTERS = 40;
    /** Frames that may come between the handshake's answer and the endpoint's start. */
    private static final int EARLY_FRAMES = 64;

    /** The first reserved bit, which permessage-deflate sets on compressed messages (RFC 7692 section 6). */
    static final int COMPRESSED_BIT = 4;

    private final int limit;
    private final boolean deflate;
    private final ArrayDeque<WebSocketFrame> early = new ArrayDeque<>();
    private @Nullable Listener listener;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf assembled;
    private @Nullable Utf8Check text;
    private boolean fragmented;
    private boolean compressed;
    private boolean closing;

    /** Takes what comes; called on the channel's event loop. */
    interface Listener {
        /** A whole text message, valid UTF-8. */
        void text(byte[] utf8);

        /** A whole binary message. */
        void binary(byte[] bytes);

        /** A control frame: a sign of life. */
        void heard();

        /** The channel takes more. */
        void drained();

        /** The peer broke a rule; the listener closes with the failure's code. */
        void violation(FailureCode code, String reason);

        /** The client closes. */
        void closing(int code);

        /** The channel is gone. */
        void closed();
    }

    /**
     * Makes a guard.
     *
     * @param limit largest message, in bytes, also after inflating
     * @param deflate whether permessage-deflate was negotiated
     */
    WebSocketGuard(int limit, boolean deflate) {
        this.limit = limit;
        this.deflate = deflate;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** Begins to hand messages over. */
    void listen(Listener to) {
        listener = to;
        for (WebSocketFrame frame = early.poll(); frame != null; frame = early.poll()) {
            receive(frame, to);
        }
    }

    ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("the guard is not in a pipeline");
        }
        return ctx;
    }

    /** Sends a close frame after everything written so far, and closes the channel when it is answered or time is up. */
    void close(FailureCode code, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        ChannelHandlerContext ctx = context();
        String cut = reason.substring(0, Math.min(reason.length(), CLOSE_REASON_CHARACTERS));
        ctx.writeAndFlush(new CloseWebSocketFrame(code.webSocketCloseCode(), cut));
        ctx.executor().schedule(() -> ctx.close(), CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            ctx.fireChannelRead(message);
        } else if (closing) {
            boolean answered = frame instanceof CloseWebSocketFrame;
            frame.release();
            if (answered) {
                ctx.close();
            }
        } else if (listener != null) {
            receive(frame, listener);
        } else if (early.size() < EARLY_FRAMES) {
            early.add(frame);
        } else {
            frame.release();
            close(FailureCode.PROTOCOL_ERROR, "too many frames before the handshake was done");
        }
    }

    private void receive(WebSocketFrame frame, Listener to) {
        if (closing) {
            frame.release();
        } else if (frame.rsv() != 0 && !beginsCompressed(frame)) {
            frame.release();
            to.violation(FailureCode.PROTOCOL_ERROR, "a reserved bit is set");
        } else if (isControl(frame)) {
            to.heard();
            if (frame instanceof CloseWebSocketFrame close) {
                to.closing(close.statusCode());
            }
            // Vert.x answers pings and closes.
            context().fireChannelRead(frame);
        } else {
            try {
                receiveData(frame, to);
            } finally {
                frame.release();
            }
        }
    }

    private boolean beginsCompressed(WebSocketFrame frame) {
        return deflate
                && frame.rsv() == COMPRESSED_BIT
                && (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame);
    }

    boolean isDeflating() {
        return deflate;
    }

    private static boolean isControl(WebSocketFrame frame) {
        return frame instanceof PingWebSocketFrame
                || frame instanceof PongWebSocketFrame
                || frame instanceof CloseWebSocketFrame;
    }

    private void receiveData(WebSocketFrame frame, Listener to) {
        boolean continues = frame instanceof ContinuationWebSocketFrame;
        if (continues != fragmented) {
            to.violation(
                    FailureCode.PROTOCOL_ERROR,
                    continues ? "a continuation of no message" : "a new message inside another");
            return;
        }
        if (!continues) {
            text = frame instanceof TextWebSocketFrame ? new Utf8Check() : null;
            compressed = frame.rsv() != 0;
        }
        if (text != null && !compressed && !text.accepts(frame.content())) {
            to.violation(FailureCode.INVALID_UTF8, FailureCode.INVALID_UTF8.meaning());
            return;
        }
        int length = frame.content().readableBytes() + (assembled == null ? 0 : assembled.readableBytes());
        if (length > limit) {
            to.violation(FailureCode.MESSAGE_TOO_LARGE, "the message is larger than " + limit + " bytes");
            return;
        }
        fragmented = !frame.isFinalFragment();
        assemble(frame, to);
    }

    private void assemble(WebSocketFrame frame, Listener to) {
        if (fragmented) {
            if (assembled == null) {
                assembled = Unpooled.buffer(frame.content().readableBytes());
            }
            assembled.writeBytes(frame.content());
            return;
        }
        try {
            deliver(whole(frame), to);
        } catch (CorruptedWebSocketFrameException e) {
            to.violation(failure(e), String.valueOf(e.getMessage()));
        }
    }

    private void deliver(byte[] received, Listener to) {
        byte[] whole = compressed ? MessageDeflate.inflate(received, limit) : received;
        if (text == null) {
            to.binary(whole);
        } else if ((!compressed || text.accepts(Unpooled.wrappedBuffer(whole))) && text.isComplete()) {
            to.text(whole);
        } else {
            to.violation(FailureCode.INVALID_UTF8, "the text is not UTF-8 or ends inside a character");
        }
    }

    private byte[] whole(WebSocketFrame frame) {
        int before = assembled == null ? 0 : assembled.readableBytes();
        int last = frame.content().readableBytes();
        byte[] whole = new byte[before + last];
        if (assembled != null) {
            assembled.readBytes(whole, 0, before);
            assembled = null;
        }
        frame.content().readBytes(whole, before, last);
        return whole;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (listener != null && ctx.channel().isWritable()) {
            listener.drained();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted && listener != null) {
            listener.violation(failure(corrupted), String.valueOf(corrupted.getMessage()));
        } else if (cause instanceof CorruptedWebSocketFrameException) {
            close(FailureCode.PROTOCOL_ERROR, "a violation during the handshake");
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private static FailureCode failure(CorruptedWebSocketFrameException corrupted) {
        return switch (corrupted.closeStatus().code()) {
            case 1007 -> FailureCode.INVALID_UTF8;
            case 1009 -> FailureCode.MESSAGE_TOO_LARGE;
            default -> FailureCode.PROTOCOL_ERROR;
        };
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        if (listener != null) {
            listener.closed();
        }
        ctx.fireChannelInactive();
    }
}
