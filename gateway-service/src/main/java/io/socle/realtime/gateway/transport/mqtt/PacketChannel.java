package io.socle.realtime.gateway.transport.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketException;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a client's bytes into packets by their fixed headers (MQTT 5 section 2.1), refuses what is too large before it is
 * buffered, and writes. Confined to its event loop.
 */
final class PacketChannel extends ChannelInboundHandlerAdapter {
    private static final int LONGEST_LENGTH = 4;
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** How long a client that is still sending has to close after it was told why. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int largest;
    private final Statistics statistics;
    private final Function<PacketChannel, Listener> opened;
    private final Set<Reason> paused = EnumSet.noneOf(Reason.class);
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private @Nullable Listener listener;
    private @Nullable ChannelHandlerContext context;
    private boolean closing;
    private boolean pumping;
    private boolean unflushed;

    /** Why nothing more is read from the client for now. */
    enum Reason {
        AUTHENTICATION,
        UNDECIDED_PUBLISHES,
        RECEIVE_MAXIMUM,
        UNSAVED_SESSION
    }

    /** Takes what comes; called on the event loop. */
    interface Listener {
        /** A whole packet came: its first byte, and what follows its length. */
        void packet(int firstByte, byte[] body);

        /** What came is no packet; nothing more is read. */
        void broken(PacketException why);

        /** More may be written again. */
        void writable();

        /** The connection is gone; nothing more is called. */
        void closed();
    }

    /**
     * Makes it.
     *
     * @param largest largest packet, in bytes with its header
     * @param statistics counts what comes and goes
     * @param opened gives the listener when the channel is there
     */
    PacketChannel(int largest, Statistics statistics, Function<PacketChannel, Listener> opened) {
        this.largest = largest;
        this.statistics = statistics;
        this.opened = opened;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        listener = opened.apply(this);
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return context;
    }

    private Channel channel() {
        return context().channel();
    }

    /** The certificate of a client over TLS that has shown one; TLS has checked it. */
    @Nullable
    X509Certificate peerCertificate() {
        SslHandler tls = context().pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        try {
            return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate first ? first : null;
        } catch (SSLPeerUnverifiedException e) {
            // It has shown none; whether it has to is the listener's business.
            return null;
        }
    }

    Executor loop() {
        return channel().eventLoop();
    }

    ScheduledFuture<?> later(long nanos, Runnable task) {
        return channel().eventLoop().schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    void setWriteBuffer(int bytes) {
        channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(bytes / 2, bytes));
    }

    boolean isWritable() {
        return channel().isWritable();
    }

    /** How many bytes wait for the socket beyond the limit; 0 while it is writable. */
    long overdueBytes() {
        return channel().bytesBeforeWritable();
    }

    void pause(Reason reason) {
        paused.add(reason);
        channel().config().setAutoRead(false);
    }

    void resume(Reason reason) {
        if (paused.remove(reason) && paused.isEmpty()) {
            channel().config().setAutoRead(true);
            pump();
        }
    }

    boolean isPaused() {
        return !paused.isEmpty();
    }

    void write(byte[] packet) {
        write(Unpooled.wrappedBuffer(packet));
    }

    /** Writes a packet in two parts, of which the second is shared with other links. */
    void write(byte[] head, byte[] payload) {
        write(Unpooled.wrappedBuffer(head, payload));
    }

    private void write(ByteBuf bytes) {
        if (closing) {
            bytes.release();
            return;
        }
        unflushed = true;
        statistics.sent(bytes.getByte(bytes.readerIndex()), bytes.readableBytes());
        context().write(bytes, channel().voidPromise());
    }

    void flush() {
        if (unflushed) {
            unflushed = false;
            context().flush();
        }
    }

    /** Closes when all that was written has left, or after a while where the client does not take it. */
    void close() {
        if (!closing) {
            closing = true;
            var overdue = later(LINGER_NANOS, () -> channel().close());
            channel().closeFuture().addListener(any -> overdue.cancel(false));
            context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> sayFarewell());
        }
    }

    /**
     * Ends the server's half first, and reads on without looking: closed at once, a client that is still sending would get a
     * reset, which takes from it what it has not read yet, the reason among it.
     */
    private void sayFarewell() {
        boolean plain = context().pipeline().get(SslHandler.class) == null
                && context().pipeline().get(WebSocketServerProtocolHandler.class) == null;
        if (plain && channel() instanceof DuplexChannel half && half.isActive()) {
            half.shutdownOutput();
            half.config().setAutoRead(true);
            later(FAREWELL_NANOS, half::close);
        } else {
            channel().close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || closing) {
            ReferenceCountUtil.release(message);
            return;
        }
        statistics.receivedBytes(bytes.readableBytes());
        received = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes);
        pump();
    }

    /** Hands on each whole packet, as long as nothing says to wait. */
    private void pump() {
        if (pumping) {
            // A packet's handling resumed what it had paused: the loop that hands it on goes on by itself.
            return;
        }
        pumping = true;
        try {
            boolean more = true;
            while (more) {
                more = paused.isEmpty() && !closing && next();
            }
        } catch (PacketException e) {
            if (listener != null) {
                listener.broken(e);
            }
        } finally {
            pumping = false;
        }
        flush();
    }

    private boolean next() {
        int begin = received.readerIndex();
        if (received.readableBytes() < 2) {
            return false;
        }
        int length = 0;
        int end = begin + 1;
        for (int part = 0x80; part >= 0x80; end++) {
            int index = end - begin - 1;
            if (index == LONGEST_LENGTH) {
                throw new PacketException(ReasonCode.MALFORMED_PACKET, "a remaining length of more than four bytes");
            }
            if (end >= received.writerIndex()) {
                return false;
            }
            part = received.getUnsignedByte(end);
            length |= (part & 0x7f) << (7 * index);
            if (part == 0 && index > 0) {
                throw new PacketException(ReasonCode.MALFORMED_PACKET, "a remaining length with a byte too many");
            }
        }
        if (end - begin + length > largest) {
            throw new PacketException(ReasonCode.PACKET_TOO_LARGE, "a packet of more than " + largest + " bytes");
        }
        return received.writerIndex() - end >= length && handOn(end, length);
    }

    private boolean handOn(int from, int length) {
        int firstByte = received.getUnsignedByte(received.readerIndex());
        byte[] body = new byte[length];
        received.getBytes(from, body).readerIndex(from + length);
        if (!received.isReadable()) {
            received.release();
            received = Unpooled.EMPTY_BUFFER;
        }
        statistics.received(firstByte);
        if (listener != null) {
            listener.packet(firstByte, body);
        }
        return true;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable() && listener != null) {
            listener.writable();
            flush();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        received.release();
        received = Unpooled.EMPTY_BUFFER;
        if (listener != null) {
            listener.closed();
        }
        ctx.fireChannelInactive();
    }
}
