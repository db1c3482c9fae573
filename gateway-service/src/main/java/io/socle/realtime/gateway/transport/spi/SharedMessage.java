package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.message.RealtimeMessage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to many links: each protocol renders it once per gateway, whatever the number of links. Safe for
 * use by all event loops.
 */
public final class SharedMessage {
    /** Attributes, names and framing beside the data: an estimate for the bounds of queues. */
    private static final int OVERHEAD_BYTES = 256;

    private final RealtimeMessage message;
    private volatile @Nullable Rendering last;
    private volatile @Nullable Rendering beforeLast;
    private volatile byte @Nullable [] body;

    private record Rendering(Object key, byte[] bytes) {}

    public SharedMessage(RealtimeMessage message) {
        this.message = message;
    }

    public RealtimeMessage message() {
        return message;
    }

    /** About how many bytes one link holds for it. */
    public int size() {
        return sizeOf(message);
    }

    /** About how many bytes a link holds for a message. */
    public static int sizeOf(RealtimeMessage message) {
        return message.data().size() + OVERHEAD_BYTES;
    }

    /** The body that all JSON protocols share; made by the first that asks. */
    public byte[] body(Function<RealtimeMessage, byte[]> encoder) {
        byte[] made = body;
        if (made == null) {
            made = encoder.apply(message);
            body = made;
        }
        return made;
    }

    /**
     * The whole frame, or the part of it, that is alike for some links. Only the last two keys are remembered: subscribers
     * of a channel mostly use one protocol or two, and the same subscription name; a miss costs one copy.
     */
    public byte[] frame(Object key, Function<SharedMessage, byte[]> encoder) {
        Rendering newest = last;
        if (newest != null && newest.key.equals(key)) {
            return newest.bytes;
        }
        Rendering older = beforeLast;
        if (older != null && older.key.equals(key)) {
            return older.bytes;
        }
        Rendering made = new Rendering(key, encoder.apply(this));
        beforeLast = newest;
        last = made;
        return made.bytes;
    }
}
