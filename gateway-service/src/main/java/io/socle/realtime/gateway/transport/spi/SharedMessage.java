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
     * The whole frame for links that are alike. Only the last key is remembered: subscribers of a channel mostly use the
     * same subscription name, and a miss costs one copy.
     */
    public byte[] frame(Object key, Function<SharedMessage, byte[]> encoder) {
        Rendering rendering = last;
        if (rendering == null || !rendering.key.equals(key)) {
            rendering = new Rendering(key, encoder.apply(this));
            last = rendering;
        }
        return rendering.bytes;
    }
}
