package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A message as a publisher sent it: every rule is checked, only its id may be missing, and it has no position. */
public final class MessageDraft {
    /** Stands for the id inside a draft that has none; it never leaves this class. */
    private static final String NO_ID = "-";

    private final RealtimeMessage fields;
    private final boolean identified;

    private MessageDraft(RealtimeMessage fields, boolean identified) {
        this.fields = fields;
        this.identified = identified;
    }

    /** A draft with the message's own id; its position is left out. */
    public static MessageDraft of(RealtimeMessage message) {
        return new MessageDraft(withoutPosition(message), true);
    }

    /** A draft whose id the gateway is to give; the message's own id and position are left out. */
    public static MessageDraft withoutId(RealtimeMessage message) {
        return new MessageDraft(message.toBuilder().id(NO_ID).position(null).build(), false);
    }

    private static RealtimeMessage withoutPosition(RealtimeMessage message) {
        return message.position() == null
                ? message
                : message.toBuilder().position(null).build();
    }

    /** The publisher's id; null where the gateway is to give one. */
    public @Nullable String id() {
        return identified ? fields.id() : null;
    }

    public ChannelName channel() {
        return fields.channel();
    }

    public Payload data() {
        return fields.data();
    }

    public @Nullable TraceContext trace() {
        return fields.trace();
    }

    public @Nullable String source() {
        return fields.source();
    }

    /** The message, with an id from {@code ids} and {@code source} where the publisher gave none. */
    public RealtimeMessage complete(Supplier<String> ids, @Nullable String source) {
        if (identified && (fields.source() != null || source == null)) {
            return fields;
        }
        return fields.toBuilder()
                .id(identified ? fields.id() : ids.get())
                .source(fields.source() != null ? fields.source() : source)
                .build();
    }

    /** What both draft and message have in common, for the codec of this package; the id may be a stand-in. */
    RealtimeMessage fields() {
        return fields;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageDraft draft && identified == draft.identified && fields.equals(draft.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return (identified ? "draft " : "draft without id ") + fields;
    }
}
